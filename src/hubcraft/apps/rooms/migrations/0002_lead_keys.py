import django.db.models.deletion
import hubcraft.apps.networks.models
from django.db import migrations, models


def keep_keys(apps, schema_editor):
    """The one key of each room becomes its first facilitator's."""
    room, lead_key = apps.get_model("rooms", "Room"), apps.get_model("rooms", "LeadKey")
    lead_key.objects.bulk_create(
        [
            lead_key(room_id=it.id, secret=it.lead_key, made_at=it.made_at)
            for it in room.objects.all().iterator(500)
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('rooms', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeadKey',
            fields=[
                ('id', models.CharField(default=hubcraft.apps.networks.models.new_id, editable=False, max_length=32, primary_key=True, serialize=False)),
                ('secret', models.CharField(max_length=64)),
                ('name', models.CharField(blank=True, max_length=40)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lead_keys', to='rooms.room')),
            ],
        ),
        migrations.RunPython(keep_keys, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='room',
            name='lead_key',
        ),
        migrations.AddConstraint(
            model_name='leadkey',
            constraint=models.UniqueConstraint(fields=('room', 'secret'), name='a_lead_key_once_a_room'),
        ),
    ]
