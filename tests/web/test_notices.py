"""Notices put away over HTTP, without script."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from paceline.conf.site import notices_changed
from paceline.forum.models import Notice, NoticeDismissal
from paceline.web.notices import COOKIE, MOST_KEPT


@pytest.fixture
def away(world):
    made = Notice.objects.create(title="Coffee ride", html="<p>On Sunday.</p>")
    notices_changed()
    return made


def dismiss(client, notice_id, **data):
    return client.post(reverse("dismiss_notice", args=[notice_id]), data)


def test_a_visitor_puts_a_notice_away_with_a_cookie_and_no_row(away):
    visitor = Client(enforce_csrf_checks=True)
    answer = dismiss(visitor, away.pk, next="/b/1/training/")

    assert answer.status_code == 302
    assert answer["Location"] == "/b/1/training/"
    assert visitor.cookies[COOKIE].value == str(away.pk)
    assert visitor.cookies[COOKIE]["httponly"]
    assert not NoticeDismissal.objects.exists()


def test_a_members_choice_is_kept_in_the_table_too(world, away, client):
    client.force_login(world.bo)
    dismiss(client, away.pk)

    assert client.cookies[COOKIE].value == str(away.pk)
    assert NoticeDismissal.objects.get().member == world.bo


def test_another_site_cannot_put_a_members_notice_away(world, away):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.bo)

    assert dismiss(browser, away.pk).status_code == 403
    assert not NoticeDismissal.objects.exists()


def test_the_way_back_never_leads_to_another_site(away, client):
    assert dismiss(client, away.pk, next="https://evil.example/")["Location"] == "/"
    assert dismiss(client, away.pk, next="//evil.example/")["Location"] == "/"


def test_the_cookie_holds_known_notices_only_however_it_was_bent(away, client):
    other = Notice.objects.create(title="Also")
    notices_changed()
    client.cookies[COOKIE] = f"{away.pk}.x.²..-4.{'9' * 400}.77777.{away.pk}"
    dismiss(client, other.pk)
    assert client.cookies[COOKIE].value == f"{away.pk}.{other.pk}"
    dismiss(client, 424242)
    assert client.cookies[COOKIE].value == f"{away.pk}.{other.pk}"


def test_the_cookie_stays_small(world, client):
    made = [Notice.objects.create(title=f"No. {n}") for n in range(MOST_KEPT + 5)]
    notices_changed()
    for notice in made:
        dismiss(client, notice.pk)
    assert len(client.cookies[COOKIE].value.split(".")) == MOST_KEPT


def test_looking_at_the_address_changes_nothing(away, client):
    assert client.get(reverse("dismiss_notice", args=[away.pk])).status_code == 405


def test_signing_in_brings_back_what_was_put_away_in_another_browser(world, away, client):
    client.force_login(world.bo)
    dismiss(client, away.pk)
    EmailAddress.objects.create(user=world.bo, email=world.bo.email, verified=True, primary=True)

    elsewhere = Client()
    answer = elsewhere.post(reverse("account_login"), {"login": "Bo", "password": "open sesame"})

    assert answer.status_code == 302
    assert elsewhere.cookies[COOKIE].value == str(away.pk)


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/b/1/x/?sort=views", "/b/1/x/?sort=views"),
        ("http://evil.example/", "/"),
        ("http://testserver.evil.example/", "/"),
        ("http://testserver//evil.example/", "/"),
        ("http://testserver/\\evil.example/", "/"),
        ("nowhere", "/"),
    ],
)
def test_back_to_the_page_and_nowhere_else(world, client, came_from, leads_to):
    notice = Notice.objects.create(title="Hello")
    for sent in ({}, {"next": "//evil.example"}, {"next": "nowhere"}, {"next": "a:b"}):
        headers = {"referer": came_from}
        answer = client.post(f"/notices/{notice.pk}/dismiss", sent, headers=headers)
        assert answer["Location"] == leads_to
