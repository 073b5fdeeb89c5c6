"""The database refuses to change the trail, and to delete of it what nobody opened.

On SQLite a later change of the table builds it anew, without these triggers: such a migration must run `guard` again.
"""

from django.db import migrations, models
from django.db.models import Q

UNTOUCHED = "The trail is only written to."
IS_OPEN = """
    EXISTS (
        SELECT 1 FROM audit_opening AS opening
        WHERE OLD.at < opening.until
            OR (opening.room <> '' AND opening.room = OLD.room)
            OR (opening.network <> '' AND opening.network = OLD.network)
    )
"""
SQLITE = (
    f"""
    CREATE TRIGGER trail_never_changes BEFORE UPDATE ON audit_trailentry
    BEGIN SELECT RAISE(ABORT, '{UNTOUCHED}'); END
    """,
    f"""
    CREATE TRIGGER trail_keeps_its_lines BEFORE DELETE ON audit_trailentry WHEN NOT {IS_OPEN}
    BEGIN SELECT RAISE(ABORT, '{UNTOUCHED}'); END
    """,
)
# The function may be there from a place that was restored over: dropping tables leaves it.
POSTGRES = (
    f"""
    CREATE OR REPLACE FUNCTION guard_trail() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF {IS_OPEN} THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION '{UNTOUCHED}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER trail_is_only_written_to BEFORE UPDATE OR DELETE ON audit_trailentry
    FOR EACH ROW EXECUTE FUNCTION guard_trail()
    """,
)
NO_MORE = {
    "sqlite": ("DROP TRIGGER trail_never_changes", "DROP TRIGGER trail_keeps_its_lines"),
    "postgresql": ("DROP TRIGGER trail_is_only_written_to ON audit_trailentry", "DROP FUNCTION guard_trail"),
}


def guard(_apps, schema):
    """From here on the trail is only written to."""
    for statement in SQLITE if schema.connection.vendor == "sqlite" else POSTGRES:
        schema.execute(statement)


def unguard(_apps, schema):
    for statement in NO_MORE[schema.connection.vendor]:
        schema.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_people_by_key")]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("until", models.DateTimeField(null=True)),
                ("room", models.CharField(blank=True, max_length=32)),
                ("network", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(until__isnull=False) | ~Q(room="") | ~Q(network=""),
                        name="an_opening_says_of_what",
                    )
                ]
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
