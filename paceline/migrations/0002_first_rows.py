"""The board's own groups with their rights, the row of the site, and the pages of the footer."""

from django.db import migrations

READING = 1 + 2
TAKING_PART = 2047
UNHELD = 512
EVERYTHING = 4095

GROUPS = [
    ("guests", "Guests", "", READING),
    ("members", "Members", "", TAKING_PART),
    ("new_members", "New members", "", TAKING_PART - UNHELD),
    ("moderators", "Moderators", "Moderator", EVERYTHING),
    ("administrators", "Administrators", "Administrator", EVERYTHING),
    ("banned", "Banned", "Banned", READING),
]
PAGES = [
    ("advertising", "Advertising", "This board carries no advertising."),
    (
        "cookie-policy",
        "Cookie Policy",
        "Reading this board sets no cookie. Signing in sets one that keeps you signed in and one"
        " that protects forms; both end when you sign out. Putting away a notice is remembered in"
        " a cookie of its own; so is, for a day, which posts you collected to quote. Nothing is shared with anybody.",
    ),
    (
        "privacy",
        "Privacy Statement",
        "The board keeps what you write and the address of your mail, which is shown to nobody."
        " You can take all of it away as a file, and have your account erased, on your account's"
        " page. The people who run this board should say here who they are and how they are"
        " reached.",
    ),
    (
        "terms",
        "Terms of Service",
        "What you write stays yours; by posting you let this board show it. Be kind, keep to the"
        " subject, and post nothing that is not yours to share. The people who run this board may"
        " remove what breaks these rules.",
    ),
]


def add_rows(apps, schema_editor):
    group_of = {}
    Group = apps.get_model("paceline", "Group")
    Rights = apps.get_model("paceline", "GroupRights")
    for position, (role, name, title, allowed) in enumerate(GROUPS):
        group_of[role], _ = Group.objects.get_or_create(
            role=role, defaults={"name": name, "title": title, "position": 10 * position}
        )
        Rights.objects.get_or_create(
            group=group_of[role], board=None, defaults={"allow": allowed}
        )
    apps.get_model("paceline", "SiteState").objects.get_or_create(id=1)
    SitePage = apps.get_model("paceline", "SitePage")
    for position, (slug, title, text) in enumerate(PAGES):
        SitePage.objects.get_or_create(
            slug=slug,
            defaults={
                "title": title,
                "source": text,
                "html": f"<p>{text}</p>",
                "position": 10 * position,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("paceline", "0001_first_tables")]
    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
