"""People: who learns, who cares for them, who teaches, and the organisations they belong to.

An account is the site's user model, whatever it is; what Opora needs to know about a person stands
in rows beside it. **ChildProfile** marks an account as a child's (no e-mail, birth year and month
only), **Guardianship** links an adult to a child in their care, **Teacher** is the public card of
a person who teaches. The door is :mod:`courses.people.api`.
"""
