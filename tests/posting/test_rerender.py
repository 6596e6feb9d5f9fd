"""What is stored follows the renderer and the switches, and nothing else of a post changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from paceline.administration.boards import BoardValues, change_board
from paceline.forum.models import (
    InsideLink,
    Mention,
    Notice,
    Post,
    Quote,
    Rerendering,
    Revision,
    SitePage,
)
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.jobs.queue import put_at_start
from paceline.jobs.worker import run_all
from paceline.markup.render import RENDERER_VERSION
from paceline.notifications.models import Alert
from paceline.posting import rerender
from paceline.posting.edit import Edit, edit_post
from paceline.posting.rerender import begin_after_upgrade, begin_run, do_step, is_unfinished
from paceline.search.find import Scope, finds_any
from paceline.search.query import read_query
from tests.conftest import World

OLD = {"html": "<p>as long ago</p>", "renderer": 1}


def rows(*columns: str) -> list[tuple]:
    return list(Post.objects.order_by("id").values_list("id", *columns))


def everything_but_html() -> list[dict]:
    kept = [f.attname for f in Post._meta.concrete_fields if f.attname not in ("html", "renderer")]
    return list(Post.objects.order_by("id").values(*kept))


@pytest.fixture
def old_posts(world: World) -> World:
    """Some posts that an older renderer has made, one of them edited."""
    world.posts(3)
    world.reply("@Bo [b]bold[/b] :)")
    edited = world.reply("first")
    edit_post(
        world.viewer(world.cy), edited.pk, Edit(source="second", reason="Why not.", seen_revision=0)
    )
    run_all()
    Post.objects.update(**OLD)
    return world


def test_after_an_upgrade_all_is_brought_to_the_new_renderer(old_posts):
    before = everything_but_html()
    Alert.objects.all().delete()

    begin_after_upgrade()
    run_all()

    assert {renderer for _, renderer in rows("renderer")} == {RENDERER_VERSION}
    assert "<b>bold</b>" in Post.objects.get(source__contains="bold").html
    assert everything_but_html() == before
    assert Revision.objects.count() == 2
    assert Mention.objects.count() == 1
    assert not Quote.objects.exists()
    assert not Alert.objects.exists()
    assert find_drift() == []
    run = Rerendering.objects.get()
    assert run.finished_at
    assert run.changed_count == Post.objects.count()
    assert run.seen_count == run.changed_count + SitePage.objects.count()


def test_it_is_done_once_for_each_renderer(old_posts):
    assert begin_after_upgrade()
    assert begin_after_upgrade() is None
    run_all()
    assert begin_after_upgrade() is None
    assert not Job.objects.filter(name="rerender").exists()


def test_what_is_new_already_is_not_written_again(old_posts):
    Post.objects.filter(source="second").update(html="as it is", renderer=RENDERER_VERSION)

    begin_after_upgrade()
    run_all()

    assert Post.objects.get(source="second").html == "as it is"


def test_signatures_notices_and_pages_are_brought_along(old_posts):
    world = old_posts
    page = SitePage.objects.create(slug="x", title="X", source="[b]x[/b]", html="old")
    notice = Notice.objects.create(title="N", source="[i]n[/i]", html="old")
    world.bo.signature_source, world.bo.signature_html = "[b]Bo[/b]", "old"
    world.bo.save()
    changed_at, version = page.changed_at, world.viewer(None).site.notices_version

    begin_after_upgrade()
    run_all()

    for row in (page, notice, world.bo):
        row.refresh_from_db()
    assert (page.html, page.changed_at) == ("<p><b>x</b></p>", changed_at)
    assert notice.html == "<p><i>n</i></p>"
    assert world.bo.signature_html == "<p><b>Bo</b></p>"
    assert world.viewer(None).site.notices_version > version


@pytest.mark.parametrize("killed_after", range(6))
def test_a_run_that_was_broken_off_goes_on_where_it_was(old_posts, monkeypatch, killed_after):
    monkeypatch.setattr(rerender, "AT_ONCE", 2)
    begin_after_upgrade()
    for _ in range(killed_after):
        do_step("first")
    done = set(Post.objects.filter(renderer=RENDERER_VERSION).values_list("id", flat=True))
    Post.objects.filter(id__in=done).update(html="not again")
    Rerendering.objects.update(held_until=timezone.now() - timedelta(seconds=1))

    while do_step("second"):
        continue

    assert {renderer for _, renderer in rows("renderer")} == {RENDERER_VERSION}
    assert set(Post.objects.filter(html="not again").values_list("id", flat=True)) == done
    assert not is_unfinished()


def test_one_that_is_held_is_left_to_its_holder(old_posts):
    begin_after_upgrade()
    assert do_step("first")

    assert not do_step("second")
    assert do_step("first")


def test_a_post_that_is_edited_meanwhile_keeps_its_edit(old_posts, monkeypatch):
    world = old_posts
    begin_after_upgrade()
    post = Post.objects.get(source="second")
    seen: list[bool] = []

    def edit_in_between(*arguments):
        if not seen:
            seen.append(True)
            edit_post(
                world.viewer(world.cy),
                post.pk,
                Edit(source="[b]third[/b]", reason="So.", seen_revision=1),
            )
        return real(*arguments)

    real = rerender._render_all
    monkeypatch.setattr(rerender, "_render_all", edit_in_between)
    while do_step("x"):
        continue

    post.refresh_from_db()
    assert (post.source, post.html) == ("[b]third[/b]", "<p><b>third</b></p>")
    assert {renderer for _, renderer in rows("renderer")} == {RENDERER_VERSION}


def test_a_board_with_other_switches_shows_its_posts_so(old_posts, root):
    world = old_posts
    other = world.start_thread("Elsewhere", "[b]here[/b]", board=world.board("Other"))
    begin_after_upgrade()
    run_all()

    change_board(root, world.training.pk, BoardValues("Training", allows_bbcode=False))
    assert "<b>" in Post.objects.get(source__contains="bold").html
    run_all()

    assert "[b]bold[/b]" in Post.objects.get(source__contains="bold").html
    assert "<b>here</b>" in other.posts.get().html
    run = Rerendering.objects.get(board=world.training)
    assert (run.seen_count, run.changed_count) == (6, 1)


def test_a_board_that_only_got_another_name_is_left_alone(world, root):
    world.posts(1)
    run_all()

    change_board(root, world.training.pk, BoardValues("Coaching"))

    assert not Rerendering.objects.exists()


def test_a_change_in_the_midst_of_a_step_takes_the_step_back(old_posts, root, monkeypatch):
    world = old_posts
    begin_run(board_id=world.training.pk)
    real = rerender._render_all

    def change_in_between(*arguments):
        made = real(*arguments)
        if Rerendering.objects.filter(id=run_id).exists():
            values = BoardValues("Training", allows_smilies=False, allows_bbcode=False)
            change_board(root, world.training.pk, values)
        return made

    run_id = Rerendering.objects.get().pk
    monkeypatch.setattr(rerender, "_render_all", change_in_between)
    while do_step("x"):
        continue

    assert Post.objects.get(source__contains="bold").html.endswith("[b]bold[/b] :)</p>")


def test_what_is_found_by_its_words_follows(old_posts, bo):
    Post.objects.filter(source="second").update(source="[b]sec[/b]ond")
    begin_after_upgrade()
    run_all()

    assert finds_any(bo, read_query("second"), Scope())


def test_what_an_old_post_links_to_here_is_known_from_then_on(world, settings):
    settings.ALLOWED_HOSTS = ["board.example"]
    linked = world.start_thread("Saddle heights")
    post = world.reply(f"See https://board.example/t/{linked.pk}/.")
    InsideLink.objects.all().delete()
    Post.objects.filter(id=post.pk).update(**OLD)

    begin_after_upgrade()
    run_all()

    post.refresh_from_db()
    assert "Saddle heights" in post.html
    assert InsideLink.objects.filter(post=post, target_id=linked.pk).exists()


def test_a_worker_that_starts_takes_up_what_was_left(old_posts):
    begin_after_upgrade()
    Job.objects.all().delete()

    put_at_start()
    put_at_start()

    assert Job.objects.filter(name="rerender").count() == 1


def test_a_post_that_the_renderer_fails_on_stops_no_other(old_posts, monkeypatch, caplog):
    from paceline.markup.render import parse as real

    def failing(source, *arguments, **named):
        if source == "second":
            raise RuntimeError("ours")
        return real(source, *arguments, **named)

    monkeypatch.setattr(rerender, "parse", failing)
    begin_after_upgrade()
    run_all()

    assert Post.objects.get(source="second").html == OLD["html"]
    assert Post.objects.filter(renderer=1).count() == 1
    assert not is_unfinished()
    assert "could not be rendered anew" in caplog.text


def test_queries_do_not_grow_with_the_posts(world, queries):
    def step_over(count: int) -> int:
        world.posts(count)
        run_all()
        Post.objects.update(renderer=1)
        run = begin_run(only_older=True)
        Rerendering.objects.filter(id=run.pk).update(stage=Rerendering.Stage.POSTS)
        number, _ = queries(do_step, "")
        assert not Post.objects.filter(renderer=1).exists()
        return number

    few = step_over(2)

    assert step_over(20) == few


def test_a_board_without_posts_is_done_at_once(db):
    assert begin_after_upgrade() is None
    assert not is_unfinished()
