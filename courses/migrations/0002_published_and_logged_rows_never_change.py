"""The database itself refuses to change what was published or logged.

Rows may still be deleted: erasing a person's records is an operation of its own.
"""

from django.db import migrations

IMMUTABLE_TABLES = (
    "opora_courses_event",
    "opora_courses_courserevision",
    "opora_courses_stepversion",
)
SENTENCE = "rows of {table} are never changed"

POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_never_changes() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {table}_never_changes();
"""
POSTGRESQL_UNDO = """
DROP TRIGGER {table}_never_changes ON {table};
DROP FUNCTION {table}_never_changes();
"""
SQLITE = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{sentence}'); END;
"""
SQLITE_UNDO = "DROP TRIGGER {table}_never_changes;"


def run_for_each_table(schema_editor, by_vendor):
    statement = by_vendor.get(schema_editor.connection.vendor)
    if statement is None:
        return
    for table in IMMUTABLE_TABLES:
        sentence = SENTENCE.format(table=table)
        schema_editor.execute(statement.format(table=table, sentence=sentence), params=None)


def forbid_changes(apps, schema_editor):
    run_for_each_table(schema_editor, {"postgresql": POSTGRESQL, "sqlite": SQLITE})


def allow_changes(apps, schema_editor):
    run_for_each_table(schema_editor, {"postgresql": POSTGRESQL_UNDO, "sqlite": SQLITE_UNDO})


class Migration(migrations.Migration):
    dependencies = [("opora_courses", "0001_courses_and_progress")]

    operations = [migrations.RunPython(forbid_changes, allow_changes)]
