"""The portal's front rooms: the front page, plain pages, the menu, signing in, how pages look.

The nouns are ``HomePage``, ``PlainPage``, ``SiteMenu``, ``SiteIdentity`` and ``ViewSettings``.
Nothing imports this package but the site itself (``cms``).
"""
