import errno
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from paceline.accounts.models import Group
from paceline.forum.models import Post, StaffAction
from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst
from paceline.lib.texts import clean_line
from paceline.media import files
from paceline.media.attachments import (
    attachments_of_posts,
    find_attachment,
    find_count_drift,
    hang_to,
    mend_counts,
    waiting_at,
)
from paceline.media.models import Attachment, StoredFile
from paceline.media.names import LONGEST_NAME, clean_name
from paceline.media.store import NoRoom, read
from paceline.media.tasks import forget_unposted_attachments
from paceline.permissions.rights import EVERYTHING, TAKING_PART, Right
from paceline.posting.attach import attach_file, detach_file
from tests import samples


def send(viewer, place: str, data: bytes = b"Some words.\n", name: str = "words.txt"):
    return attach_file(viewer, place, name, BytesIO(data), len(data))


def kept() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def nothing_is_left() -> bool:
    return not (kept() or StoredFile.objects.exists() or Attachment.objects.exists())


@pytest.fixture
def place(world) -> str:
    return f"reply:{world.thread.pk}"


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


# What is taken


def test_a_picture_is_kept_with_its_thumbnail_and_both_sizes(world, bo, place):
    row = send(bo, place, samples.photograph(), "Bo's ride.JPG")

    assert (row.name, row.kind, row.is_picture) == ("Bo's ride.JPG", "JPEG picture", True)
    assert (row.width, row.height) == (50, 80)
    assert (row.small_width, row.small_height) == (50, 80)
    assert row.address == f"/attachments/{row.id}/Bo%27s%20ride.JPG"
    assert row.thumbnail == f"/attachments/{row.id}/small"
    file = StoredFile.objects.get()
    assert kept() == {file.key, f"{file.key}.small.webp"}
    content = b"".join(read(file.key))
    assert len(content) == file.size == row.size
    assert b"Camera" not in content
    assert waiting_at(bo, place) == (row,)


def test_the_same_file_is_kept_once_however_often_it_is_sent(world, bo, cy, place):
    send(bo, place, samples.PDF, "one.pdf")
    send(bo, place, samples.PDF, "two.pdf")
    send(cy, place, samples.PDF, "three.pdf")
    send(cy, place, samples.picture(), "four.png")
    send(bo, place, samples.picture(), "five.png")

    assert Attachment.objects.count() == 5
    assert StoredFile.objects.count() == 2
    assert len(kept()) == 3


def test_the_content_says_what_it_is_and_the_name_does_not(bo, place):
    row = send(bo, place, samples.picture("PNG"), "page.html")
    assert row.name == "page.html.png"
    with pytest.raises(Invalid, match="By its content this file is of no kind"):
        send(bo, place, b"MZ\x90\0\x03", "ride.jpg")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (samples.SVG, "drawing.svg"),
        (samples.SVG, "drawing.png"),
        (b"<!doctype html><script>alert(1)</script>", "words.txt"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo.heic"),
        (b"", "nothing.txt"),
        (samples.bomb(), "bomb.png"),
        (samples.picture("PNG")[:70], "cut.png"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "zeros.png"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_sentence_and_nothing_is_left(bo, place, data, name):
    with pytest.raises(Invalid) as refused:
        send(bo, place, data, name)

    assert refused.value.field == "file"
    assert refused.value.sentence.endswith((".", "WebM film."))
    assert nothing_is_left()


def test_a_file_that_is_two_things_is_kept_as_the_one_that_it_is_served_as(bo, place):
    row = send(bo, place, samples.picture("GIF") + samples.archive(a="<script>"), "both.zip")

    assert row.name == "both.zip.gif"
    assert b"PK" not in b"".join(read(StoredFile.objects.get().key))


def test_the_board_says_which_kinds_are_taken_and_how_large(world, bo, place):
    world.set(attachment_kinds="txt, pdf", attachment_kilobytes=1)
    bo = world.viewer(world.bo)

    send(bo, place)
    with pytest.raises(Invalid, match=r"a PNG picture.*Taken here: PDF document, plain text"):
        send(bo, place, samples.picture(), "x.png")
    with pytest.raises(Invalid, match="at most 1 kilobytes"):
        send(bo, place, b"x" * 1025)

    world.set(attachment_kinds="")
    with pytest.raises(NotAllowed, match="takes no attachments"):
        send(world.viewer(world.bo), place)
    with pytest.raises(Invalid, match="exe is none of those"):
        world.set(attachment_kinds="pdf exe")


def test_a_post_has_so_many_attachments_and_no_more(world, bo, place):
    world.set(attachments_per_post=2)
    bo = world.viewer(world.bo)
    send(bo, place)
    send(bo, place)

    with pytest.raises(Invalid, match="at most 2 attachments"):
        send(bo, place)
    send(bo, f"thread:{world.training.pk}")


def test_a_members_files_hold_as_much_as_their_groups_say(world, bo, ada, place):
    Group.objects.filter(role="members").update(attachment_megabytes=1)
    send(bo, place, b"x" * 600_000, "a.txt")

    with pytest.raises(Invalid, match=r"1 MB in all, of which 0\.4 MB are left"):
        send(bo, place, b"y" * 600_000, "b.txt")
    send(bo, place, b"y" * 300_000, "b.txt")

    Group.objects.filter(role="members").update(attachment_megabytes=None)
    send(bo, place, b"y" * 600_000, "b.txt")
    Group.objects.filter(role="members").update(attachment_megabytes=0)
    with pytest.raises(Invalid, match=r"0\.0 MB are left"):
        send(bo, place)


# Who may


def test_who_may_not_write_or_attach_there_attaches_nothing(world, bo, mal, nobody, root):
    place = f"reply:{world.thread.pk}"
    with pytest.raises(SignInFirst):
        send(nobody, place)
    with pytest.raises(NotAllowed, match="banned"):
        send(mal, place)
    secret = world.start_thread("Secret", board=world.hidden_board(), author=world.root)
    with pytest.raises(NotFound):
        send(bo, f"reply:{secret.pk}")
    with pytest.raises(NotFound):
        send(bo, f"thread:{secret.board_id}")
    for nowhere in ("reply:0", "reply:x", "", "edit:", f"reply:{2**63}", "reply:1\n"):
        with pytest.raises(Invalid):
            send(bo, nowhere)
    theirs = world.reply(author=world.cy)
    with pytest.raises(NotAllowed, match="somebody else's"):
        send(bo, f"edit:{theirs.pk}")

    world.rights("members", None, allow=TAKING_PART & ~Right.ATTACH)
    with pytest.raises(NotAllowed, match="may not post attachments here"):
        send(world.viewer(world.bo), place)
    assert nothing_is_left()


def test_an_attachment_is_there_for_those_who_see_its_post(world, bo, cy, nobody, ada, place):
    row = send(bo, place)
    waiting = (bo,)
    assert _who_finds(row.id, bo, cy, nobody, ada) == waiting

    post = world.reply(author=world.bo)
    hang_to(bo, post, [row.id], [], most=10)
    assert _who_finds(row.id, bo, cy, nobody, ada) == (bo, cy, nobody, ada)

    world.hide(post)
    assert _who_finds(row.id, bo, cy, nobody, ada) == (ada,)


def _who_finds(attachment_id: int, *viewers):
    return tuple(viewer for viewer in viewers if _finds(viewer, attachment_id))


def _finds(viewer, attachment_id: int) -> bool:
    try:
        return find_attachment(viewer, attachment_id).pk == attachment_id
    except NotFound:
        return False


def test_finding_one_costs_one_query(world, bo, place, queries):
    row = send(bo, place)
    assert queries(find_attachment, bo, row.id)[0] == 1


# Posted, taken away


def test_a_post_takes_the_writers_waiting_files_and_nobody_elses(world, bo, cy, place):
    mine, second, theirs = send(bo, place), send(bo, place), send(cy, place)
    post = world.reply(author=world.bo)
    other = world.reply(author=world.bo)

    hang_to(bo, post, [second.id, mine.id, theirs.id, 987_654], [mine.id], most=10)
    hang_to(bo, other, [mine.id], [], most=10)

    rows = attachments_of_posts([post.pk, other.pk])
    assert {key: [row.id for row in found] for key, found in rows.items()} == {
        post.pk: [second.id, mine.id]
    }
    assert [row.is_placed for row in rows[post.pk]] == [False, True]
    post.refresh_from_db()
    assert post.attachment_count == 2
    assert find_count_drift() == []


def test_no_more_hang_to_a_post_than_it_may_have(world, bo, place):
    ids = [send(bo, place).id for _ in range(3)]
    post = world.reply(author=world.bo)

    hang_to(bo, post, ids[:1], [], most=2)
    hang_to(bo, post, ids, [], most=2)

    assert [row.id for row in attachments_of_posts([post.pk])[post.pk]] == ids[:2]


def test_one_takes_ones_own_file_off_and_the_last_takes_the_file_along(
    world, bo, cy, place, commits
):
    first, second = send(bo, place), send(cy, place)

    with commits():
        detach_file(bo, first.id)
    assert len(kept()) == 1
    with pytest.raises(NotFound):
        detach_file(bo, second.id)
    with commits():
        detach_file(cy, second.id)
    assert nothing_is_left()


def test_a_moderator_takes_a_file_off_a_post_and_it_is_logged(world, bo, cy, ada, place, commits):
    row = send(bo, place, samples.picture(), "ride.png")
    post = world.reply(author=world.bo)
    hang_to(bo, post, [row.id], [], most=10)

    with pytest.raises(NotAllowed):
        detach_file(cy, row.id)
    with commits():
        detach_file(ada, row.id, "Shows a number plate.")

    assert nothing_is_left()
    assert Post.objects.get(id=post.pk).attachment_count == 0
    line = StaffAction.objects.get()
    assert (line.verb, line.reason, line.detail["more"]) == (
        "remove attachment",
        "Shows a number plate.",
        "ride.png",
    )


# What goes wrong


def test_a_full_disk_is_told_and_leaves_neither_file_nor_row(bo, place, monkeypatch):
    def write_half(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(5))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", write_half)
    with pytest.raises(NoRoom, match="no room left"):
        send(bo, place, b"Some words.\n")

    assert nothing_is_left()


def test_a_disk_that_is_full_for_the_thumbnail_leaves_nothing_either(bo, place, monkeypatch):
    save = FileSystemStorage._save  # type: ignore[attr-defined]

    def write_whole_ones(self, name, content):
        if name.endswith(".small.webp"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", write_whole_ones)
    with pytest.raises(NoRoom):
        send(bo, place, samples.picture(), "x.png")

    assert nothing_is_left()


class _Full(Exception):
    sqlstate = "53100"


@pytest.mark.parametrize(
    ("words", "cause"), [("database or disk is full", None), ("could not extend file", _Full())]
)
def test_a_database_that_is_full_is_told_too(bo, place, monkeypatch, words, cause):
    def no_room(self, *args, **kwargs):
        raise OperationalError(words) from cause

    monkeypatch.setattr(QuerySet, "create", no_room)
    with pytest.raises(NoRoom):
        send(bo, place)
    monkeypatch.undo()

    assert nothing_is_left()


def test_another_fault_of_the_database_is_not_taken_for_it(bo, place, monkeypatch):
    def locked(self, *args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "create", locked)
    with pytest.raises(OperationalError):
        send(bo, place)
    monkeypatch.undo()

    assert nothing_is_left()


def test_what_nobody_posted_in_a_day_goes_and_what_nothing_refers_to(
    world, bo, place, commits, monkeypatch
):
    old, young = send(bo, place, b"old"), send(bo, place, b"young")
    posted = send(bo, place, b"posted")
    hang_to(bo, world.reply(author=world.bo), [posted.id], [], most=10)
    long_ago = timezone.now() - timedelta(days=2)
    Attachment.objects.exclude(id=young.id).update(created_at=long_ago)
    StoredFile.objects.update(stored_at=long_ago)
    stray = Path(settings.MEDIA_ROOT) / "files" / "ab" / "left-by-somebody-who-died"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"half a fi")
    assert len(kept()) == 4
    assert files.find_strays() == [], "it might just be being written"
    monkeypatch.setattr(files, "BEING_WRITTEN", timedelta(0))
    time.sleep(0.01)
    assert files.find_strays() == ["files/ab/left-by-somebody-who-died"]

    with commits():
        forget_unposted_attachments()

    assert set(Attachment.objects.values_list("id", flat=True)) == {young.id, posted.id}
    assert len(kept()) == 2
    assert old.id not in Attachment.objects.values_list("id", flat=True)
    assert files.find_strays() == []
    assert files.find_lost() == []


def test_a_lost_file_and_a_wrong_count_are_found(world, bo, place):
    row = send(bo, place, samples.picture(), "x.png")
    post = world.reply(author=world.bo)
    hang_to(bo, post, [row.id], [], most=10)
    Post.objects.filter(id=post.pk).update(attachment_count=5)
    file = StoredFile.objects.get()
    (Path(settings.MEDIA_ROOT) / f"{file.key}.small.webp").unlink()

    assert files.find_lost() == [file]
    assert find_count_drift() == [f"post {post.pk}: attachment_count is 5, counted 1"]
    mend_counts()
    assert find_count_drift() == []


# Names


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("Ride.JPG", "jpeg", "Ride.JPG"),
        ("C:\\Users\\Bo\\ride.jpg", "jpeg", "ride.jpg"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("run.exe", "jpeg", "run.exe.jpg"),
        ("photo\u202egnp.exe", "png", "photognp.exe.png"),
        ('a"b<c>|d?.pdf', "pdf", "a-b-c-d-.pdf"),
        ("", "gif", "file.gif"),
        ("...", "gif", "file.gif"),
        (".htaccess", "txt", "htaccess.txt"),
        ("con.txt", "txt", "_con.txt"),
        ("Tour über Köln.gpx", "gpx", "Tour über Köln.gpx"),
        ("a\nb\tc.pdf", "pdf", "a b c.pdf"),
        ("x" * 300 + ".pdf", "pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
        ("100%.pdf", "pdf", "100-.pdf"),
    ],
)
def test_names_are_as_typed_and_harm_nobody(typed, kind, name):
    assert clean_name(typed, kind) == name == clean_line(name)


def test_moderators_and_administrators_may_attach(world, ada, root):
    assert EVERYTHING & Right.ATTACH
    for viewer in (ada, root):
        assert send(viewer, f"thread:{world.training.pk}").name == "words.txt"
