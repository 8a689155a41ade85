"""Statements as values: one module for each concept of xAPI, pure Python.

What they make is valid by xAPI 1.0.3 and by xAPI 2.0 (IEEE 9274.1.1): the parts that differ
between the two are not used.
"""

from courses.runtimes.xapi.builders.activity import Activity, ActivityType, InteractionType
from courses.runtimes.xapi.builders.actor import Account
from courses.runtimes.xapi.builders.context import Context
from courses.runtimes.xapi.builders.result import Result, Score
from courses.runtimes.xapi.builders.statement import Statement, statement_id
from courses.runtimes.xapi.builders.verb import Verb

__all__ = [
    "Account",
    "Activity",
    "ActivityType",
    "Context",
    "InteractionType",
    "Result",
    "Score",
    "Statement",
    "Verb",
    "statement_id",
]
