"""What hubs shared so far gets the day that it was in the room, as it has from now on, and not the day by UTC."""

from zoneinfo import ZoneInfo

from django.db import migrations


def date_where_held(apps, _schema_editor):
    Frozen = apps.get_model("insights", "Frozen")
    held = Frozen._base_manager.exclude(reflection=None).select_related("reflection__session__room")
    for it in held.order_by("id"):
        moment = it.reflection.revealed_at or it.reflection.made_at
        on = moment.astimezone(ZoneInfo(it.reflection.session.room.time_zone)).date()
        if on != it.on:
            Frozen._base_manager.filter(id=it.id).update(on=on)


class Migration(migrations.Migration):

    dependencies = [
        ("insights", "0006_longer_keys"),
        ("reflections", "0005_longer_keys"),
        ("rooms", "0005_rehearsals"),
    ]

    operations = [migrations.RunPython(date_where_held, migrations.RunPython.noop)]
