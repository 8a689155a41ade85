"""Lessons: steps, their immutable versions, and the compiling of a course into an outline.

A **Step** is the smallest thing that can be completed; its uid outlives renaming and moving. A
**StepVersion** is what the step said when a revision was published. :mod:`courses.lessons.rules`
turns an editor's draft into an **Outline**, which is all that progress and players read.
"""
