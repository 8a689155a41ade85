"""The guardian's home: each child on an address of their own, in words and counts."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.people.api import child_of, children_in_care_of
from courses.progress.queries import Learned, learned_in, of_the_week
from courses.submissions.queries import comments_on
from courses.views.access import signed_in
from courses.views.cards import PlaceCard, cards_of
from courses.views.presence import catalogue_address

SENTENCES = 4
COMMENTS = 5


@signed_in
@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """Names and what is new; an only child's page at once."""
    if child_of(request.user) is not None:
        return redirect("courses:my")
    user: Any = request.user
    at = timezone.now()
    children = list(children_in_care_of(user, at=at))
    if len(children) == 1:
        return redirect("courses:child", child_uid=children[0].uid)
    cards = cards_of([user, *(child.user for child in children)], at=at)
    context = {
        "children": [(child, len(_week(cards[child.user_id], at))) for child in children],
        "own": cards[user.pk],
        "catalogue_address": catalogue_address(request),
    }
    return render(request, "courses/family/family.html", context)


@signed_in
@require_safe
def child(request: HttpRequest, child_uid: str) -> HttpResponse:
    """One child: the week in words, a question for home, courses as counts; then one's own.

    Raises:
        Http404: the child is not in this person's care.
    """
    user: Any = request.user
    at = timezone.now()
    in_care = list(children_in_care_of(user, at=at))
    shown = next((one for one in in_care if one.uid == child_uid), None)
    if shown is None:
        raise Http404
    cards = cards_of([user, *(one.user for one in in_care)], at=at)
    of_child = cards[shown.user_id]
    learned = learned_in(card.place for card in of_child)
    week = of_the_week(learned, at)
    enrolments = [card.place.enrolment for card in of_child]
    context = {
        "child": shown,
        "tabs": [(one, bool(_week(cards[one.user_id], at))) for one in in_care],
        "week": week[:SENTENCES],
        "more": len(week) - SENTENCES,
        "latest": next((one for one in learned if one.lesson.ask_at_home), None),
        "cards": of_child,
        "comments": comments_on(enrolments, most=COMMENTS),
        "own": cards[user.pk],
        "catalogue_address": catalogue_address(request),
    }
    return render(request, "courses/family/child.html", context)


def _week(cards: list[PlaceCard], at: datetime) -> list[Learned]:
    return of_the_week(learned_in(card.place for card in cards), at)
