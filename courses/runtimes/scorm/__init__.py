"""SCORM 1.2 and 2004: packages of pages that talk to us, on :mod:`courses.runtimes.scorm.core`."""
