"""Whatever stands in any column of text, no page takes it for markup."""

import json
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.test import Client

from paceline.accounts.models import Member
from paceline.forum.models import Draft, OwnSmilie, Report, StaffAction
from paceline.lib.kept import forget_everything
from paceline.markup.render import render
from paceline.moderation.ban import ban_member
from paceline.notifications.models import Alert
from paceline.posting.edit import Edit, edit_post
from tests.doors.scene import Scene, all_doors

# Ends every place in which text can stand: attributes, elements, scripts, comments, CDATA.
TRICK = "\"'><i id=zq onclick=a>]]></script></title></textarea><!--{{7*7}}"
# Columns that hold no words, and those that hold markup of ours.
_KEPT = re.compile(
    r"slug|html|key|password|avatar|place|language|theme|time_zone|date_format|email|kind|verb|role|hash"
)
XML = ("/feeds/", "/sitemap")


class Seen(HTMLParser):
    """The elements and attributes of a page, and its data for programs."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.data: list[str] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self._is_data = ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self._is_data and data.strip():
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False


def columns_of_html(model: Any) -> list[Any]:
    fields = model._meta.concrete_fields
    return [field for field in fields if isinstance(field, TextField) and "html" in field.name]


def fill_everything_with(trick: str) -> int:
    """Put it into every column of words of every row; answers in how many rows."""
    count = 0
    for model in apps.get_app_config("paceline").get_models():
        columns = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField)
            and not field.choices
            and not _KEPT.search(field.name)
            # A file's name of our own making; a LinkPreview's picture is an address of elsewhere.
            and (model, field.name) != (OwnSmilie, "picture")
        ]
        for row in model._default_manager.all() if columns else ():
            values: dict[str, Any] = {
                field.name: f"{row.pk}{trick}"[: field.max_length or 10_000] for field in columns
            }
            html = [field.name for field in columns_of_html(model)]
            values.update(dict.fromkeys(html, render(trick).html))
            count += model._default_manager.filter(pk=row.pk).update(**values)
    return count


@pytest.fixture
def scene(world):
    """Something of everything, by people with tricks for names."""
    scene = Scene(world)
    post_id, thread_id = scene.open["post_id"], scene.open["thread_id"]
    edit_post(world.viewer(world.bo), post_id, Edit("Other words.", 0, reason="x"))
    Draft.objects.create(member=world.cy, place=f"reply:{thread_id}")
    Report.objects.create(post_id=post_id, reporter=world.cy, reason="x")
    for kind in Alert.Kind.values:
        Alert.objects.create(member=world.cy, kind=kind, thread_id=thread_id, post_id=post_id)
    newcomer = Member.objects.get(name="Newcomer")
    ban_member(world.viewer(world.root), newcomer.pk, reason="x")
    assert fill_everything_with(TRICK) > 30
    Member.objects.update(fields={"bikes": TRICK})
    StaffAction.objects.update(detail={"more": TRICK, "before": TRICK})
    forget_everything()
    world.set(site_name=TRICK[:80], site_description=TRICK, footer_line=TRICK)
    return scene


# A moderator sees what a member sees, and more.
@pytest.mark.parametrize(
    "role",
    [
        pytest.param("visitor", marks=pytest.mark.slow),
        pytest.param("member", marks=pytest.mark.slow),
        "moderator",
        pytest.param("administrator", marks=pytest.mark.slow),
    ],
)
def test_on_no_page_of_anybody_does_it_become_markup(scene, role):
    browser = Client()
    if person := scene.people[role]:
        browser.force_login(person)
    pages = 0
    for door in all_doors():
        address = door.address(scene.open)
        answer = browser.get(address, {"q": TRICK, "by": TRICK, "name": TRICK, "after": TRICK})
        if answer.status_code in (404, 422):
            answer = browser.get(address)
        if answer.status_code == 301:
            answer = browser.get(answer["Location"])
        kind = answer.get("Content-Type", "").partition(";")[0]
        text = b"".join(answer).decode(errors="replace")
        if address.startswith(XML) and answer.status_code == 200:
            ElementTree.fromstring(text)
        elif kind == "text/html":
            seen = Seen()
            seen.feed(text)
            assert "<i id=zq" not in text, address
            assert "onclick" not in seen.attributes, address
            assert "<!--49" not in text, address
            for data in seen.data:
                json.loads(data)
            pages += TRICK[:8] in text or "zq onclick" in text
    assert pages > 15, "the trick stood on too few pages to tell anything"
