import errno
import re
import tempfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from paceline.media.attachments import hang_to
from paceline.media.models import Attachment, StoredFile
from paceline.permissions.rights import READING
from paceline.posting.attach import attach_file
from paceline.web import limits
from paceline.web.attachments import disposition
from tests import samples


@pytest.fixture
def as_bo(world):
    browser = Client()
    browser.force_login(world.bo)
    return browser


@pytest.fixture
def place(world) -> str:
    return f"reply:{world.thread.pk}"


def send(browser, place, data=b"Some words.\n", name="words.txt", **more):
    file = SimpleUploadedFile(name, data, "image/png")
    return browser.post("/attachments/", {"place": place, "file": file}, **more)


def posted(world, data: bytes, name: str, *, board=None) -> Attachment:
    """An attachment of a post of Bo's."""
    viewer = world.viewer(world.bo)
    thread = world.start_thread("With a file", board=board)
    row = attach_file(viewer, f"reply:{thread.pk}", name, BytesIO(data), len(data))
    hang_to(viewer, world.reply(author=world.bo, thread=thread), [row.id], [], most=10)
    return Attachment.objects.get(id=row.id)


def address(attachment: Attachment) -> str:
    return reverse("attachment", args=(attachment.pk, attachment.name))


def body(answer) -> bytes:
    return b"".join(answer)


# Sending


def test_a_script_is_told_all_that_it_shows_and_what_to_put_into_the_text(as_bo, place):
    answer = send(as_bo, place, samples.picture("PNG", (1000, 500)), "my [ride].png")

    assert answer.status_code == 201
    row = Attachment.objects.get()
    assert answer.json() == {
        "id": row.pk,
        "name": "my [ride].png",
        "size": row.file.size,
        "width": 1000,
        "height": 500,
        "small_width": 480,
        "small_height": 240,
        "is_picture": True,
        "url": f"/attachments/{row.pk}/my%20%5Bride%5D.png",
        "thumbnail": f"/attachments/{row.pk}/small",
        "code": f"[attach]{row.pk}[/attach]",
        "markdown": f"![my ride.png](attachment:{row.pk})",
    }


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (samples.bomb(), "a.png", "at most 30 megapixels"),
        (samples.SVG, "a.svg", "of no kind that is known here"),
        (b"MZ\x90\0", "a.jpg", "of no kind that is known here"),
        (b"", "a.txt", "empty"),
    ],
)
def test_a_refusal_is_one_sentence_for_a_script(as_bo, place, data, name, words):
    answer = send(as_bo, place, data, name)

    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert not StoredFile.objects.exists()


def test_nobody_sends_a_file_without_signing_in_or_without_a_token(world, place):
    answer = send(Client(), place)
    assert answer.status_code == 403
    assert "Sign in first" in answer.json()["error"]

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(world.bo)
    assert send(careful, place).status_code == 403
    assert not Attachment.objects.exists()


def test_no_file_and_a_place_that_is_none_are_refused(as_bo, place):
    for form in ({"place": place}, {"place": "nowhere", "file": BytesIO(b"x")}, {}):
        answer = as_bo.post("/attachments/", form)
        assert answer.status_code == 422
        assert answer.json()["error"]


def test_what_is_too_long_is_refused_before_it_is_read(as_bo, place):
    class Endless(BytesIO):
        def read(self, *args):
            raise AssertionError("the body was read")

    answer = as_bo.generic(
        "POST",
        "/attachments/",
        b"",
        CONTENT_TYPE="multipart/form-data; boundary=xyz",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
        **{"wsgi.input": Endless()},
    )

    assert answer.status_code == 413
    assert answer.json()["error"] == "A file has at most 10,240 kilobytes here."


def test_what_turns_out_too_long_is_refused_while_it_comes(world, as_bo, place):
    world.set(attachment_kilobytes=1, avatar_kilobytes=16)

    answer = send(as_bo, place, b"x" * 17_000)
    assert answer.status_code == 413
    assert "at most 1 kilobytes" in answer.json()["error"]
    assert send(as_bo, place, b"x" * 1_500).status_code == 422
    assert not StoredFile.objects.exists()


def test_a_body_that_ends_too_early_is_no_file(as_bo, place):
    whole = (
        f'--xyz\r\nContent-Disposition: form-data; name="place"\r\n\r\n{place}\r\n'
        '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        f"{'words ' * 100}"
    ).encode()

    answer = as_bo.post("/attachments/", whole, content_type="multipart/form-data; boundary=xyz")

    assert answer.status_code == 422
    assert answer.json()["error"] == "Choose a file first."
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("moment", ["write", "seek"])
def test_a_disk_that_is_full_on_the_way_in_is_told(as_bo, place, monkeypatch, moment):
    class Full(tempfile.SpooledTemporaryFile):
        def _fail(self, *args):
            raise OSError(errno.ENOSPC, "No space left on device")

    setattr(Full, moment, Full._fail)
    monkeypatch.setattr("paceline.web.incoming.tempfile.SpooledTemporaryFile", Full)

    answer = send(as_bo, place)

    assert answer.status_code == 507
    assert "no room left" in answer.json()["error"]
    assert not StoredFile.objects.exists()


def test_so_many_files_are_taken_in_a_minute_and_no_more(world, as_bo, place, monkeypatch):
    monkeypatch.setattr(limits, "MOST_UPLOADS", 2)
    assert [send(as_bo, place).status_code for _ in range(3)] == [201, 201, 429]

    answer = send(as_bo, place)
    assert "2 files in a minute" in answer.json()["error"]
    assert int(answer["Retry-After"]) > 0


# Taking off


def test_one_takes_a_file_off_with_and_without_script(as_bo, place):
    first, second = (send(as_bo, place).json()["id"] for _ in range(2))

    quiet = as_bo.post(f"/attachments/{first}/delete", headers={"X-Requested-With": "fetch"})
    assert (quiet.status_code, quiet.content) == (204, b"")
    plain = as_bo.post(f"/attachments/{second}/delete", {"place": place})
    assert plain.status_code == 302
    assert plain["Location"] == f"/t/{place.split(':')[1]}/reply"
    assert not Attachment.objects.exists()
    assert as_bo.post(f"/attachments/{second}/delete").status_code == 404


# Serving


def test_a_picture_is_shown_and_may_be_kept_by_anybody_where_everybody_reads(world, client):
    row = posted(world, samples.picture("PNG", (900, 600)), "ride.png")

    answer = client.get(address(row))

    assert answer.status_code == 200
    content = body(answer)
    assert Image.open(BytesIO(content)).size == (900, 600)
    expected = {
        "Content-Type": "image/png",
        "Content-Length": str(len(content)),
        "Content-Disposition": 'inline; filename="ride.png"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=3600",
        "Accept-Ranges": "bytes",
    }
    assert {name: answer[name] for name in expected} == expected

    small = client.get(reverse("small_attachment", args=(row.pk,)))
    assert small["Content-Type"] == "image/webp"
    assert small["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Image.open(BytesIO(body(small))).size == (480, 320)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (samples.PDF, "plan.pdf", "application/pdf"),
        (b"x <script>alert(1)</script>", "page.html", "text/plain; charset=utf-8"),
        (b"<gpx><script/></gpx>", "ride.gpx", "application/octet-stream"),
        (samples.archive(a="x"), "all.zip", "application/zip"),
    ],
)
def test_anything_else_is_given_to_be_kept_and_never_shown(world, client, data, name, media_type):
    row = posted(world, data, name)

    answer = client.get(address(row))

    assert body(answer) == data
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert client.get(reverse("small_attachment", args=(row.pk,))).status_code == 404


def test_names_reach_old_programs_and_new_ones():
    assert disposition("a.pdf", is_inline=False) == 'attachment; filename="a.pdf"'
    assert disposition("Köln.jpg", is_inline=True) == (
        "inline; filename=\"K_ln.jpg\"; filename*=UTF-8''K%C3%B6ln.jpg"
    )


def test_another_name_leads_to_the_right_one(world, client):
    row = posted(world, samples.PDF, "plan.pdf")

    answer = client.get(reverse("attachment", args=(row.pk, "virus.exe")))

    assert answer.status_code == 302
    assert answer["Location"] == address(row)


def test_what_is_not_yours_is_answered_word_for_word_like_what_is_not_there(world, as_bo):
    secret = world.hidden_board()
    thread = world.start_thread("Secret", board=secret, author=world.root)
    root = world.viewer(world.root)
    data = samples.picture()
    row = attach_file(root, f"reply:{thread.pk}", "a.png", BytesIO(data), len(data))
    waiting = attach_file(root, f"reply:{thread.pk}", "a.png", BytesIO(data), len(data))
    hang_to(root, world.reply(author=world.root, thread=thread), [row.id], [], most=10)

    def answers(browser, number):
        for path in (f"/attachments/{number}/a.png", f"/attachments/{number}/small"):
            for answer in (browser.get(path), browser.head(path)):
                odd = r'value="\w{64}"|nonce="[^"]+"|<time.*?</time>'
                text = re.sub(odd, "", answer.content.decode())
                yield answer.status_code, text.replace(path, "HERE")

    for browser in (as_bo, Client()):
        nothing = list(answers(browser, 987_654))
        assert {status for status, _ in nothing} == {404}
        assert list(answers(browser, row.id)) == nothing
        assert list(answers(browser, waiting.id)) == nothing
        taken = browser.post(f"/attachments/{row.id}/delete")
        assert taken.status_code == browser.post("/attachments/987654/delete").status_code == 404


def test_where_not_everybody_reads_only_the_readers_browser_keeps_a_picture(world, as_bo):
    row = posted(world, samples.picture(), "ride.png")
    assert as_bo.head(address(row))["Cache-Control"] == "public, max-age=3600"

    world.rights("guests", world.training, deny=READING)

    assert as_bo.head(address(row))["Cache-Control"] == "private, no-cache"
    assert Client().get(address(row)).status_code == 404


LETTERS = b"abcdefghijklmnopqrstuvwxyz" * 10


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-4", 206, (0, 5)),
        ("bytes=5-", 206, (5, 260)),
        ("bytes=-3", 206, (257, 260)),
        ("bytes=-999", 206, (0, 260)),
        ("bytes=259-999", 206, (259, 260)),
        ("bytes=0-0", 206, (0, 1)),
        ("bytes=260-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=99999999999999999-", 416, None),
        ("bytes=5-4", 200, (0, 260)),
        ("bytes=0-4,10-14", 200, (0, 260)),
        ("bytes=", 200, (0, 260)),
        ("bytes=-", 200, (0, 260)),
        ("words=0-4", 200, (0, 260)),
        ("bytes=a-b", 200, (0, 260)),
    ],
)
def test_a_part_can_be_asked_for(world, client, asked, status, part):
    row = posted(world, LETTERS, "letters.txt")

    answer = client.get(address(row), headers={"Range": asked})
    head = client.head(address(row), headers={"Range": asked})

    assert answer.status_code == head.status_code == status
    if part is None:
        assert answer["Content-Range"] == "bytes */260"
        return
    assert body(answer) == LETTERS[part[0] : part[1]]
    assert answer["Content-Length"] == head["Content-Length"] == str(part[1] - part[0])
    assert head.content == b""
    if status == 206:
        assert answer["Content-Range"] == f"bytes {part[0]}-{part[1] - 1}/260"


def test_a_part_of_what_is_another_file_by_now_is_the_whole(world, client):
    row = posted(world, LETTERS, "letters.txt")
    first = client.get(address(row))
    body(first)

    def status(condition: str) -> int:
        answer = client.get(address(row), headers={"Range": "bytes=0-4", "If-Range": condition})
        body(answer)
        return answer.status_code

    assert status(first["ETag"]) == status(first["Last-Modified"]) == 206
    assert status('"another"') == status(f"W/{first['ETag']}") == 200
    assert status("Thu, 01 Jan 1970 00:00:00 GMT") == status("nonsense") == 200


def test_what_the_browser_has_already_is_not_sent_again(world, client):
    row = posted(world, samples.picture(), "ride.png")
    for path in (address(row), reverse("small_attachment", args=(row.pk,))):
        first = client.get(path)
        body(first)
        for condition in (
            {"If-None-Match": first["ETag"]},
            {"If-Modified-Since": first["Last-Modified"]},
        ):
            again = client.get(path, headers=condition)
            assert (again.status_code, again.content) == (304, b"")
            assert again["ETag"] == first["ETag"]
            assert "sandbox" in again["Content-Security-Policy"]


def test_a_file_that_is_lost_is_said_to_be(world, client, settings):
    row = posted(world, samples.PDF, "plan.pdf")
    (settings.MEDIA_ROOT / row.file.key).unlink()

    answer = client.get(address(row))

    assert answer.status_code == 404
    assert b"This file is lost" in answer.content


def test_serving_what_everybody_may_have_costs_two_queries_whoever_asks(
    world, client, as_bo, django_assert_num_queries
):
    row = posted(world, samples.picture(), "ride.png")
    for browser in (client, as_bo):
        body(browser.get(address(row)))
        with django_assert_num_queries(2):
            answer = browser.get(address(row))
            body(answer)
        assert "Vary" not in answer


def test_with_a_password_for_one_time_one_has_what_visitors_have(world, as_bo, place):
    public = posted(world, samples.picture(), "ride.png")
    waiting = send(as_bo, place).json()["url"]
    assert as_bo.head(waiting).status_code == 200

    type(world.bo).objects.filter(id=world.bo.pk).update(must_change_password=True)

    assert as_bo.head(waiting).status_code == 404
    assert as_bo.head(address(public)).status_code == 200
