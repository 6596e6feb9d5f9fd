"""The pages of one's own account, as a browser without script uses them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from paceline.accounts.models import Ignore, ProfileField
from paceline.lib.kept import forget_everything


@pytest.fixture
def bo_here(world):
    browser = Client()
    browser.force_login(world.bo)
    return browser


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_profile_is_previewed_saved_and_shown(world, bo_here):
    ProfileField.objects.create(key="bikes", label="Bikes", help_text="What do you ride?")
    forget_everything()
    page = reverse("account_profile")
    typed = {"location": "Bern", "signature": "[b]Ride on[/b]", "field_bikes": "A red one"}

    assert "What do you ride?" in bo_here.get(page).content.decode()
    preview = bo_here.post(page, {**typed, "preview": "1"}).content.decode()
    assert "Preview of the signature" in preview
    assert 'value="A red one"' in preview
    world.bo.refresh_from_db()
    assert world.bo.location == "", "a preview saves nothing"

    assert bo_here.post(page, typed).status_code == 302
    shown = Client().get(f"/m/{world.bo.pk}/bo/").content.decode()
    for words in ("Bern", "Bikes", "A red one", "Ride on"):
        assert words in shown


def test_what_was_typed_comes_back_with_the_reason_beside_its_field(bo_here):
    sent = {"location": "x" * 101, "signature": "Mine & yours"}
    answer = bo_here.post(reverse("account_profile"), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="location-error" role="alert">At most 100 characters.' in page
    assert "Mine &amp; yours" in page


def test_a_banned_member_is_told_that_the_profile_stays(world):
    browser = Client()
    browser.force_login(world.mal)

    answer = browser.post(reverse("account_profile"), {"location": "Here"})

    assert answer.status_code == 403
    assert "While you are banned" in answer.content.decode()
    assert 'value="Here"' in answer.content.decode()


def test_dates_and_theme_change_at_once(world, bo_here):
    page = reverse("account_reading")
    sent = {"time_zone": "Asia/Tokyo", "date_format": "iso", "theme": "dark", "shows_avatars": "1"}

    assert bo_here.post(page, sent).status_code == 302
    after = bo_here.get(page).content.decode()
    assert 'data-theme="dark"' in after
    assert '<option value="Asia/Tokyo" selected>' in after
    assert bo_here.post(page, {**sent, "time_zone": "Mars/Base"}).status_code == 422
    assert bo_here.post(page, {**sent, "post_language": "html"}).status_code == 422
    world.bo.refresh_from_db()
    assert (world.bo.shows_avatars, world.bo.shows_signatures) == (True, False)


def test_forms_begin_in_the_language_of_one_s_settings(world, bo_here):
    form = f"/b/{world.training.pk}/new"
    assert '<option value="bbcode" selected>' in bo_here.get(form).content.decode()
    page = reverse("account_reading")
    assert "As the board: BB code" in bo_here.get(page).content.decode()

    bo_here.post(page, {"theme": "system", "post_language": "markdown"})

    assert '<option value="markdown" selected>' in bo_here.get(form).content.decode()


def test_mail_is_turned_off_and_on(world, bo_here):
    page = reverse("account_mail")

    assert bo_here.post(page, {}).status_code == 302
    world.bo.refresh_from_db()
    assert (world.bo.mails_alerts, world.bo.watches_own_threads) == (False, False)
    bo_here.post(page, {"mails_alerts": "1"})
    world.bo.refresh_from_db()
    assert world.bo.mails_alerts


def test_a_picture_is_sent_shown_and_removed(world, bo_here):
    page = reverse("account_avatar")
    file = SimpleUploadedFile("me.exe", picture(), content_type="application/x-msdownload")

    assert bo_here.post(page, {"picture": file}).status_code == 302
    world.bo.refresh_from_db()
    small = Client().get(f"/media/avatars/{world.bo.avatar}")
    large = Client().get(f"/media/avatars/large/{world.bo.avatar}")
    assert f"/media/avatars/large/{world.bo.avatar}" in bo_here.get(page).content.decode()
    for answer in (small, large):
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "immutable" in answer["Cache-Control"]
        assert not answer.cookies
    assert Image.open(BytesIO(small.content)).size == (96, 96)

    assert bo_here.post(page, {"remove": "1"}).status_code == 302
    assert Client().get(f"/media/avatars/{world.bo.avatar}").status_code in (200, 404)
    world.bo.refresh_from_db()
    assert world.bo.avatar == ""


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({}, "Choose a file first."),
        ({"picture": "no file"}, "Choose a file first."),
        ({"picture": SimpleUploadedFile("a.png", b"<svg onload=alert(1)>")}, "no JPEG"),
        ({"picture": SimpleUploadedFile("a.png", b"")}, "no JPEG"),
        ({"picture": SimpleUploadedFile("a.png", b"\x89PNG" + b"0" * 3_000_000)}, "At most 2,048"),
    ],
)
def test_a_picture_that_is_none_is_refused_with_a_sentence(bo_here, sent, reason):
    answer = bo_here.post(reverse("account_avatar"), sent)

    assert answer.status_code == 422
    assert reason in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/media/avatars/../../board.sqlite3",
        "/media/avatars/..%2F..%2Fboard.sqlite3",
        "/media/avatars/%2e%2e/secret_key",
        "/media/avatars/large/..%2f..%2f..%2fsecret_key",
        "/media/avatars/huge/" + "a" * 22 + ".webp",
        "/media/avatars/" + "a" * 22 + ".webp",
        "/media/avatars/" + "a" * 5000,
        "/media/secret_key",
    ],
)
def test_nothing_else_is_served_from_where_pictures_are(world, client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert '<header class="top">' in answer.content.decode()


def test_no_path_of_the_corpus_leads_out_of_the_pictures(shared, world, client):
    import json

    corpus = json.loads((shared / "corpora/abuse/path_traversal.json").read_text())
    for case in corpus["cases"]:
        answer = client.get("/media/avatars/" + str(case["input"]))
        assert 400 <= answer.status_code < 500 or answer.status_code in (301, 302), case


def test_a_member_is_ignored_from_their_page_and_taken_back_from_the_list(world, bo_here):
    page = f"/m/{world.cy.pk}/cy/"
    assert bo_here.get(f"/m/{world.cy.pk}/ignore").status_code == 405

    answer = bo_here.post(f"/m/{world.cy.pk}/ignore", follow=True)
    assert "You ignore Cy" in answer.content.decode()
    assert "Stop ignoring" in bo_here.get(page).content.decode()
    assert "Cy" in bo_here.get(reverse("account_ignored")).content.decode()

    answer = bo_here.post(f"/m/{world.cy.pk}/unignore", {"from": "list"})
    assert answer.url == reverse("account_ignored")
    assert not Ignore.objects.exists()
    assert bo_here.post(f"/m/{world.bo.pk}/ignore").status_code == 422
    assert bo_here.post("/m/999999/ignore").status_code == 404
    assert Client().post(f"/m/{world.cy.pk}/ignore").status_code == 403


def test_sessions_are_listed_and_ended(world, sign_in):
    here = sign_in(world.bo, agent="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    there = sign_in(world.bo, agent="Mozilla/5.0 (iPhone) Safari/604.1")
    other = sign_in(world.cy)
    page = reverse("account_sessions")

    listed = here.get(page).content.decode()
    assert "Firefox on Linux" in listed
    assert "Safari on iPhone" in listed
    assert "127.0.0.1" not in listed
    number = listed.split('name="end" value="')[1].split('"')[0]

    assert other.post(page, {"end": number}).status_code == 404, "it is not theirs to end"
    assert here.post(page, {"end": number}).status_code == 302
    assert there.get(page).status_code == 403
    for nonsense in ("", "x", "-1", "9" * 30, "1\x00"):
        assert here.post(page, {"end": nonsense}).status_code == 404
    third = sign_in(world.bo)
    assert here.post(page, {"end": "others"}).status_code == 302
    assert third.get(page).status_code == 403
    assert here.get(page).status_code == 200


@pytest.mark.parametrize(
    "name", ["account_profile", "account_reading", "account_mail", "account_avatar"]
)
def test_no_form_is_taken_from_another_site(world, name):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.bo)

    assert browser.post(reverse(name), {"location": "Elsewhere"}).status_code == 403


@pytest.mark.parametrize("length", [str(2**40), "99999999999999999999999", "x", "-1"])
def test_what_is_too_large_is_refused_before_it_is_read(bo_here, length):
    answer = bo_here.post(reverse("account_avatar"), {}, CONTENT_LENGTH=length)

    assert answer.status_code == 413
