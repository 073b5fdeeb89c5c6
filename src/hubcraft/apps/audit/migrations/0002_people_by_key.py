"""People stand in the trail by key instead of by name: lines that were written before are made so, once."""

import re

from django.db import migrations, models

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def name_by_key(apps, _schema):
    """Names that only one person has, and mail addresses, become keys. A name two people have stays as it is:
    whose it was can't be told any more."""
    entries = apps.get_model("audit", "TrailEntry").objects
    owners: dict[str, set[str]] = {}
    for person in apps.get_model("people", "Person").objects.all():
        for name in {person.name, person.email} - {""}:
            owners.setdefault(name, set()).add(f"person:{person.id}")
    known = {name: keys.pop() for name, keys in owners.items() if len(keys) == 1}
    # The longest first: "Ana María" before "Ana".
    names = sorted(known, key=len, reverse=True)
    if not names:
        return
    standing = re.compile("|".join(rf"(?<!\w){re.escape(it)}(?!\w)" for it in names))
    # Rooms name nobody who has an account: what stands there is somebody's initials.
    for entry in entries.filter(room=""):
        who = known.get(entry.who, entry.who)
        did = standing.sub(lambda found: known[found[0]], entry.did)
        did = ADDRESS.sub("somebody", did)[:200]
        if (who, did) != (entry.who, entry.did):
            entries.filter(id=entry.id).update(who=who, did=did)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.RunPython(name_by_key, migrations.RunPython.noop),
        migrations.AlterField("trailentry", "who", models.CharField(db_index=True, max_length=80)),
        migrations.AlterField("trailentry", "thing", models.CharField(db_index=True, max_length=80)),
    ]
