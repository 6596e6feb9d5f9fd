"""What the staff's loaders cost: the same for two rows and for twenty."""

import pytest
from django.template.loader import render_to_string

from paceline.browsing.queues import load_held, load_overview, load_reports
from paceline.browsing.staff_log import LogFilter, load_log
from paceline.browsing.staff_member import load_staff_member
from paceline.browsing.staff_thread import load_post_choice, load_staff_thread, load_thread_choice
from paceline.forum.models import Post, Report, State, Thread
from paceline.moderation.hide import hide_post, restore_post


def fill(world, count):
    """So many of everything: held threads and posts by different members, reports, lines."""
    for n in range(count):
        author = world.member(f"Rider {Post.objects.count()}")
        post = world.reply(f"Reply {n}", author=author)
        Report.objects.create(post=post, reporter=author, reason="Look")
        hide_post(world.viewer(world.ada), post.pk)
        restore_post(world.viewer(world.ada), post.pk)
        waiting = world.start_thread(f"Waiting {n}", author=author)
        Thread.objects.filter(id=waiting.pk).update(state=State.HELD)
        held = world.reply("Held", author=author)
        Post.objects.filter(id=held.pk).update(state=State.HELD)


LOADERS = {
    "overview": (lambda v, w: load_overview(v), 3),
    "held": (lambda v, w: load_held(v), 4),
    "reports": (lambda v, w: load_reports(v), 2),
    "log": (lambda v, w: load_log(v, LogFilter()), 1),
    "member": (lambda v, w: load_staff_member(v, w.cy.pk), 6),
    "thread": (lambda v, w: load_staff_thread(v, w.thread.pk), 2),
    "posts": (lambda v, w: load_post_choice(v, w.thread.pk), 4),
    "threads": (lambda v, w: load_thread_choice(v, w.training.pk), 1),
}


@pytest.mark.parametrize("page", LOADERS)
def test_queries_do_not_grow_with_the_rows(world, queries, page):
    load, cost = LOADERS[page]
    fill(world, 2)
    ada = world.viewer(world.ada)
    world.thread.refresh_from_db()
    load(ada, world)
    few, _ = queries(load, ada, world)
    fill(world, 10)
    ada = world.viewer(world.ada)
    load(ada, world)
    many, _ = queries(load, ada, world)

    # `world.thread` itself is one query.
    extra = page in ("thread", "posts")
    assert (few - extra, many - extra) == (cost, cost)


def test_a_queue_is_drawn_without_asking_the_database(world, client, rf, no_queries):
    fill(world, 3)
    request = rf.get("/mod/held/")
    request.viewer = world.viewer(world.ada)
    queue = load_held(request.viewer)
    assert (len(queue.threads), len(queue.posts)) == (3, 3)
    assert all(row.before for row in queue.posts)
    context = {
        "queue": queue,
        "chosen_threads": set(),
        "chosen_posts": set(),
        "chosen_deed": "approve",
        "reason": "",
        "refusal": None,
    }
    render_to_string("mod/held.html", context, request)  # what is kept in the process is asked for
    with no_queries():
        html = render_to_string("mod/held.html", context, request)
    assert html.count('name="post"') == 3
