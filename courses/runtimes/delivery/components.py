"""What a person is told on the content origin, where there is no page of the site around it."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from courses.runtimes.delivery.queries import site_origin


def message_page(sentence: str, *, status: int) -> HttpResponse:
    """A page of one sentence with the way to the site."""
    page = render_to_string(
        "courses/runtimes/message.html", {"sentence": sentence, "site": site_origin()}
    )
    return HttpResponse(page, status=status)
