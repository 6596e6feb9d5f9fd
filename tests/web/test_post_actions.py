"""Deeds on posts over HTTP: like, quote, report, delete; and the pages that tell of them."""

from html import unescape

import pytest
from django.test import Client

from paceline.forum.models import Like, Post, Report, State, Thread
from paceline.posting.edit import Edit, edit_post

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def bo_there(world, client):
    client.force_login(world.bo)
    return client


def page(response):
    return unescape(response.content.decode())


def test_a_like_leads_back_to_the_post(world, bo_there):
    post = world.reply()

    response = bo_there.post(f"/p/{post.pk}/like")
    assert response["Location"] == f"/t/{world.thread.pk}/back-pain-on-long-rides/#p2"
    assert Like.objects.count() == 1

    bo_there.post(f"/p/{post.pk}/unlike")
    assert not Like.objects.exists()


def test_a_like_by_script_answers_the_count(world, bo_there):
    post = world.reply()

    facts = bo_there.post(f"/p/{post.pk}/like", headers=FETCH).json()
    assert (facts["count"], facts["is_liked"]) == (1, True)
    facts = bo_there.post(f"/p/{post.pk}/unlike", headers=FETCH).json()
    assert (facts["count"], facts["is_liked"]) == (0, False)


def test_who_likes_a_post_can_be_read(world, bo_there):
    post = world.reply()
    assert "Nobody has liked" in page(bo_there.get(f"/p/{post.pk}/likes"))

    bo_there.post(f"/p/{post.pk}/like")

    assert ">Bo</bdi>" in page(Client().get(f"/p/{post.pk}/likes"))


def test_a_quote_leads_to_the_form_or_is_text_for_a_script(world, bo_there):
    post = world.reply("One <two>.")

    response = bo_there.get(f"/p/{post.pk}/quote")
    assert response["Location"] == f"/t/{world.thread.pk}/reply?quote={post.pk}"

    response = bo_there.post(f"/p/{post.pk}/quote")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == f'[quote="Cy;{post.pk}"]One <two>.[/quote]\n\n'


def test_words_that_were_selected_are_quoted_alone(world, bo_there):
    post = world.reply("One [b]and[/b] two.")
    hidden = world.reply("Three.")
    world.hide(hidden)

    response = bo_there.post(f"/p/{post.pk}/quote", {"words": "and two"})
    assert response.content.decode() == f'[quote="Cy;{post.pk}"]and two[/quote]\n\n'
    response = bo_there.post(f"/p/{hidden.pk}/quote", {"words": "Three"}, headers=FETCH)
    assert response.status_code == 404


def test_posts_are_collected_without_script_and_quoted_together(world, bo_there):
    one, two = world.reply("One."), world.reply("Two.")

    response = bo_there.post(f"/p/{one.pk}/multiquote", follow=True)
    assert "1 post collected" in page(response)
    bo_there.post(f"/p/{two.pk}/multiquote")
    form = page(bo_there.get(f"/t/{world.thread.pk}/reply"))
    assert form.index("One.[/quote]") < form.index("Two.[/quote]")

    facts = bo_there.post(f"/p/{one.pk}/multiquote", headers=FETCH).json()
    assert (facts["is_collected"], facts["count"]) == (False, 1)
    assert "One.[/quote]" not in page(bo_there.get(f"/t/{world.thread.pk}/reply"))

    bo_there.post(f"/t/{world.thread.pk}/replies", {"source": "Both, then."})
    assert "Two.[/quote]" not in page(bo_there.get(f"/t/{world.thread.pk}/reply"))


@pytest.mark.parametrize("cookie", ["", "x", "..", "-1", "1.2.3" * 2000, "99999999999999999999"])
def test_an_odd_collection_is_an_empty_one(world, bo_there, cookie):
    bo_there.cookies["quotes"] = cookie

    assert bo_there.get(f"/t/{world.thread.pk}/reply").status_code == 200


def test_a_report_is_thanked_for(world, bo_there):
    post = world.reply("Buy watches!")
    form = page(bo_there.get(f"/p/{post.pk}/report"))
    assert "Buy watches!" in form

    response = bo_there.post(f"/p/{post.pk}/report", {"reason": "Spam"}, follow=True)

    assert "The moderators will look at this post." in page(response)
    assert Report.objects.get().reason == "Spam"


def test_a_refused_report_gives_the_reason_back(world, bo_there):
    post = world.reply()

    response = bo_there.post(f"/p/{post.pk}/report", {"reason": "x" * 1001})
    assert response.status_code == 422
    assert "x" * 1001 in page(response)

    world.set(reports_per_hour=1)
    bo_there.post(f"/p/{post.pk}/report", {"reason": "Spam"})
    response = bo_there.post(f"/p/{world.reply().pk}/report", {"reason": "More spam"})
    assert response.status_code == 429
    assert response["Retry-After"]
    assert "More spam" in page(response)

    response = bo_there.post(f"/p/{post.pk}/report", {"reason": ""}, headers=FETCH)
    assert response.json()["field"] == "reason"


def test_a_visitor_who_reports_keeps_the_reason(world, client):
    post = world.reply()

    response = client.post(f"/p/{post.pk}/report", {"reason": "It is rude to Cy."})

    assert response.status_code == 403
    assert "It is rude to Cy." in page(response)


def test_deleting_asks_first_and_can_be_taken_back(world, bo_there):
    post = world.reply("Oops", author=world.bo)
    assert "Delete this post?" in page(bo_there.get(f"/p/{post.pk}/delete"))

    response = bo_there.post(f"/p/{post.pk}/delete", follow=True)
    assert "You can take that back." in page(response)
    assert Post.objects.get(id=post.pk).state == State.DELETED

    assert "Show this post again?" in page(bo_there.get(f"/p/{post.pk}/undelete"))
    bo_there.post(f"/p/{post.pk}/undelete")
    assert Post.objects.get(id=post.pk).state == State.VISIBLE


def test_a_thread_is_deleted_and_taken_back_by_its_author(world, bo_there):
    opening = Post.objects.get(thread=world.thread)
    assert "Delete this thread?" in page(bo_there.get(f"/p/{opening.pk}/delete"))

    response = bo_there.post(f"/p/{opening.pk}/delete", follow=True)
    assert response.status_code == 200
    assert Thread.objects.get().state == State.DELETED
    assert Client().get(f"/t/{world.thread.pk}/back-pain-on-long-rides/").status_code == 404

    bo_there.post(f"/p/{opening.pk}/undelete")
    assert Client().get(f"/t/{world.thread.pk}/back-pain-on-long-rides/").status_code == 200


def test_the_opening_post_of_others_posts_is_not_deleted(world, bo_there):
    opening = Post.objects.get(thread=world.thread)
    world.reply()

    response = bo_there.post(f"/p/{opening.pk}/delete")

    assert response.status_code == 403
    assert "Others have replied" in page(response)


def test_the_history_is_read_by_whoever_sees_the_post(world, ada, bo_there):
    post = world.reply("Call 555 0100 <b>.", author=world.bo)
    edit_post(ada, post.pk, Edit("Call me <i>.", 0, hides_before=True))

    assert "555" not in bo_there.get(f"/p/{post.pk}/history").content.decode()
    assert "Call me &lt;i&gt;." in bo_there.get(f"/p/{post.pk}/history").content.decode()
    bo_there.force_login(world.ada)
    assert "555" in bo_there.get(f"/p/{post.pk}/history").content.decode()
    world.hide(Post.objects.get(id=post.pk))
    assert Client().get(f"/p/{post.pk}/history").status_code == 404


def test_a_page_of_the_history_that_nobody_has(world, bo_there, bo):
    post = world.reply("One", author=world.bo)
    edit_post(bo, post.pk, Edit("Two", 0))

    for upto in ("x", "-1", "99999999999999999999", "0"):
        assert bo_there.get(f"/p/{post.pk}/history?upto={upto}").status_code == 200
