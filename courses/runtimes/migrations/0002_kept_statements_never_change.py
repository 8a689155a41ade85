"""The database itself refuses to change a statement that is kept.

Rows may still be deleted: erasing a person's records is an operation of its own.
"""

from django.db import migrations

TABLE = "opora_runtimes_statement"

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {TABLE}_never_changes() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'rows of {TABLE} are never changed'
    USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {TABLE}_never_changes BEFORE UPDATE ON {TABLE}
FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {TABLE}_never_changes();
"""
POSTGRESQL_UNDO = f"""
DROP TRIGGER {TABLE}_never_changes ON {TABLE};
DROP FUNCTION {TABLE}_never_changes();
"""
SQLITE = f"""
CREATE TRIGGER {TABLE}_never_changes BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'rows of {TABLE} are never changed'); END;
"""
SQLITE_UNDO = f"DROP TRIGGER {TABLE}_never_changes;"


def run(schema_editor, by_vendor):
    statement = by_vendor.get(schema_editor.connection.vendor)
    if statement is not None:
        schema_editor.execute(statement, params=None)


def forbid_changes(apps, schema_editor):
    run(schema_editor, {"postgresql": POSTGRESQL, "sqlite": SQLITE})


def allow_changes(apps, schema_editor):
    run(schema_editor, {"postgresql": POSTGRESQL_UNDO, "sqlite": SQLITE_UNDO})


class Migration(migrations.Migration):
    dependencies = [("opora_runtimes", "0001_packages_and_attempts")]

    operations = [migrations.RunPython(forbid_changes, allow_changes)]
