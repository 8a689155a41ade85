"""The tree of topics in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from courses.catalogue.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    user = get_user_model().objects.create_superuser("elena", password="opora-test")
    client.force_login(user)
    return user


@pytest.fixture
def art() -> Topic:
    """A focus area with two directions: Dance and Theatre."""
    art = Topic.add_root(name="Art", slug="art", sign="art")
    for name in ("Dance", "Theatre"):
        Topic.objects.get(pk=art.pk).add_child(name=name, slug=name.lower(), sign="art")
    return Topic.objects.get(pk=art.pk)


def form(name: str, position: str, neighbour: Topic | None = None, sign: str = "") -> dict:
    return {
        "name": name,
        "slug": name.lower(),
        "sign": sign,
        "position": position,
        "neighbour": str(neighbour.pk) if neighbour else "",
    }


def tree() -> list[tuple[str, int]]:
    return [(topic.name, topic.depth) for topic in Topic.get_tree()]


def named(name: str) -> Topic:
    return Topic.objects.get(name=name)


def edit(topic: Topic) -> str:
    return reverse("topics:edit", args=[topic.pk])


def test_a_focus_area_is_added_at_the_end(client, art):
    client.post(reverse("topics:add"), form("Sport", "last", sign="sport"))
    assert tree() == [("Art", 1), ("Dance", 2), ("Theatre", 2), ("Sport", 1)]


def test_a_direction_is_added_below_and_takes_the_sign(client, art):
    client.post(reverse("topics:add"), form("Music", "first", art))
    assert tree() == [("Art", 1), ("Music", 2), ("Dance", 2), ("Theatre", 2)]
    assert named("Music").sign == "art"


def test_a_focus_area_without_a_sign_is_refused(client, art):
    answer = client.post(reverse("topics:add"), form("Sport", "last"))
    assert "sign" in answer.context["form"].errors
    assert len(tree()) == 3


def test_after_no_topic_is_refused(client, art):
    answer = client.post(reverse("topics:add"), form("Sport", "after", sign="sport"))
    assert "neighbour" in answer.context["form"].errors


def test_a_topic_moves_with_all_that_is_below_it(client, art):
    sport = Topic.add_root(name="Sport", slug="sport", sign="sport")
    client.post(edit(art), form("Art", "last", sport, sign="art"))
    assert tree() == [("Sport", 1), ("Art", 2), ("Dance", 3), ("Theatre", 3)]


def test_a_topic_does_not_move_below_itself(client, art):
    answer = client.post(edit(art), form("Art", "last", named("Dance"), sign="art"))
    assert "neighbour" in answer.context["form"].errors


def test_renaming_leaves_a_topic_where_it_stands(client, art):
    page = client.get(edit(named("Theatre")))
    shown = page.context["form"].initial
    assert (shown["position"], shown["neighbour"]) == ("after", named("Dance"))
    client.post(edit(named("Theatre")), form("Stage", "after", named("Dance"), sign="art"))
    assert tree() == [("Art", 1), ("Dance", 2), ("Stage", 2)]


def test_the_list_shows_the_tree(client, art):
    page = client.get(reverse("topics:index")).content.decode()
    assert page.index("Art") < page.index("Dance") < page.index("Theatre")
    assert "opora-depth-2" in page


def test_a_topic_of_a_course_is_not_deleted(client, a_course):
    course = a_course("a")
    answer = client.post(reverse("topics:delete", args=[course.topic_id]), follow=True)
    assert Topic.objects.filter(pk=course.topic_id).exists()
    assert str(course.topic) in answer.content.decode()


def test_a_course_is_given_its_topic_from_the_tree(client, art):
    from courses.pages.models import CoursePage

    field = CoursePage.get_edit_handler().get_form_class()().fields["topic"]
    labels = [label.strip() for _value, label in field.choices][1:]
    assert labels == ["Art", "Dance", "Theatre"]
