"""Measuring the speed: ``manage.py bench``.

For each database a portal of its own is built in a folder of its own (**prepare**: the
demonstration, and courses and learners by the size asked for), served as ``make run`` serves it
(**server**), and asked by clients in another process (**client**). **publishing** times a
publishing with many learners inside. **run** puts it together, **report** prints it.
"""
