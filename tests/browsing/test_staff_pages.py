"""What the staff's loaders cost: the same for two rows and for twenty."""

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
    "overview": lambda viewer, member_id, thread: load_overview(viewer),
    "held": lambda viewer, member_id, thread: load_held(viewer),
    "reports": lambda viewer, member_id, thread: load_reports(viewer),
    "log": lambda viewer, member_id, thread: load_log(viewer, LogFilter()),
    "member": lambda viewer, member_id, thread: load_staff_member(viewer, member_id),
    "thread": lambda viewer, member_id, thread: load_staff_thread(viewer, thread.pk),
    "posts": lambda viewer, member_id, thread: load_post_choice(viewer, thread.pk),
    "threads": lambda viewer, member_id, thread: load_thread_choice(viewer, thread.board_id),
}
COSTS = {
    "overview": 3,
    "held": 4,
    "reports": 2,
    "log": 1,
    "member": 6,
    "thread": 2,
    "posts": 4,
    "threads": 1,
}


def test_queries_do_not_grow_with_the_rows(world, queries):
    def costs():
        ada = world.viewer(world.ada)
        thread = world.thread
        found = {}
        for page, load in LOADERS.items():
            load(ada, world.cy.pk, thread)
            found[page], _ = queries(load, ada, world.cy.pk, thread)
        return found

    fill(world, 2)
    few = costs()
    fill(world, 10)
    many = costs()

    assert few == many == COSTS


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
