import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opora_courses", "0002_published_and_logged_rows_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="enrolment",
            options={
                "ordering": ["pk"],
                "permissions": [
                    ("pin_enrolment", "Can keep a learner to one edition of a course"),
                    ("import_results", "Can count what was learned elsewhere"),
                    ("reopen_completions", "Can open finished courses again"),
                ],
                "verbose_name": "enrolment",
                "verbose_name_plural": "enrolments",
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="learner_age",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="age at enrolment"
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="pinned_revision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="opora_courses.courserevision",
                verbose_name="edition kept to",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="client_seq",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="device_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="session_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="watched_seconds",
            field=models.FloatField(null=True),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("watched_seconds__isnull", False)),
                fields=["enrolment", "session_id"],
                name="opora_courses_watched_sitting",
            ),
        ),
    ]
