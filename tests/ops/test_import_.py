"""`paceline import`: what it prints, and how it ends."""

import json

import pytest

from paceline.forum.models import Post, Thread
from paceline.ops.cli import main
from tests.imports.vbulletin_pages import Post as PagePost
from tests.imports.vbulletin_pages import page

WHOLE = page(PagePost(21, 1), PagePost(22, 2, author="Cy", member_id=8, body="Forty."))
WITH_A_GAP = page(PagePost(21, 1), PagePost(24, 4, author="Cy", member_id=8))


@pytest.fixture
def run(db, capsys, monkeypatch, tmp_path):
    """Runs the command in this process; answers its exit code and what it printed."""
    monkeypatch.setenv("PACELINE_DATA", str(tmp_path))

    def call(*arguments: object):
        with pytest.raises(SystemExit) as end:
            main(["--data", str(tmp_path), "import", *map(str, arguments)])
        printed = capsys.readouterr()
        return end.value.code, printed.out, printed.err

    return call


@pytest.fixture
def file(tmp_path):
    """A file with that content."""

    def write(content: str | bytes, name: str = "page.html"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_page_comes_in_and_it_says_what_came(run, file):
    code, out, err = run(file(WHOLE))

    thread = Thread.objects.get()
    assert (code, err) == (0, "")
    assert "Which tyre for gravel?" in out
    assert "Riding > Gravel & Mud" in out
    assert f"/t/{thread.pk}/which-tyre-for-gravel/" in out
    assert "added    2 boards, 2 members, 1 thread, 2 posts" in out
    assert "times    read as Etc/GMT+5" in out

    code, out, _ = run(file(WHOLE))
    assert code == 0
    assert "added    nothing; 2 posts were here already" in out
    assert Post.objects.count() == 2


def test_a_missing_post_is_named_and_ends_with_3(run, file):
    code, out, _ = run(file(WITH_A_GAP))

    assert code == 3
    assert "MISSING" in out
    assert "post #2 is missing from the page" in out
    assert Post.objects.count() == 2


def test_a_file_that_is_no_page_ends_with_1_and_the_others_come_in(run, file):
    code, out, err = run(file(b"\x00\x01" * 500, "junk"), file(WHOLE), file(WITH_A_GAP, "gap.html"))

    assert code == 1
    assert "not text" in err
    assert len(err.splitlines()) == 1
    assert Post.objects.count() == 3
    assert "2 posts" in out


def test_json_holds_the_same(run, file):
    code, out, _ = run("--json", file(WITH_A_GAP), file("nothing here", "empty.txt"))

    gap, refused = json.loads(out)
    assert code == 1
    assert (gap["posts"], gap["threads"], gap["title"]) == (2, 1, "Which tyre for gravel?")
    assert [note["why"] for note in gap["notes"] if note["is_post"]] == [
        "post #2 is missing from the page",
        "post #3 is missing from the page",
    ]
    assert refused["refused"].startswith("No post was found")


def test_the_zone_and_the_order_of_dates_can_be_told(run, file):
    run("--zone", "Asia/Kolkata", "--dates", "day-first", file(WHOLE))

    assert Post.objects.get(number=1).posted_at.isoformat() == "2008-03-10T06:10:00+00:00"


def test_the_day_of_saving_can_be_told(run, file):
    today = page(PagePost(21, 1, date="Today, 09:12 PM"), zone="GMT")
    code, _, _ = run("--saved-on", "2009-02-01", file(today))

    assert code == 0
    assert Post.objects.get().posted_at.isoformat() == "2009-02-01T21:12:00+00:00"


def test_a_zone_that_is_none_is_one_line(run, file):
    code, out, err = run("--zone", "Nowhere", file(WHOLE))

    assert (code, out) == (1, "")
    assert err == "paceline: There is no time zone called Nowhere.\n"


def test_a_file_that_is_not_there_is_a_wrong_call(run, tmp_path):
    code, _, err = run(tmp_path / "none.html")

    assert code == 2
    assert "does not exist" in err


def test_a_board_that_was_never_made_says_how_to_make_it(machine, file):
    refused = machine.run("import", str(file(WHOLE)))

    assert refused.returncode == 1
    assert "paceline upgrade" in refused.stderr
