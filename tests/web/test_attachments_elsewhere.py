"""Attachments wherever a post is shown beside its thread's page."""

from html import unescape

import pytest
from django.test import Client

from paceline.forum.models import Post, Report, State
from paceline.media.attachments import attachments_of_posts
from tests import samples
from tests.posting.attached import hang


@pytest.fixture
def post(world) -> Post:
    made = world.reply("With files.", author=world.bo)
    hang(world, made, samples.PDF, "Ölplan & more.pdf")
    hang(world, made, samples.picture("PNG", (900, 600)), "ride.png")
    return made


def test_paper_archive_and_feed_link_to_them(client, world, post):
    thread = world.thread.pk
    plan, ride = (row.address for row in attachments_of_posts([post.pk])[post.pk])
    for address in (f"/t/{thread}/print", f"/archive/t/{thread}/"):
        html = client.get(address).content.decode()
        assert f'href="{plan}"' in html
        assert f'href="{ride}"' in html
    feed = unescape(client.get(f"/feeds/t/{thread}/").content.decode())
    assert f'<a href="http://testserver{plan}">Ölplan &amp; more.pdf</a>' in feed
    assert f'href="http://testserver{ride}"' in feed


def test_a_moderator_sees_them_before_deciding(world, post):
    browser = Client()
    browser.force_login(world.ada)
    Report.objects.create(post=post, reason="Look at the picture.")
    assert b"/small" in browser.get("/mod/reports/").content

    Post.objects.filter(id=post.pk).update(state=State.HELD)
    waiting = browser.get("/mod/held/").content
    assert b"/small" in waiting
    assert b"PDF document" in waiting
