"""Middleware that says how many SQL queries a response took."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Bench-Queries"
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT")
"""Not counted: PostgreSQL's driver begins a transaction without asking."""


class CountQueries:
    """Stands outside all other middleware, so that nothing is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = 0

        def counted(execute: Callable, sql: str, *arguments: Any) -> Any:
            nonlocal count
            count += not sql.startswith(TRANSACTION)
            return execute(sql, *arguments)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response[HEADER] = str(count)
        return response
