"""Content made elsewhere: H5P and SCORM packages, taken in with care, played where they do no harm.

An editor's file becomes a :class:`~courses.runtimes.packages.models.PackageVersion`. A learner's
run through it is an :class:`~courses.runtimes.launches.models.Attempt`, reached with the token of
a **Launch** on a second origin. What happens there comes out through one door,
:data:`courses.runtimes.signals.attempt_moved`: nothing here knows of courses or lessons.
"""
