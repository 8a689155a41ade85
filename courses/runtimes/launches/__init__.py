"""Launches: a learner's runs of a package, and the tokens that open them.

An **Attempt** is one run of a package in one step of one place; at most one is open. A **Launch**
is a random token for it, good for some hours, which every call of the content origin carries
instead of a cookie. An **Interaction** is one question in it, for the teacher's report.
"""
