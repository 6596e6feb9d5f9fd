"""Alerts by mail: to confirmed addresses, once, with a link that ends them."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from paceline.forum.models import Thread
from paceline.jobs.models import Job
from paceline.jobs.worker import run_all
from paceline.notifications.letters import stop_token
from paceline.notifications.models import Alert
from paceline.notifications.read import mark_all_alerts_read
from paceline.notifications.tasks import mail_alert, tell_of_post
from tests.notifications.smtp import mail_server


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://board.example"


def stop_link(text: str) -> str:
    found = re.search(r"https://board\.example(/alerts/stop/\S+)", text)
    assert found
    return found[1]


def test_a_letter_says_what_happened_and_where(world, confirmed):
    address = confirmed(world.bo)
    post = world.reply("Try a [b]wider[/b] saddle.")
    run_all()

    (letter,) = mail.outbox
    assert letter.to == [address]
    assert letter.subject == "Back pain on long rides - Paceline"
    assert "Cy replied in “Back pain on long rides”, which you watch." in letter.body
    assert "Try a wider saddle." in letter.body
    assert f"https://board.example/p/{post.pk}/" in letter.body
    assert letter.extra_headers["References"] == f"<thread-{world.thread.pk}@board.example>"


def test_what_gathers_is_mailed_once(world, confirmed):
    confirmed(world.bo)
    world.posts(3)
    run_all()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("reason", ["not confirmed", "not wanted", "read", "hidden", "locked out"])
def test_some_letters_are_not_sent(world, confirmed, reason):
    if reason != "not confirmed":
        confirmed(world.bo)
    if reason == "not wanted":
        world.bo.mails_alerts = False
        world.bo.save(update_fields=["mails_alerts"])
    post = world.reply("A reply.")
    for job in Job.objects.filter(name="tell_of_post"):
        job.delete()
        tell_of_post(**job.arguments)
    if reason == "read":
        mark_all_alerts_read(world.viewer(world.bo))
    elif reason == "hidden":
        world.hide(post)
    elif reason == "locked out":
        world.bo.is_active = False
        world.bo.save(update_fields=["is_active"])
        Alert.objects.all().delete()
    run_all()

    assert mail.outbox == []
    assert not Job.objects.exists()


def test_a_title_cannot_add_a_line_to_the_head_of_a_letter(world, confirmed):
    confirmed(world.bo)
    Thread.objects.filter(id=world.thread.pk).update(title="Nice\r\nBcc: mal@example.com")
    world.reply("A reply.")
    run_all()

    (letter,) = mail.outbox
    assert "\nBcc" not in letter.message().as_string().partition("\n\n")[0]
    assert letter.recipients() == [world.bo.email]


def test_one_click_of_a_mail_program_ends_the_letters(world, confirmed):
    confirmed(world.bo)
    world.reply("A reply.")
    run_all()
    (letter,) = mail.outbox
    link = stop_link(letter.extra_headers["List-Unsubscribe"].strip("<>"))
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client = Client(enforce_csrf_checks=True)

    looked = client.get(link)
    assert looked.status_code == 200
    world.bo.refresh_from_db()
    assert world.bo.mails_alerts, "looking changes nothing"

    done = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert b"No more letters" in done.content
    world.bo.refresh_from_db()
    assert not world.bo.mails_alerts


@pytest.mark.parametrize("token", ["nonsense", "5:abc:def", "é車", "%2e%2e"])
def test_a_broken_link_is_not_found(world, token):
    address = reverse("stop_letters", args=["x"]).replace("/x/", f"/{token}/")
    assert Client().post(address).status_code == 404


def test_a_token_of_another_member_is_not_theirs(world):
    token = stop_token(world.cy.pk)
    Client().post(reverse("stop_letters", args=[token]))
    world.bo.refresh_from_db()
    world.cy.refresh_from_db()

    assert (world.bo.mails_alerts, world.cy.mails_alerts) == (True, False)


def test_a_letter_reaches_a_mail_server(world, confirmed, settings):
    confirmed(world.bo)
    world.reply("A [b]wider[/b] saddle: größer, 自転車.\n.\nNot the end.")
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        run_all()

    ((recipients, letter),) = server.letters
    assert recipients == [world.bo.email]
    assert letter["To"] == world.bo.email
    assert letter["From"] == "Paceline <board@localhost>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"].strip().startswith("<https://board.example/alerts/stop/")
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    assert "größer, 自転車." in text
    assert "Not the end." in text
    assert stop_link(text)


def test_a_letter_that_no_server_takes_is_tried_again(world, confirmed, settings, caplog):
    confirmed(world.bo)
    world.reply("A reply.")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    run_all()

    job = Job.objects.get()
    assert (job.name, job.attempts, job.failed_at) == ("mail_alert", 1, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_alert(**job.arguments)
    assert len(mail.outbox) == 1
