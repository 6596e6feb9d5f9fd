"""Pages of the footer, and letters to the people who run the board."""

import json
import re

import pytest
from django.core import mail
from django.test import Client

from paceline.accounts.models import MemberGroup
from paceline.conf.site import notices_changed
from paceline.forum.models import SitePage
from paceline.jobs.models import Job
from paceline.jobs.worker import run_all

LETTER = {
    "name": "Dee",
    "address": "dee@example.org",
    "subject": "The terms",
    "message": "May I show your pages to my club?",
}


@pytest.fixture
def later(world, time_machine):
    """The form was opened, and its reader takes a minute to write."""
    time_machine.move_to("2026-05-01 10:00:00+00:00", tick=False)

    def open_form(client: Client) -> dict[str, str]:
        page = client.get("/contact/").content.decode()
        (opened,) = re.findall(r'name="opened" value="([^"]+)"', page)
        time_machine.shift(60)
        return {"opened": opened}

    return open_form


def test_a_page_of_the_footer_is_shown_to_everybody(world, client):
    page = client.get("/page/terms/")

    assert page.status_code == 200
    assert '<h1 dir="auto">Terms of Service</h1>' in page.content.decode()
    assert client.get("/page/none/").status_code == 404
    assert client.get("/page/../terms/").status_code == 404


def test_the_footer_links_to_its_pages_in_their_order(world, client):
    SitePage.objects.create(slug="imprint", title="Imprint", position=5)
    SitePage.objects.filter(slug="advertising").update(is_in_footer=False)
    notices_changed()
    foot = client.get("/contact/").content.decode().partition("<footer")[2]

    assert re.findall(r'<a href="(/(?:contact|archive|page)/[^"]*)"', foot) == [
        "/contact/",
        "/archive/",
        "/page/imprint/",
        "/page/cookie-policy/",
        "/page/privacy/",
        "/page/terms/",
    ]


def test_a_letter_reaches_the_administrators_and_is_answered_to_its_writer(world, client, later):
    sent = client.post("/contact/", {**LETTER, **later(client)}, follow=True)
    assert b"Your letter is on its way." in sent.content
    assert mail.outbox == [], "it is sent afterwards"
    run_all()

    (letter,) = mail.outbox
    assert letter.to == [world.root.email]
    assert letter.reply_to == ["Dee <dee@example.org>"]
    assert letter.subject == "The terms - Paceline"
    assert "May I show your pages to my club?" in letter.body
    assert "by a visitor, Dee, dee@example.org." in letter.body


def test_a_letter_goes_to_the_address_that_was_set(world, client, later):
    world.set(contact_mail="desk@example.org")
    client.post("/contact/", {**LETTER, **later(client)})
    run_all()

    assert mail.outbox[0].to == ["desk@example.org"]


def test_a_member_writes_under_the_own_name(world, client, later):
    client.force_login(world.bo)
    client.post("/contact/", {**LETTER, "name": "Root", **later(client)})
    run_all()

    assert f"by the member Bo (number {world.bo.pk})" in mail.outbox[0].body
    assert mail.outbox[0].reply_to == ["Bo <dee@example.org>"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Say who you are."),
        ({"address": ""}, "Say where an answer can go."),
        ({"address": "dee"}, "This is not the address of a mailbox."),
        ({"address": "dee@example.org, mal@example.org"}, "not the address of a mailbox"),
        ({"subject": ""}, "Say what it is about."),
        ({"subject": "x" * 121}, "At most 120 characters."),
        ({"message": " \n"}, "Write something first."),
        ({"message": "x" * 10_001}, "a letter has at most 10,000"),
        ({"website": "https://example.org"}, "there to catch programs"),
        ({"opened": "nonsense"}, "open for too long"),
    ],
)
def test_a_refusal_gives_back_what_was_typed(world, client, later, changed, sentence):
    answer = client.post("/contact/", {**LETTER, **later(client), **changed})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    for name in LETTER.keys() - changed.keys():
        assert LETTER[name] in page
    assert not Job.objects.exists()


def test_what_is_sent_at_once_is_refused_and_taken_a_moment_later(
    world, client, later, time_machine
):
    form = later(client)
    time_machine.shift(-59)
    fast = client.post("/contact/", {**LETTER, **form})
    assert fast.status_code == 422
    assert "That was fast" in fast.content.decode()

    (opened,) = re.findall(r'name="opened" value="([^"]+)"', fast.content.decode())
    time_machine.shift(3)
    assert client.post("/contact/", {**LETTER, "opened": opened}).status_code == 302


def test_a_form_of_yesterday_is_refused_once(world, client, later, time_machine):
    form = later(client)
    time_machine.shift(25 * 60 * 60)
    assert client.post("/contact/", {**LETTER, **form}).status_code == 422


def test_too_many_letters_are_refused_and_come_back(world, client, later):
    world.set(reports_per_hour=2)
    form = later(client)
    answers = [client.post("/contact/", {**LETTER, **form}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "2 letters in an hour" in answers[2].content.decode()
    assert LETTER["message"] in answers[2].content.decode()
    assert int(answers[2]["Retry-After"]) > 60


def test_a_board_without_anybody_to_write_to_says_so(world, client, later):
    MemberGroup.objects.all().delete()
    answer = client.post("/contact/", {**LETTER, **later(client)})

    assert answer.status_code == 403
    assert "no contact address yet" in answer.content.decode()
    assert LETTER["message"] in answer.content.decode()


def test_nothing_typed_adds_a_line_to_the_head_of_a_letter(world, client, later, shared):
    world.set(reports_per_hour=0)
    path = shared / "corpora" / "abuse" / "crlf_injection.json"
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    typed = [str(case["input"]) for case in cases]
    typed += [text.replace("%0d", "\r").replace("%0a", "\n") for text in typed]
    form = later(client)
    for text in [*typed, "a\r\nBcc: mal@example.com", "a\nBcc: mal@example.com\n\nbody"]:
        hostile = {"name": text[:80], "subject": text[:120]}
        assert client.post("/contact/", {**LETTER, **form, **hostile}).status_code == 302
        refused = client.post("/contact/", {**LETTER, **form, "address": f"dee@example.org{text}"})
        assert refused.status_code == 422
    run_all()

    assert len(mail.outbox) == len(typed) + 2
    for letter in mail.outbox:
        head = letter.message().as_string().partition("\n\n")[0]
        names = {line.partition(":")[0] for line in head.splitlines() if line[:1] not in " \t"}
        assert names <= {
            *("Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From"),
            *("To", "Reply-To", "Date", "Message-ID"),
        }
        assert letter.recipients() == [world.root.email]


def test_a_letter_needs_the_token_of_its_form(world):
    assert Client(enforce_csrf_checks=True).post("/contact/", LETTER).status_code == 403


def test_password_managers_find_the_page_to_change_a_password(world, client):
    assert client.get("/.well-known/change-password").status_code == 302
