"""What places that exist already would know, had they been given today.

The age of a child on the day of enrolment, and the epoch in which a course was finished: until now
any reset opened a finished course again, so that it is the place's own.
"""

from django.db import migrations
from django.utils import timezone

from courses.people.rules import age_in_years

BATCH = 500


def keep_ages(apps, schema_editor):
    enrolments = apps.get_model("opora_courses", "Enrolment")
    children = apps.get_model("opora_people", "ChildProfile")
    born = {
        user: (year, month)
        for user, year, month in children.objects.values_list(
            "user_id", "birth_year", "birth_month"
        )
    }
    changed = []
    for place in enrolments.objects.filter(learner__in=children.objects.values("user_id")):
        year, month = born[place.learner_id]
        day = timezone.localdate(place.enrolled_at)
        place.learner_age = max(0, age_in_years(birth_year=year, birth_month=month, on=day))
        changed.append(place)
    enrolments.objects.bulk_update(changed, ["learner_age"], batch_size=BATCH)


def keep_epochs(apps, schema_editor):
    states = apps.get_model("opora_courses", "CourseState")
    finished = states.objects.filter(finished_at__isnull=False).select_related("enrolment")
    changed = []
    for state in finished.iterator(BATCH):
        state.facts["finished"]["epoch"] = state.enrolment.epoch
        changed.append(state)
    states.objects.bulk_update(changed, ["facts"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("opora_courses", "0003_editions_ages_and_sittings"),
        ("opora_people", "0001_people_and_organisations"),
    ]

    operations = [
        migrations.RunPython(keep_ages, migrations.RunPython.noop),
        migrations.RunPython(keep_epochs, migrations.RunPython.noop),
    ]
