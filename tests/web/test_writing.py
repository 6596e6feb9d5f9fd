"""Writing over HTTP: what is answered to whom, with and without script."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paceline.administration.codes import CodeValues, add_code
from paceline.conf.site import rights_changed
from paceline.forum.models import Draft, Post, Prefix, Revision, Thread
from paceline.media.attachments import attachments_of_posts, waiting_at
from paceline.permissions.rights import Right
from paceline.posting.drafts import load_draft
from paceline.posting.edit import Edit, edit_post
from tests.samples import picture

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def bo_there(world, client):
    client.force_login(world.bo)
    return client


def text_in(response):
    """What stands in the box to write in."""
    found = re.search(r"<textarea id=\"source\".*?>\n(.*?)</textarea>", page(response), re.DOTALL)
    assert found
    return unescape(found[1])


def page(response):
    return response.content.decode()


def field(response, name):
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page(response))
    assert found, name
    return unescape(found[1])


def test_each_form_says_what_the_board_takes(world, bo_there):
    world.training.allows_images = False
    world.training.save()
    rights_changed()
    places = (
        f"/t/{world.thread.pk}/reply",
        f"/b/{world.training.pk}/new",
        f"/p/{world.thread.posts.get().pk}/edit",
    )
    for place in places:
        shown = page(bo_there.get(place))
        assert "Posting Rules" in shown
        assert "[IMG] code is Off" in shown
        assert "Markdown is On" in shown


def test_the_help_shows_the_codes_of_the_board_s_own(world, bo_there):
    loud = CodeValues("loud", "[b]{text}[/b]", "[loud]Stop![/loud]")
    add_code(world.viewer(world.root), loud)

    shown = page(bo_there.get(f"/t/{world.thread.pk}/reply"))

    assert "Codes of this board" in shown
    assert "<code>[loud]Stop![/loud]</code>" in shown
    assert "<p><b>Stop!</b></p>" in shown


# Replying


def test_a_reply_is_posted_and_leads_to_itself(world, bo_there):
    response = bo_there.post(f"/t/{world.thread.pk}/replies", {"source": "Me too."})

    assert response.status_code == 302
    assert response["Location"] == f"/t/{world.thread.pk}/back-pain-on-long-rides/#p2"
    assert "Me too." in page(bo_there.get(response["Location"]))


def test_a_reply_on_the_second_page_leads_there(world, bo_there):
    world.posts(20)

    response = bo_there.post(f"/t/{world.thread.pk}/replies", {"source": "Me too."})

    assert response["Location"] == f"/t/{world.thread.pk}/back-pain-on-long-rides/2/#p22"


def test_a_script_is_answered_with_json(world, bo_there):
    response = bo_there.post(f"/t/{world.thread.pk}/replies", {"source": "Me too."}, headers=FETCH)

    assert response.status_code == 201
    post = Post.objects.get(number=2)
    assert response.json() == {
        "url": f"/t/{world.thread.pk}/back-pain-on-long-rides/#p2",
        "message": "",
        "post": post.pk,
        "number": 2,
        "is_held": False,
    }


def refusals(world):
    """A thread to reply to, a text, the status and what the answer says."""
    locked = world.start_thread("Rules", is_locked=True)
    yield locked, "But why?", 403, "This thread is locked"
    yield world.thread, "", 422, "Write something first."
    yield world.thread, "<b>" * 20_000, 422, "60,000 characters; a post has at most 30,000"
    world.set(posts_per_minute=2)
    yield world.thread, "And another thing", 429, "2 posts in a minute"


def test_a_refused_reply_gives_the_text_back(world, bo_there):
    for thread, source, status, sentence in refusals(world):
        count = Post.objects.count()
        response = bo_there.post(f"/t/{thread.pk}/replies", {"source": source})

        assert response.status_code == status
        assert sentence in unescape(page(response))
        assert text_in(response) == source
        assert Post.objects.count() == count
        draft = load_draft(world.viewer(world.bo), f"reply:{thread.pk}")
        assert (draft.source if draft else "") == source
    assert response["Retry-After"] == "20"


def test_a_refusal_is_told_to_a_script_as_json(world, bo_there):
    for thread, source, status, sentence in refusals(world):
        response = bo_there.post(f"/t/{thread.pk}/replies", {"source": source}, headers=FETCH)

        assert response.status_code == status
        assert sentence in response.json()["refusal"]


def test_a_thread_that_is_gone_meanwhile_gives_the_text_back(world, bo_there):
    secret = world.start_thread("Plans", board=world.hidden_board(), author=world.root)

    for thread_id in (secret.pk, 2**62):
        response = bo_there.post(f"/t/{thread_id}/replies", {"source": "Are you there?"})
        assert response.status_code == 404
        assert "Are you there?" in page(response)
    assert load_draft(world.viewer(world.bo), f"reply:{secret.pk}")


def test_a_visitor_is_asked_to_sign_in_and_keeps_the_text(world, client):
    sent = {"source": "I <had> typed\n\nall this.", "place": f"reply:{world.thread.pk}"}

    for thread_id in (world.thread.pk, 2**62):
        response = client.post(f"/t/{thread_id}/replies", sent)
        assert response.status_code == 403
        assert "Sign in first" in page(response)
        assert "I &lt;had&gt; typed\n\nall this." in page(response)
        assert f"/account/login/?next=/t/{world.thread.pk}/reply" in page(response)
    assert Post.objects.count() == 1


def test_a_visitor_s_script_is_told_where_to_sign_in(world, client):
    response = client.post(f"/t/{world.thread.pk}/replies", {"source": "Hm"}, headers=FETCH)

    assert response.status_code == 403
    assert response.json()["sign_in"] == "/account/login/"


def test_the_same_form_sent_twice_posts_once(world, bo_there):
    form = bo_there.get(f"/t/{world.thread.pk}/reply")
    sent = {"source": "Once.", "once_key": field(form, "once_key")}

    first = bo_there.post(f"/t/{world.thread.pk}/replies", sent)
    second = bo_there.post(f"/t/{world.thread.pk}/replies", sent)

    assert first["Location"] == second["Location"]
    assert Post.objects.count() == 2


def test_the_quick_reply_of_the_page_posts_once_too(world, bo_there):
    shown = bo_there.get(f"/t/{world.thread.pk}/back-pain-on-long-rides/")

    assert re.fullmatch("[0-9a-f]{32}", field(shown, "once_key"))
    assert field(shown, "place") == f"reply:{world.thread.pk}"


def test_a_preview_shows_what_it_will_look_like_and_posts_nothing(world, bo_there):
    sent = {"source": "[b]Bold[/b] & more", "action": "preview", "once_key": "abc"}

    response = bo_there.post(f"/t/{world.thread.pk}/replies", sent)

    assert response.status_code == 200
    assert "<b>Bold</b> &amp; more" in page(response)
    assert text_in(response) == "[b]Bold[/b] & more"
    assert field(response, "once_key") == "abc"
    assert Post.objects.count() == 1


def test_a_preview_of_nothing_says_so(world, bo_there):
    response = bo_there.post(f"/t/{world.thread.pk}/replies", {"action": "preview"})

    assert response.status_code == 422
    assert "Write something first." in page(response)


def test_the_form_is_not_shown_for_nothing(world, bo_there, client):
    locked = world.start_thread("Rules", is_locked=True)

    assert bo_there.get(f"/t/{locked.pk}/reply").status_code == 403
    assert bo_there.get(f"/t/{2**62}/reply").status_code == 404
    response = Client().get(f"/t/{world.thread.pk}/reply")
    assert response.status_code == 403
    assert f"/account/login/?next=/t/{world.thread.pk}/reply" in page(response)


def test_posts_come_into_the_form_as_quotes(world, bo_there):
    one, two = world.reply("One."), world.reply("Two.", author=world.ada)

    response = bo_there.get(f"/t/{world.thread.pk}/reply?quote={two.pk}&quote={one.pk}&quote=x")

    assert text_in(response) == (
        f'[quote="Ada;{two.pk}"]Two.[/quote]\n\n[quote="Cy;{one.pk}"]One.[/quote]\n\n'
    )


def test_a_draft_comes_back_with_a_way_to_throw_it_away(world, bo_there):
    place = f"reply:{world.thread.pk}"
    bo_there.post("/drafts/save", {"place": place, "source": "\nHalf a thought"})

    for address in (
        f"/t/{world.thread.pk}/reply",
        f"/t/{world.thread.pk}/back-pain-on-long-rides/",
    ):
        response = bo_there.get(address)
        assert "Restored from your draft" in page(response)
        assert text_in(response) == "\nHalf a thought"

    response = bo_there.post("/drafts/discard", {"place": place, "next": address})
    assert response["Location"] == address
    assert "Restored" not in page(bo_there.get(address))


def test_quotes_are_added_to_a_draft_once(world, bo_there):
    post = world.reply("One.")
    quoted = f'[quote="Cy;{post.pk}"]One.[/quote]'
    place = f"reply:{world.thread.pk}"
    bo_there.post("/drafts/save", {"place": place, "source": "Half a thought"})

    response = bo_there.get(f"/t/{world.thread.pk}/reply?quote={post.pk}")
    assert text_in(response) == f"Half a thought\n\n{quoted}\n\n"

    bo_there.post("/drafts/save", {"place": place, "source": text_in(response)})
    response = bo_there.get(f"/t/{world.thread.pk}/reply?quote={post.pk}")
    assert text_in(response).count("[quote=") == 1


def test_new_posts_are_told_of_beside_the_form(world, bo_there):
    form = bo_there.get(f"/t/{world.thread.pk}/reply")
    world.posts(2)

    sent = {"source": "Slow me", "seen": field(form, "seen"), "action": "preview"}
    response = bo_there.post(f"/t/{world.thread.pk}/replies", sent)

    assert "2 new posts since you began to write" in page(response)
    assert "#p2" in page(response)


def test_who_was_not_told_of_new_posts_is_told_once_and_loses_nothing(world, bo_there):
    address = f"/t/{world.thread.pk}/replies"
    form = bo_there.get(f"/t/{world.thread.pk}/reply")
    world.posts(2)
    sent = {"source": "Slow me", "seen": field(form, "seen"), "once_key": "k"}

    response = bo_there.post(address, sent)

    assert response.status_code == 409
    assert "2 new posts since you began to write" in page(response)
    assert text_in(response) == "Slow me"
    assert not Post.objects.filter(source="Slow me").exists()
    world.posts(1)
    again = {**sent, "seen": field(response, "seen"), "told": field(response, "told")}
    assert bo_there.post(address, again).status_code == 302
    assert Post.objects.filter(source="Slow me").count() == 1


def test_one_s_own_posts_and_a_script_s_are_not_kept_back(world, bo_there):
    address = f"/t/{world.thread.pk}/replies"
    sent = {"source": "First", "seen": "1", "once_key": "k"}
    assert bo_there.post(address, sent).status_code == 302
    assert bo_there.post(address, {**sent, "source": "Second"}).status_code == 302
    world.posts(1)

    response = bo_there.post(address, {**sent, "source": "Third"}, headers=FETCH)

    assert response.status_code == 201


def test_a_script_asks_what_came_meanwhile(world, bo_there):
    address = f"/t/{world.thread.pk}/newer"
    assert bo_there.get(f"{address}?seen=1").json() == {"new_posts": 0, "new_address": ""}
    world.posts(30)
    world.hide(Post.objects.get(thread=world.thread, number=2))

    facts = bo_there.get(f"{address}?seen=20").json()

    assert facts["new_posts"] == 11
    assert facts["new_address"].endswith("/2/#p21")
    assert bo_there.get(f"{address}?seen=1").json()["new_posts"] == 29
    assert bo_there.get(f"{address}?seen=xyz").status_code == 200
    assert Client().get(address).status_code == 403


def test_what_came_in_a_hidden_thread_is_not_told(world, bo_there):
    secret = world.start_thread("Plans", board=world.hidden_board(), author=world.root)

    assert bo_there.get(f"/t/{secret.pk}/newer?seen=0").status_code == 404
    sent = {"place": f"reply:{secret.pk}", "source": "Half", "seen": "1"}
    facts = bo_there.post("/drafts/save", sent, headers=FETCH).json()
    assert (facts["new_posts"], facts["new_address"]) == (0, "")


def test_the_form_at_the_end_of_any_page_counts_from_the_last_post(world, bo_there):
    thread = world.thread
    world.posts(30)

    form = bo_there.get(f"/t/{thread.pk}/{thread.slug}/")

    assert field(form, "seen") == "31"


def test_smilies_come_each_once(bo_there):
    rows = bo_there.get("/smilies").json()["smilies"]

    assert {"code": ":)", "name": "smile", "emoji": "🙂", "picture": ""} in rows
    assert len({(row["emoji"], row["picture"]) for row in rows}) == len(rows)
    assert rows[0]["code"] == ":)"


def test_emoji_are_found_by_what_is_in_their_names(bo_there):
    found = bo_there.get("/smilies?q=bik").json()["smilies"]

    assert found[0]["code"].startswith(":bik")
    assert "🚲" in {row["emoji"] for row in found}
    assert len(bo_there.get("/smilies?q=a").json()["smilies"]) == 60
    assert bo_there.get("/smilies?q=xyzzy").json() == {"smilies": []}


def test_a_held_reply_says_that_it_waits(world, bo_there):
    thread = world.thread
    world.rights("members", world.training, deny=Right.UNHELD)

    response = bo_there.post(f"/t/{thread.pk}/replies", {"source": "Hello"}, follow=True)

    assert "waits for a moderator" in unescape(page(response))


# Starting


def test_a_thread_is_started_with_a_prefix(world, bo_there):
    solved = Prefix.objects.create(board=world.training, label="Solved")
    form = bo_there.get(f"/b/{world.training.pk}/new")
    assert "Solved" in page(form)

    sent = {"title": "Saddles", "source": "They hurt.", "prefix": solved.pk}
    response = bo_there.post(f"/b/{world.training.pk}/new", sent)

    thread = Thread.objects.get()
    assert response["Location"] == f"/t/{thread.pk}/saddles/#p1"
    assert thread.prefix == solved


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": "", "source": "Text."}, "A thread needs a title"),
        ({"title": "T" * 200, "source": "Text."}, "at most 120 characters"),
        ({"title": "Title", "source": ""}, "Write something first."),
        ({"title": "Title", "source": "Text.", "prefix": "77"}, "one of this board's prefixes"),
        ({"title": "Title", "source": "Text.", "prefix": "x"}, "not a number"),
        ({}, "A thread needs a title"),
    ],
)
def test_a_refused_thread_gives_everything_back(world, bo_there, sent, sentence):
    response = bo_there.post(f"/b/{world.training.pk}/new", sent)

    assert response.status_code == 422
    assert sentence in unescape(page(response))
    assert text_in(response) == sent.get("source", "")
    assert field(response, "title") == sent.get("title", "") if sent else True
    assert not Thread.objects.exists()
    assert bool(sent.get("title") or sent.get("source")) == Draft.objects.exists()


def test_who_may_start_threads_where(world, bo_there):
    closed = world.board("News")
    world.rights("members", closed, deny=Right.START)
    secret = world.hidden_board()

    for board, status in ((closed, 403), (secret, 404)):
        assert bo_there.get(f"/b/{board.pk}/new").status_code == status
        response = bo_there.post(f"/b/{board.pk}/new", {"title": "Hello", "source": "All my text"})
        assert response.status_code == status
        assert "All my text" in page(response)
    assert Client().get(f"/b/{closed.pk}/new").status_code == 403
    assert Client().post(f"/b/{secret.pk}/new", {"source": "Mine"}).status_code == 403


def test_a_preview_of_a_thread_keeps_title_and_prefix(world, bo_there):
    solved = Prefix.objects.create(board=world.training, label="Solved")
    sent = {"title": "Saddles", "source": "[i]Ow[/i]", "prefix": solved.pk, "action": "preview"}

    response = bo_there.post(f"/b/{world.training.pk}/new", sent)

    assert "<i>Ow</i>" in page(response)
    assert field(response, "title") == "Saddles"
    assert f'<option value="{solved.pk}" selected>' in page(response)
    assert not Thread.objects.exists()


# Editing


def test_an_edit_leads_back_to_the_post(world, bo_there):
    post = world.reply("Teh", author=world.bo)
    form = bo_there.get(f"/p/{post.pk}/edit")
    assert text_in(form) == "Teh"

    sent = {"source": "The", "reason": "spelling", "revision": field(form, "revision")}
    response = bo_there.post(f"/p/{post.pk}/edit", sent)

    assert response["Location"] == f"/t/{world.thread.pk}/back-pain-on-long-rides/#p2"
    assert "Last edited by <bdi>Bo</bdi>" in page(bo_there.get(response["Location"]))
    assert "<del>Teh</del><ins>The</ins>" in page(bo_there.get(f"/p/{post.pk}/history"))


def test_two_who_edit_at_once_both_keep_their_text(world, bo_there, ada):
    post = world.reply("One", author=world.bo)
    form = bo_there.get(f"/p/{post.pk}/edit")
    edit_post(ada, post.pk, Edit("Two, by Ada", 0))

    sent = {"source": "Two, by Bo", "revision": field(form, "revision")}
    response = bo_there.post(f"/p/{post.pk}/edit", sent)

    assert response.status_code == 409
    assert text_in(response) == "Two, by Bo"
    assert "Two, by Ada" in page(response)
    assert Post.objects.get(id=post.pk).source == "Two, by Ada"

    sent["revision"] = field(response, "revision")
    assert bo_there.post(f"/p/{post.pk}/edit", sent).status_code == 302
    assert Post.objects.get(id=post.pk).source == "Two, by Bo"
    assert Revision.objects.count() == 3


def test_a_script_is_told_of_the_other_edit(world, bo_there, ada):
    post = world.reply("One", author=world.bo)
    edit_post(ada, post.pk, Edit("Two, by Ada", 0))

    response = bo_there.post(f"/p/{post.pk}/edit", {"source": "Mine", "revision": 0}, headers=FETCH)

    assert response.status_code == 409
    assert "Ada edited this post" in response.json()["refusal"]


def test_a_refused_edit_gives_the_text_back(world, bo_there):
    post = world.reply("Mine", author=world.bo)
    theirs = world.reply("Theirs")

    response = bo_there.post(f"/p/{post.pk}/edit", {"source": "x" * 30_001, "reason": "more"})
    assert response.status_code == 422
    assert text_in(response) == "x" * 30_001
    assert field(response, "reason") == "more"

    for post_id, status in ((theirs.pk, 403), (2**62, 404)):
        assert bo_there.get(f"/p/{post_id}/edit").status_code == status
        response = bo_there.post(f"/p/{post_id}/edit", {"source": "All my text"})
        assert response.status_code == status
        assert "All my text" in page(response)
    assert Client().post(f"/p/{post.pk}/edit", {"source": "All my text"}).status_code == 403


def test_the_opening_post_shows_the_title_and_moderators_see_their_switch(world, bo_there, client):
    opening = Post.objects.get(thread=world.thread)
    form = bo_there.get(f"/p/{opening.pk}/edit")
    assert field(form, "title") == "Back pain on long rides"
    assert "hides_before" not in page(form)

    client.force_login(world.ada)
    assert "hides_before" in page(client.get(f"/p/{opening.pk}/edit"))


def test_a_stale_draft_of_an_edit_says_so(world, bo_there):
    post = world.reply("One", author=world.bo)
    bo_there.post("/drafts/save", {"place": f"edit:{post.pk}", "source": "One and a half"})
    edit_post(world.viewer(world.ada), post.pk, Edit("Two", 0))

    form = bo_there.get(f"/p/{post.pk}/edit")

    assert text_in(form) == "One and a half"
    assert "was edited after your draft was saved" in page(form)


# Preview and drafts


def test_a_preview_for_a_script_is_a_fragment(world, bo_there):
    sent = {"place": f"reply:{world.thread.pk}", "source": "[b]Bold[/b]"}

    response = bo_there.post("/preview", sent, headers=FETCH)

    assert "<b>Bold</b>" in page(response)
    assert "<html" not in page(response)
    assert "<html" in page(bo_there.post("/preview", sent))


@pytest.mark.parametrize("place", ["", "reply:0", "else:1", "reply:99999999999999999999"])
def test_a_preview_is_for_a_place(world, bo_there, place):
    assert bo_there.post("/preview", {"place": place, "source": "Hm"}).status_code == 422


def test_a_preview_tells_nothing_of_what_is_hidden(world, bo_there, client):
    secret = world.start_thread("Plans", board=world.hidden_board(), author=world.root)

    for place in (f"reply:{secret.pk}", f"thread:{secret.board_id}", f"edit:{secret.last_post_id}"):
        sent = {"place": place, "source": "Hm"}
        assert bo_there.post("/preview", sent).status_code == 404
        assert Client().post("/preview", sent).status_code == 403


def test_a_saved_draft_says_when_and_what_came_meanwhile(world, bo_there):
    world.posts(2)
    sent = {"place": f"reply:{world.thread.pk}", "source": "Half", "seen": "1"}

    response = bo_there.post("/drafts/save", sent, headers=FETCH)

    facts = response.json()
    assert facts["new_posts"] == 2
    assert facts["saved_at"].endswith("+00:00")


def test_a_draft_saved_by_its_button_leads_back_to_the_form(world, bo_there):
    form = f"/t/{world.thread.pk}/reply"
    sent = {"place": f"reply:{world.thread.pk}", "source": "Half", "next": form}

    response = bo_there.post("/drafts/save", sent, follow=True)

    assert response.redirect_chain == [(form, 302)]
    assert "The draft is saved." in page(response)
    assert text_in(response) == "Half"


def test_drafts_are_listed_and_thrown_away(world, bo_there, client):
    bo_there.post("/drafts/save", {"place": f"reply:{world.thread.pk}", "source": "Half <a>"})

    response = bo_there.get("/drafts/")
    assert "Half &lt;a&gt;" in page(response)
    assert f'href="/t/{world.thread.pk}/reply"' in page(response)

    bo_there.post("/drafts/discard", {"place": f"reply:{world.thread.pk}"})
    assert "You have no drafts." in page(bo_there.get("/drafts/"))
    assert Client().get("/drafts/").status_code == 403


# Forms that are no longer valid


@pytest.fixture
def careful(world):
    """A client whose forms are checked for where they come from."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.bo)
    return client


def test_a_script_is_given_another_token_for_a_stale_form_of_ours(world, careful):
    sent = {"source": "All my text", "once_key": "k", "csrfmiddlewaretoken": "x" * 64}
    form = f"/t/{world.thread.pk}/replies"
    ours: Any = {"Origin": "http://testserver", **FETCH}

    response = careful.post(form, sent, headers=ours)
    assert response.status_code == 403
    again = careful.post(
        form, {**sent, "csrfmiddlewaretoken": response.json()["token"]}, headers=ours
    )
    assert again.status_code == 201

    elsewhere: Any = {"Origin": "https://example.com", **FETCH}
    assert "token" not in careful.post(form, sent, headers=elsewhere).json()


def test_a_stale_form_is_sent_again_from_the_answer(world, careful):
    sent = {"source": "All my text", "once_key": "k", "csrfmiddlewaretoken": "x" * 64}
    form = f"/t/{world.thread.pk}/replies"
    ours: Any = {"Origin": "http://testserver"}

    response = careful.post(form, sent, headers=ours)

    assert response.status_code == 403
    assert "All my text" in page(response)
    assert Post.objects.count() == 1
    sent["csrfmiddlewaretoken"] = field(response, "csrfmiddlewaretoken")
    assert field(response, "once_key") == "k"
    assert careful.post(form, sent, headers=ours).status_code == 302
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example"]
)
def test_a_form_of_another_site_is_shown_but_cannot_be_sent_on(world, careful, origin):
    response = careful.post(
        f"/t/{world.thread.pk}/replies", {"source": "Buy!"}, headers={"Origin": origin}
    )

    assert response.status_code == 403
    assert "Send it again" not in page(response)
    assert Post.objects.count() == 1


def test_a_password_is_never_put_into_an_answer(world, careful):
    sent = {"login": "Bo", "password": "hunter2hunter2", "title": "typed"}

    response = careful.post("/account/login/", sent, headers={"Origin": "http://testserver"})

    assert "hunter2" not in page(response)


# Languages


def test_the_language_chosen_in_the_form_is_the_post_s(world, bo_there):
    address = f"/t/{world.thread.pk}/replies"
    bo_there.post(address, {"source": "**Bold**", "language": "markdown"})

    post = Post.objects.get(source="**Bold**")
    assert (post.language, "<strong>Bold</strong>" in post.html) == ("markdown", True)
    form = page(bo_there.get(f"/p/{post.pk}/edit"))
    assert "Markdown</span>" in form
    assert '<select name="language"' not in form
    sent = {"source": "**Bolder**", "revision": "0", "language": "bbcode"}
    bo_there.post(f"/p/{post.pk}/edit", sent)
    post.refresh_from_db()
    assert "<strong>Bolder</strong>" in post.html


def test_a_language_that_is_none_gives_the_text_back(world, bo_there):
    sent = {"source": "All my text", "language": "html"}

    response = bo_there.post(f"/t/{world.thread.pk}/replies", sent)

    assert response.status_code == 422
    assert "ways of writing" in page(response)
    assert text_in(response) == "All my text"


def test_a_preview_and_a_draft_keep_the_language(world, bo_there):
    form = f"/t/{world.thread.pk}/reply"
    place = f"reply:{world.thread.pk}"
    sent = {"place": place, "source": "**Bold**", "language": "markdown"}
    assert "<strong>Bold</strong>" in page(bo_there.post("/preview", sent, headers=FETCH))

    response = bo_there.post(f"/t/{world.thread.pk}/replies", {**sent, "action": "preview"})
    assert "<strong>Bold</strong>" in page(response)
    assert '<option value="markdown" selected>' in page(response)
    assert '<option value="markdown" selected>' in page(bo_there.get(form))


# Files


def a_file(name="ride.png", **more):
    return SimpleUploadedFile(name, picture(**more), content_type="image/png")


def test_files_go_with_the_form_where_there_is_no_script(world, bo_there):
    address = f"/t/{world.thread.pk}/replies"
    sent = {"source": "See below", "file": [a_file(), a_file("two.png", colour="red")]}

    response = bo_there.post(address, {**sent, "do": "attach"})

    assert response.status_code == 200
    assert text_in(response) == "See below"
    ids = re.findall(r'name="attachment" value="(\d+)"', page(response))
    assert len(ids) == 2
    assert not Post.objects.filter(source="See below").exists()
    more = {"source": "See below", "attachment": ids, "file": a_file("three.png", colour="blue")}
    bo_there.post(address, more)
    post = Post.objects.get(source="See below")
    assert [row.name for row in attachments_of_posts([post.pk])[post.pk]] == [
        *("ride.png", "two.png", "three.png"),
    ]


def test_a_file_is_taken_off_by_its_button_and_the_text_stays(world, bo_there):
    address = f"/b/{world.training.pk}/new"
    response = bo_there.post(address, {"title": "Saddles", "file": a_file(), "do": "attach"})
    number = field(response, "attachment")

    response = bo_there.post(
        address, {"title": "Saddles", "source": "They", "do": f"detach:{number}"}
    )

    assert 'name="attachment"' not in page(response)
    assert (field(response, "title"), text_in(response)) == ("Saddles", "They")
    assert waiting_at(world.viewer(world.bo), f"thread:{world.training.pk}") == ()


def test_a_file_that_is_not_taken_keeps_the_text_back(world, bo_there):
    file = SimpleUploadedFile("run.exe", b"MZ\x90\x00" * 50)

    sent = {"source": "See below", "file": file}
    response = bo_there.post(f"/t/{world.thread.pk}/replies", sent)

    assert response.status_code == 422
    assert text_in(response) == "See below"
    assert not Post.objects.filter(source="See below").exists()


def test_an_edit_lists_what_hangs_to_the_post_and_takes_more(world, bo_there):
    sent = {"source": "See", "file": a_file()}
    bo_there.post(f"/t/{world.thread.pk}/replies", sent)
    post = Post.objects.get(source="See")
    form = bo_there.get(f"/p/{post.pk}/edit")
    assert 'data-posted="yes"' in page(form)
    # Whoever may edit the post and attach nothing can still save it.
    assert 'name="attachment"' not in page(form)

    more = {"source": "See both", "revision": "0", "file": a_file("two.png", colour="red")}
    assert bo_there.post(f"/p/{post.pk}/edit", more).status_code == 302

    assert len(attachments_of_posts([post.pk])[post.pk]) == 2


def test_no_field_for_files_where_none_may_be_attached(world, bo_there):
    thread = world.thread
    assert 'type="file"' in page(bo_there.get(f"/t/{thread.pk}/reply"))
    world.rights("members", world.training, deny=Right.ATTACH)
    assert 'type="file"' not in page(bo_there.get(f"/t/{thread.pk}/reply"))
    sent = {"source": "See", "file": a_file()}
    assert bo_there.post(f"/t/{thread.pk}/replies", sent).status_code == 403


def test_a_draft_that_is_thrown_away_takes_its_files_along(world, bo_there):
    place = f"reply:{world.thread.pk}"
    bo_there.post(f"/t/{world.thread.pk}/replies", {"file": a_file(), "do": "attach"})
    assert waiting_at(world.viewer(world.bo), place)

    bo_there.post("/drafts/discard", {"place": place})

    assert waiting_at(world.viewer(world.bo), place) == ()
