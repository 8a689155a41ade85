"""Attempts: a learner's runs through a quiz.

A **QuizAttempt** holds on to the version of the step it was started on and to a secret seed; a
**QuizAnswer** is the one answer to a question in it, graded at once by :mod:`courses.quizzes`.
:func:`~courses.attempts.operations.start_attempt` and
:func:`~courses.attempts.operations.answer_question` change them,
:func:`~courses.attempts.queries.quiz_page` is all that a page may show.
"""
