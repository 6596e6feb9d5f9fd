"""What nobody means well by, sent to everything that takes text: a sentence, never a failure.

Of the long lists every eightieth text is sent; with ABUSE_STEP=1 all are, which takes minutes.
"""

import json
import os
from html import unescape

import pytest
from django.test import Client

from paceline.forum.models import MemberTag, Post, Report, Thread
from paceline.lib.texts import clean_line, clean_text
from paceline.posting.edit import Edit, edit_post

LISTS = (
    "comment_spam",
    "crlf_injection",
    "naughty_strings",
    "open_redirect",
    "path_traversal",
    "sql_injection",
    "ssrf_urls",
)

STEP = int(os.environ.get("ABUSE_STEP", "80"))


def texts_of(shared, name):
    listed = json.loads((shared / f"corpora/abuse/{name}.json").read_text(encoding="utf-8"))
    return [case.get("input", case.get("text", "")) for case in listed["cases"]]


@pytest.fixture
def bo_there(world, client):
    world.set(posts_per_minute=0, reports_per_hour=0)
    client.force_login(world.bo)
    client.raise_request_exception = True
    return client


def send_everywhere(client, world, text):
    """The text in every field of every form; each is taken or refused with a sentence."""
    own = world.own
    requests = [
        (f"/b/{world.training.pk}/new", {"title": text, "source": text, "once_key": text}),
        (f"/b/{world.training.pk}/new", {"title": "T", "source": "S", "prefix": text or "x"}),
        (f"/t/{own.thread_id}/replies", {"source": text, "once_key": text, "seen": text}),
        (
            f"/p/{own.pk}/edit",
            {"source": text, "title": text, "reason": text, "revision": text, "prefix": text},
        ),
        (f"/t/{own.thread_id}/tag", {"name": text}),
        (f"/t/{own.thread_id}/untag", {"member": text}),
        (f"/t/{own.thread_id}/read", {"number": text}),
        (f"/p/{world.theirs.pk}/report", {"reason": text}),
        ("/preview", {"place": text, "source": text}),
        ("/drafts/save", {"place": text, "source": text, "title": text, "next": text}),
        ("/drafts/discard", {"place": text, "next": text}),
    ]
    for address, fields in requests:
        response = client.post(address, fields)
        assert response.status_code in (302, 200, 403, 404, 409, 422, 429), (address, text)
        if response.status_code == 302:
            assert response["Location"].startswith("/")
            assert not response["Location"].startswith("//")
    for address in (
        "/members/suggest",
        f"/t/{own.thread_id}/reply",
        f"/p/{own.pk}/quote",
        f"/p/{own.pk}/history",
    ):
        response = client.get(address, {"q": text, "quote": text, "format": text, "upto": text})
        assert response.status_code in (200, 302, 400, 404, 414), (address, text)
    client.cookies["quotes"] = "".join(c for c in text if c.isascii() and c.isprintable())[:200]


@pytest.fixture
def forms(world):
    world.own = world.reply("Mine.", author=world.bo)
    world.theirs = world.reply("Theirs.")
    edit_post(world.viewer(world.bo), world.own.pk, Edit("Mine!", 0))
    return world


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name == "naughty_strings" else [pytest.mark.slow])
        for name in LISTS
    ],
)
def test_known_tricks_in_every_field(forms, bo_there, shared, name):
    texts = texts_of(shared, name)
    assert texts
    for text in texts[::STEP]:
        send_everywhere(bo_there, forms, text)


@pytest.mark.slow
def test_odd_strings_are_kept_as_they_were_typed(world, bo_there, shared):
    """As typed, but for what no text can hold; and shown without becoming markup."""
    kept = 0
    for text in texts_of(shared, "naughty_strings"):
        response = bo_there.post(
            f"/t/{world.thread.pk}/replies", {"source": text}, headers={"X-Requested-With": "fetch"}
        )
        if response.status_code == 422:
            continue
        kept += 1
        assert Post.objects.get(id=response.json()["post"]).source == clean_text(text).strip()
    assert kept > 450
    pages = range(1, 2 + Thread.objects.get().last_number // 20)
    for number in pages:
        address = f"/t/{world.thread.pk}/back-pain-on-long-rides/" + (
            f"{number}/" if number > 1 else ""
        )
        html = bo_there.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html.lower()


@pytest.mark.parametrize(
    "text",
    ["\x00", "a\x00b", "\ud800", "a\udfffb", "\u202eevil", "\ufeff", "\r\n\r\n", "%00", "💥" * 50],
    ids=ascii,
)
def test_letters_that_no_text_can_hold(forms, bo_there, text):
    # Typed surrogates arrive as what UTF-8 makes of them.
    send_everywhere(bo_there, forms, text.encode("utf-8", "replace").decode())


def test_texts_without_end(forms, bo_there):
    text = "All work and no play. " * 50_000  # more than a megabyte

    for address, fields in (
        (f"/t/{forms.own.thread_id}/replies", {"source": text}),
        (f"/b/{forms.training.pk}/new", {"title": "T", "source": text}),
        (f"/p/{forms.own.pk}/edit", {"source": text, "revision": 1}),
    ):
        response = bo_there.post(address, fields)
        assert response.status_code == 422
        assert "a post has at most 30,000" in response.content.decode()
        assert text in response.content.decode()
    assert bo_there.post(f"/p/{forms.theirs.pk}/report", {"reason": text}).status_code == 422
    assert bo_there.post(f"/t/{forms.own.thread_id}/tag", {"name": text}).status_code == 422
    assert not MemberTag.objects.exists()
    assert not Report.objects.exists()


def test_a_form_larger_than_any_is_refused(forms, bo_there):
    response = bo_there.post(f"/t/{forms.own.thread_id}/replies", {"source": "x" * 5_000_000})

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"source=%ff%fe%00", "application/x-www-form-urlencoded"),
        (b"source=%ED%A0%80", "application/x-www-form-urlencoded"),
        (b"source=+2AA-", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"source=x", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b'{"source": "x"}', "application/json"),
        (b"\x00\xff", "text/plain"),
        (
            b'--x\r\nContent-Disposition: form-data; name="source"\r\n\r\n+2AA-\r\n--x--\r\n',
            "multipart/form-data; boundary=x; charset=utf-7",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="source"; filename="a"\r\n\r\nz\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_bodies_that_are_no_form(forms, bo_there, body, kind):
    for address in (
        f"/t/{forms.own.thread_id}/replies",
        f"/p/{forms.own.pk}/edit",
        f"/p/{forms.theirs.pk}/report",
        "/drafts/save",
        "/preview",
    ):
        response = bo_there.generic("POST", address, body, content_type=kind)
        assert response.status_code in (302, 400, 409, 422), address


def test_ids_that_are_none(world, bo_there):
    for number in ("0", "-1", "x", "1.5", str(2**63), "9" * 50, "１"):
        for address in (
            f"/t/{number}/reply",
            f"/b/{number}/new",
            f"/p/{number}/edit",
            f"/p/{number}/likes",
            f"/p/{number}/history",
        ):
            assert bo_there.get(address).status_code == 404, address
        for address in (f"/t/{number}/replies", f"/p/{number}/like", f"/b/{number}/read"):
            assert bo_there.post(address, {"source": "x"}).status_code == 404, address


ONLY_SENT = [
    *(f"/t/{{t}}/{deed}" for deed in ("replies", "watch", "unwatch", "tag", "untag", "read")),
    *(f"/b/{{b}}/{deed}" for deed in ("watch", "unwatch", "read")),
    *(f"/p/{{p}}/{deed}" for deed in ("like", "unlike", "multiquote")),
    *("/read-all", "/preview", "/drafts/save", "/drafts/discard"),
]
ONLY_READ = [
    *(f"/p/{{p}}/{page}" for page in ("likes", "history")),
    *("/t/{t}/reply", "/t/{t}/newer", "/drafts/", "/members/suggest", "/smilies"),
]


def test_the_wrong_way_to_ask_is_answered_with_a_sentence(forms, bo_there):
    ids = {"t": forms.own.thread_id, "b": forms.training.pk, "p": forms.theirs.pk}
    before = Post.objects.count()
    for client in (bo_there, Client()):
        for pattern in ONLY_SENT:
            response = client.get(pattern.format(**ids))
            assert response.status_code == 405, pattern
            assert "what a button sends" in response.content.decode()
            assert response["Allow"] == "POST"
        for pattern in ONLY_READ:
            response = client.post(pattern.format(**ids))
            assert response.status_code == 405, pattern
            assert "This address is a page" in unescape(response.content.decode())
        for method in ("put", "delete", "patch", "options"):
            for pattern in ("/t/{t}/replies", "/p/{p}/edit", "/b/{b}/new"):
                response = getattr(client, method)(pattern.format(**ids))
                assert response.status_code == 405, (method, pattern)
    assert Post.objects.count() == before


def test_titles_come_out_on_one_line(world, bo_there):
    bo_there.post(
        f"/b/{world.training.pk}/new", {"title": "One\r\nSet-Cookie: a=b\t\u202etwo", "source": "S"}
    )

    assert Thread.objects.get().title == clean_line("One Set-Cookie: a=b two")
