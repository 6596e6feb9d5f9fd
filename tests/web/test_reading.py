"""Reading over HTTP: addresses, cookies, and what a page costs."""

from io import BytesIO

from paceline.accounts.models import Member
from paceline.browsing.who import forget_who
from paceline.forum.models import Thread
from paceline.jobs.gathering import write_all
from paceline.jobs.worker import run_all
from paceline.media.attachments import hang_to
from paceline.posting.attach import attach_file
from paceline.posting.drafts import save_draft
from paceline.posting.like import like_post
from paceline.posting.tag import tag_member
from tests import samples


def test_a_thread_has_one_address(client, world):
    thread = world.thread
    here = f"/t/{thread.id}/back-pain-on-long-rides/"

    assert client.get(here).status_code == 200
    for other in (f"/t/{thread.id}/", f"/t/{thread.id}/old-title/", f"{here}1/"):
        assert client.get(other)["Location"] == here


def test_a_post_has_a_permanent_address(client, world):
    reply = world.reply()

    answer = client.get(f"/p/{reply.id}/")

    assert answer["Location"] == f"/t/{reply.thread_id}/back-pain-on-long-rides/#p2"


def test_reading_sets_no_cookie(client, world):
    for address in ("/", f"/b/{world.training.id}/training/", f"/t/{world.thread.id}/", "/new/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        assert not answer.cookies, address


def test_a_page_costs_a_visitor_five_queries_and_a_member_eight(client, world, queries):
    world.posts(19)
    address = client.get(f"/t/{world.thread.id}/")["Location"]
    client.get(address)
    forget_who()
    visitor, _ = queries(client.get, address)
    client.force_login(world.bo)
    client.get("/")
    forget_who()
    member, answer = queries(client.get, address)

    assert answer.content.count(b"<article") == 20
    assert visitor <= 5
    assert member <= 8


def test_views_are_counted_in_batches(client, world):
    address = client.get(f"/t/{world.thread.id}/")["Location"]
    for _ in range(3):
        client.get(address)
    write_all()

    assert Thread.objects.get(id=world.thread.id).view_count == 3


def test_what_is_not_there_gets_a_sentence(client, world):
    for address in (
        "/t/999999/",
        "/t/99999999999999999999999/",
        "/t/0/",
        "/b/12345/",
        "/p/9223372036854775807/",
        f"/t/{world.thread.id}/x/99999999/",
        "/nowhere/",
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 404, address
        assert "<h1>" in answer.content.decode(), address


def test_broken_addresses_are_refused_with_a_sentence(client, world):
    assert client.get("/search/?q=%00").status_code == 400
    assert client.get("/new/?after=" + "x" * 9000).status_code == 414
    assert client.get("/new/?after=nonsense").status_code == 404


def test_a_page_costs_no_more_with_everything_on_it(client, world, queries):
    thread = world.thread
    for n in range(18):
        rider = world.member(
            f"Rider {n}", signature_html="<p>Ride on.</p>", fields={"bikes": "Two"}
        )
        post = world.reply(f"@Bo and @Cy, number {n}", author=rider)
        like_post(world.viewer(world.bo), post.pk)
    tag_member(world.viewer(world.cy), thread.id, "Ada")
    save_draft(world.viewer(world.bo), f"reply:{thread.id}", "I had begun to say")
    posted_with(world, samples.PDF, world.cy)
    run_all()  # Bo is told of all that
    world.bo.refresh_from_db()
    assert world.bo.unread_alert_count

    address = client.get(f"/t/{thread.id}/")["Location"]
    costs = {}
    for name in ("bo", "ada", "root", "mal"):
        client.force_login(getattr(world, name))
        client.get("/")  # rights and titles are read once while they stand
        forget_who()
        costs[name], page = queries(client.get, address)
        assert page.content.count(b"<article") == 20
        write_all()
    assert max(costs.values()) <= 8, costs


def test_attachments_cost_one_query_and_only_where_there_are_any(client, world, queries):
    world.posts(3)
    address = client.get(f"/t/{world.thread.id}/")["Location"]
    client.get(address)
    forget_who()
    before, _ = queries(client.get, address)
    for data in (samples.picture("PNG", (900, 600)), samples.PDF):
        posted_with(world, data)
    forget_who()

    after, answer = queries(client.get, address)

    assert (after - before, after <= 5) == (1, True)
    html = answer.content.decode()
    assert 'width="240" height="160" loading="lazy"' in html
    assert f"PDF document, {len(samples.PDF)} bytes" in html
    client.force_login(world.bo)
    client.get("/")
    forget_who()
    member, _ = queries(client.get, address)
    assert member <= 8


def posted_with(world, data: bytes, author: Member | None = None) -> None:
    """A reply, by Bo unless said otherwise, with a file."""
    writer = author or world.bo
    place = f"reply:{world.thread.pk}"
    row = attach_file(world.viewer(writer), place, "a file", BytesIO(data), len(data))
    post = world.reply(author=writer)
    hang_to(world.viewer(writer), post, [row.id], [], most=10)
