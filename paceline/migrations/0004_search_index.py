"""The index of words: a full-text table on SQLite, a table of vectors on PostgreSQL.

Neither is a model, since Django knows no such tables. `paceline.search` says what is in them.
"""

from django.db import migrations

TABLE = "paceline_words"


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TABLE {TABLE} (post_id bigint PRIMARY KEY, words tsvector NOT NULL)"
        )
        schema_editor.execute(f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (words)")
        return
    # Without text of its own an index can forget a row since SQLite 3.43.
    version = schema_editor.connection.Database.sqlite_version_info
    without_text = ", content='', contentless_delete=1" if version >= (3, 43, 0) else ""
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE {TABLE}"
        f" USING fts5(title, body, tokens{without_text}, tokenize='ascii')"
    )


def drop_index(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("paceline", "0003_revisions_keep_titles_and_can_be_hidden")]
    operations = [migrations.RunPython(make_index, drop_index)]
