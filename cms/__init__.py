"""The portal's site: settings, addresses, entry points and the user model.

It is the reference portal and is never part of the wheel.
"""
