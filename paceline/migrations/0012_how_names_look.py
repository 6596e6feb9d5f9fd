"""Beside a name's key what it looks like, so that nobody registers to pass for another."""

import unicodedata

from django.db import migrations, models

# As `lib/texts.py` had it when this was written; names were cleaned when they were given.
LOOKS_LIKE = str.maketrans(
    {"0": "O", "1": "l", "I": "l", "ı": "i", "ɑ": "a", "ɡ": "g", "ǀ": "l", "Ɩ": "l", "ⲟ": "o"}
    | dict(zip("АВЕЗКМНОРСТУХЅІЈԌԚԜӀҮ", "ABE3KMHOPCTYXSlJGQWlY", strict=True))
    | dict(zip("аеорсухѕіјԁԛԝһѵӏүԍ", "aeopcyxsijdqwhvlyG", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυϲ", "ABEZHlKMNOPTYXaikvopuc", strict=True))
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4", "'")
)


def look_of(name):
    signs = unicodedata.normalize("NFKC", name).translate(LOOKS_LIKE)
    return signs.replace("rn", "m").replace("vv", "w")


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
