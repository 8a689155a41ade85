"""Measuring the speed: ``manage.py bench``.

For each database a portal of its own is built in a folder of its own (**prepare**: the
demonstration, and courses and learners by the size asked for), served as ``make run`` serves it
(**server**), and asked by clients in another process (**client**). **publishing** times a
publishing with many learners inside.

What packages take is measured apart: **importing** times imports, **starting** opens frames as a
browser does, and **playing** adds a course of packages (**packages**) with learners who have played
before (**players**), and what its frames send (**frames**, **played**); then the same again with
many times as much. **run** puts it together, **report** prints it.
"""
