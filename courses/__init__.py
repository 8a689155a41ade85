"""Distance courses for Wagtail: the learning-management plug-in.

The nouns: a **course** is published as immutable **revisions**, each an ordered outline of
modules, lessons and **steps**; a person takes a place on it (an **enrolment**); what they do is an
append-only log of **events**, and **progress** is a pure function of the log and the revision.
Outside code comes in through :mod:`courses.api` and :mod:`courses.bases` only.
"""
