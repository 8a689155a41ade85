"""Learners' records outlive pages: nothing deletes them by the way."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CASCADE, PROTECT, SET_NULL, ForeignKey, ManyToOneRel
from wagtail.images import get_image_model
from wagtail.models import Page


def relations(*labels: str) -> Iterator[ManyToOneRel]:
    for label in labels:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.local_fields:
                if isinstance(field, ForeignKey):
                    yield field.remote_field


def test_a_record_of_a_course_or_its_learners_is_deleted_by_nothing_it_points_to() -> None:
    loose = [
        str(relation.field)
        for relation in relations("opora_courses")
        if relation.on_delete is not PROTECT
    ]

    assert loose == []


def test_a_record_about_a_person_loses_at_most_its_picture() -> None:
    loose = [
        str(relation.field)
        for relation in relations("opora_people")
        if relation.on_delete is not PROTECT
        and not (relation.on_delete is SET_NULL and relation.model is get_image_model())
    ]

    assert loose == []


def test_no_record_points_to_a_page() -> None:
    to_pages = [
        str(relation.field)
        for relation in relations("opora_courses", "opora_people")
        if issubclass(relation.model, Page)
    ]

    assert to_pages == []


def test_a_page_points_to_its_record_by_a_plain_foreign_key_so_that_it_can_be_copied() -> None:
    unique = [
        str(relation.field)
        for relation in relations("opora_pages")
        if relation.one_to_one and not relation.parent_link
    ]

    assert unique == []


def test_deleting_a_page_deletes_nothing_but_pages() -> None:
    followers = [
        str(relation.field)
        for page in apps.get_app_config("opora_pages").get_models()
        for relation in page._meta.related_objects
        if relation.on_delete is CASCADE
        and relation.related_model._meta.app_label in {"opora_courses", "opora_people"}
    ]

    assert followers == []
