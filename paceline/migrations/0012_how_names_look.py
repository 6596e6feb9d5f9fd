"""Beside a name's key what it looks like, so that nobody registers to pass for another."""

from django.db import migrations, models

from paceline.lib.texts import look_of


def fill(apps, schema_editor):
    members = apps.get_model("paceline", "Member").objects
    rows = []
    for row in members.only("id", "name").iterator(chunk_size=500):
        row.look_key = look_of(row.name)[:160]
        rows.append(row)
    members.bulk_update(rows, ["look_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("paceline", "0011_count_what_members_may_read")]
    operations = [
        migrations.AddField(
            model_name="member",
            name="look_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=160),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
