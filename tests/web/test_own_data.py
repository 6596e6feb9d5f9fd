import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from paceline.accounts.models import Member
from tests.web.conftest import PASSWORD

DOWNLOAD = reverse("account_download")
ERASE = reverse("account_erase")


@pytest.fixture
def bo_here(world, sign_in):
    """A browser in which Bo has given his password once more."""
    browser = sign_in(world.bo)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    return browser


def test_an_archive_is_given_to_who_shows_once_more_that_it_is_theirs(world, sign_in):
    browser = sign_in(world.bo)
    asked = browser.get(DOWNLOAD)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    wrong = {"password": "wrong", "next": DOWNLOAD}
    assert browser.post(reverse("account_reauthenticate"), wrong).status_code == 422

    right = {"password": PASSWORD, "next": DOWNLOAD}
    assert browser.post(reverse("account_reauthenticate"), right).url == DOWNLOAD
    answer = browser.get(DOWNLOAD)

    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="board-bo-')
    archive = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert "account.json" in archive.namelist()


def test_visitors_get_no_archive_and_erase_nothing(world, client):
    for path in (DOWNLOAD, ERASE):
        assert client.get(path).url.startswith(reverse("account_login"))
        assert client.post(path).status_code in (302, 405)


def test_an_account_is_erased_after_the_name_was_typed(world, bo_here):
    for sent in ({}, {"name": "Cy", "texts": "keep"}, {"name": "Bo"}, {"name": "Bo", "texts": "x"}):
        assert bo_here.post(ERASE, sent).status_code == 422
    assert Member.objects.get(id=world.bo.pk).erased_at is None

    answer = bo_here.post(ERASE, {"name": "bo", "texts": "remove"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("account_erased")
    page = answer.content.decode()
    assert "has been erased" in page
    assert "Sign in" in page, "the header speaks to a visitor"
    assert Member.objects.get(id=world.bo.pk).erased_at
    assert bo_here.get(reverse("account")).status_code == 403


def test_nobody_signs_in_to_an_erased_account(world, bo_here, client):
    bo_here.post(ERASE, {"name": "Bo", "texts": "keep"})

    for login in ("Bo", "bo@example.com", f"Deleted member {world.bo.pk}"):
        for password in (PASSWORD, "", "!"):
            sent = {"login": login, "password": password}
            assert client.post(reverse("account_login"), sent).status_code in (422, 429)


def test_the_only_administrator_reads_why_not(world, sign_in):
    browser = sign_in(world.root)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})

    answer = browser.post(ERASE, {"name": "Root", "texts": "keep"})

    assert answer.status_code == 403
    assert "You are the only administrator" in answer.content.decode()
