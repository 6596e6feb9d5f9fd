"""Every page, feed, letter and answer of a board on which everything is called what attacks are."""

import json

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.core import mail
from django.test import Client

from paceline.forum.models import Post
from paceline.lib.kept import forget_everything
from paceline.markup.render import LANGUAGES
from paceline.notifications.letters import send_letter
from paceline.notifications.models import Alert
from tests.safety.attacks import all_attacks
from tests.safety.eyes import complaints
from tests.safety.filled_board import FilledBoard, places
from tests.safety.pages import feed_complaints, page_complaints

# Of every so many attacks one is tried here: in a browser all are.
ONE_OF = 40


@pytest.fixture
def filled(world):
    """The board and its ids, with a part of the attacks, those of others among them."""
    ids = FilledBoard(all_attacks()[::ONE_OF], reader=world.root).fill()
    forget_everything()
    return ids


def test_no_page_holds_more_than_the_board_puts_into_it(world, filled):
    browser = Client()
    browser.force_login(world.root)
    for address in places(filled):
        answer = browser.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        html = answer.content.decode()
        assert html.count("onerror") >= 2, f"nothing of an attack stands at {address}"
        assert page_complaints(html) == [], address


@pytest.mark.parametrize("which", ["everything", "packed"])
def test_what_visitors_and_programs_are_given(filled, which):
    visitor = Client()
    for address in (
        "/feeds/threads/",
        f"/feeds/b/{filled['board']}/",
        f"/feeds/t/{filled[which]}/",
    ):
        answer = visitor.get(address)
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert feed_complaints(answer.content.decode()) == [], address
    html = visitor.get(f"/t/{filled[which]}/", follow=True).content.decode()
    assert 'type="application/ld+json"' in html
    assert page_complaints(html) == []


def test_answers_in_json_are_json_and_nothing_else(world, filled):
    browser = Client()
    browser.force_login(world.root)
    answer = browser.get("/members/suggest", {"q": "1"})
    assert json.loads(answer.content)["names"]
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_holds_what_a_post_may_hold(world, language):
    browser = Client()
    browser.force_login(world.bo)
    for attack in all_attacks()[:: ONE_OF * 3]:
        sent = {"place": f"thread:{world.training.pk}", "source": attack, "language": language}
        for headers in ({}, {"X-Requested-With": "fetch"}):
            answer = browser.post("/preview", sent, headers=headers)
            assert answer.status_code in (200, 422), (answer.status_code, attack)
            assert page_complaints(answer.content.decode()) == [], attack


def test_a_search_for_it_does_not_find_a_way(world, filled):
    browser = Client()
    for attack in all_attacks()[:: ONE_OF * 2]:
        answer = browser.get("/search/", {"q": f"zebra {attack}"[:200], "by": attack[:40]})
        assert page_complaints(answer.content.decode()) == [], attack


def test_letters_are_plain_text(world, filled):
    from allauth.account.models import EmailAddress

    member: AbstractBaseUser = world.root
    EmailAddress.objects.create(user=member, email="root@example.com", verified=True, primary=True)
    sent = sum(map(send_letter, Alert.objects.select_related("member", "thread", "post")))
    assert sent > 5
    for letter in mail.outbox:
        message = letter.message()
        assert message.get_content_type() == "text/plain"
        assert not letter.alternatives if hasattr(letter, "alternatives") else True
        assert "\n" not in letter.subject
        assert "\r" not in letter.subject


@pytest.mark.slow
def test_what_is_kept_of_a_post_is_what_a_post_may_hold(world):
    """Through the front door: written, edited and rendered by the board itself."""
    browser = Client()
    browser.force_login(world.bo)
    world.set(posts_per_minute=0)
    address = f"/t/{world.thread.pk}/replies"
    for attack in all_attacks()[:: ONE_OF * 2]:
        browser.post(address, {"source": attack, "language": "markdown"})
        browser.post(address, {"source": f"[quote]{attack}[/quote]"})
    posts = Post.objects.all()
    assert posts.count() > 50
    for post in posts:
        assert complaints(post.html) == [], post.source
