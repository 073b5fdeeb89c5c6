from django.db import migrations, models


def name_the_rubric(apps, schema):
    """What was counted so far was counted by domains, and a look-for's key begins with its domain's."""
    RoomCount = apps.get_model("facilitation", "RoomCount")
    for row in RoomCount._base_manager.all().only("id", "look_for").iterator():
        RoomCount._base_manager.filter(id=row.id).update(domain="/".join(row.look_for.split("/")[:2]))


class Migration(migrations.Migration):

    dependencies = [
        ('facilitation', '0009_long_files'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='roomcount',
            name='one_count_a_look_for',
        ),
        migrations.AddField(
            model_name='roomcount',
            name='domain',
            field=models.CharField(default='', max_length=160),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='choice',
            name='domain',
            field=models.CharField(max_length=160),
        ),
        migrations.RunPython(name_the_rubric, migrations.RunPython.noop),
    ]
