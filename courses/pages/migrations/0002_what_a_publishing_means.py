from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opora_pages", "0001_course_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="lessonpage",
            name="change",
            field=models.CharField(
                choices=[
                    ("minor", "a small change: mistakes, clearer words"),
                    ("major", "a large change: learners keep what they did and see “updated”"),
                    (
                        "redo_unfinished",
                        "a large change: who has not finished the course does these steps again",
                    ),
                    (
                        "redo_all",
                        "a large change: everybody does these steps again, finished courses are opened",
                    ),
                ],
                default="minor",
                help_text="It holds for this publishing only, and for steps whose content has changed.",
                max_length=20,
                verbose_name="what this publishing means for changed steps",
            ),
        ),
        migrations.AddField(
            model_name="lessonpage",
            name="change_reason",
            field=models.CharField(
                blank=True,
                help_text="Who has to do a step again reads it, and so do the parents.",
                max_length=300,
                verbose_name="why",
            ),
        ),
    ]
