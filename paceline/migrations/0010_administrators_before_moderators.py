"""Of two titles that come with groups the first is shown: Administrator before Moderator."""

from django.db import migrations


def reorder(apps, schema_editor):
    Group = apps.get_model("paceline", "Group")
    moderators = Group.objects.filter(role="moderators").first()
    administrators = Group.objects.filter(role="administrators").first()
    if moderators and administrators and moderators.position < administrators.position:
        moderators.position, administrators.position = (
            administrators.position,
            moderators.position,
        )
        moderators.save(update_fields=["position"])
        administrators.save(update_fields=["position"])


class Migration(migrations.Migration):
    dependencies = [("paceline", "0009_list_members_by_joining_and_posts")]
    operations = [migrations.RunPython(reorder, migrations.RunPython.noop)]
