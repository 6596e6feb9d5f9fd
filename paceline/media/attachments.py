"""Attachments: what hangs to a post or waits for one, as rows that pages show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count, Q, QuerySet, Sum

from paceline.accounts.models import Group
from paceline.accounts.viewer import Viewer
from paceline.forum.conditions import through
from paceline.forum.models import Post
from paceline.jobs.queue import put
from paceline.lib.errors import NotFound
from paceline.lib.file_kinds import KINDS
from paceline.markup.render import AttachmentFact
from paceline.media.models import Attachment
from paceline.media.pictures import small_size
from paceline.permissions.posts import visible_posts

_FILES_A_JOB = 200


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attachment as a page shows it. Sizes in bytes and pixels; 0 where it is no picture.

    `address` and `thumbnail` are paths of this board; `thumbnail` is empty where there is none,
    `small_width` and `small_height` are its own. `kind` is in words.
    """

    id: int
    name: str
    kind: str
    size: int
    is_picture: bool
    width: int
    height: int
    small_width: int
    small_height: int
    address: str
    thumbnail: str
    is_placed: bool
    # Sent, and not posted yet.
    is_waiting: bool


def attachment_row(attachment: Attachment) -> AttachmentRow:
    """The row for showing, given the attachment with its file."""
    file, kind = attachment.file, KINDS[attachment.file.kind]
    small = small_size(file.width, file.height) if kind.is_picture else (0, 0)
    return AttachmentRow(
        id=attachment.pk,
        name=attachment.name,
        kind=kind.words,
        size=file.size,
        is_picture=kind.is_picture,
        width=file.width,
        height=file.height,
        small_width=small[0],
        small_height=small[1],
        address=address_of(attachment.pk, attachment.name),
        thumbnail=f"/attachments/{attachment.pk}/small" if kind.is_picture else "",
        is_placed=attachment.is_placed,
        is_waiting=attachment.post_id is None,
    )


def address_of(attachment_id: int, name: str) -> str:
    """The path at which an attachment is had."""
    return f"/attachments/{attachment_id}/{quote(name, safe='')}"


def find_attachment(viewer: Viewer, attachment_id: int) -> Attachment:
    """The attachment with its file, where it is there for the viewer: with its post, or their own
    where it is not posted yet. One query. Raises NotFound, whose words are always the same."""
    own = Q(post__isnull=True, uploader_id=viewer.member_id) if viewer.member else Q(pk__in=())
    there = own | through("post", visible_posts(viewer))
    rows = Attachment.objects.select_related("file", "post__thread")
    row = rows.filter(there, id=attachment_id).first()
    if row is None:
        raise NotFound("There is no such attachment.")
    return row


def facts_of(rows: Iterable[AttachmentRow]) -> dict[int, AttachmentFact]:
    """What a text that shows these attachments needs of them, by id."""
    return {
        row.id: AttachmentFact(
            name=row.name,
            address=row.address,
            thumbnail=row.thumbnail,
            width=row.small_width,
            height=row.small_height,
            size=row.size,
            is_picture=row.is_picture,
        )
        for row in rows
    }


def attachments_of_posts(post_ids: Iterable[int]) -> dict[int, tuple[AttachmentRow, ...]]:
    """The attachments of these posts, by post, in their order. One query; none for no post.

    Whoever asks has seen to it that the posts are there for the viewer.
    """
    wanted = list(post_ids)
    if not wanted:
        return {}
    found: dict[int, list[AttachmentRow]] = defaultdict(list)
    for row in _with_files(Attachment.objects.filter(post_id__in=wanted)):
        found[row.post_id or 0].append(attachment_row(row))
    return {post_id: tuple(rows) for post_id, rows in found.items()}


def below_posts(counts: Iterable[tuple[int, int]]) -> dict[int, tuple[AttachmentRow, ...]]:
    """What stands below the texts of posts, given each post's id and `attachment_count`: the
    attachments that its text does not show. One query; none where no post has any."""
    rows = attachments_of_posts(post_id for post_id, count in counts if count)
    return {
        post_id: tuple(row for row in found if not row.is_placed) for post_id, found in rows.items()
    }


@dataclass(frozen=True, slots=True)
class FilesOfPage:
    """What stands below posts, by post, and what waits at the place of the page's form."""

    below: dict[int, tuple[AttachmentRow, ...]]
    waiting: tuple[AttachmentRow, ...]


def files_of_page(
    viewer: Viewer, counts: Iterable[tuple[int, int]], place: str = ""
) -> FilesOfPage:
    """The same as `below_posts` and `waiting_at` with one query for both; none where no post has
    any and no place is asked for."""
    wanted = [post_id for post_id, count in counts if count]
    if not place or viewer.member is None:
        return FilesOfPage(below_posts((post_id, 1) for post_id in wanted), ())
    rows = _with_files(Attachment.objects.filter(Q(post_id__in=wanted) | _waiting(viewer, place)))
    below: dict[int, list[AttachmentRow]] = defaultdict(list)
    for row in rows:
        below[row.post_id or 0].append(attachment_row(row))
    waiting = tuple(below.pop(0, ()))
    return FilesOfPage(
        {
            post_id: tuple(row for row in found if not row.is_placed)
            for post_id, found in below.items()
        },
        waiting,
    )


def waiting_at(viewer: Viewer, place: str) -> tuple[AttachmentRow, ...]:
    """What the viewer has sent at a place and not posted yet, in order. One query or none."""
    if viewer.member is None:
        return ()
    rows = Attachment.objects.filter(_waiting(viewer, place))
    return tuple(attachment_row(row) for row in _with_files(rows))


def _waiting(viewer: Viewer, place: str) -> Q:
    return Q(uploader_id=viewer.member_id, post__isnull=True, place=place)


def usable_attachments(
    viewer: Viewer, ids: Iterable[int], post_id: int | None = None
) -> tuple[AttachmentRow, ...]:
    """Those of these attachments that a text of the viewer's may show: their own that hang to no
    post yet, and those of the post that it is the text of. One query; none for no id."""
    wanted = {one for one in ids if 0 < one < 2**63}
    if not wanted:
        return ()
    rows = _with_files(Attachment.objects.filter(id__in=wanted))
    return tuple(
        attachment_row(row)
        for row in rows
        if (post_id is not None and row.post_id == post_id)
        or (row.post_id is None and viewer.member and row.uploader_id == viewer.member_id)
    )


def _with_files(rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
    return rows.select_related("file").order_by("position", "id")


def hang_to(
    viewer: Viewer, post: Post, ids: Iterable[int], placed: Iterable[int], most: int
) -> bool:
    """Hang the viewer's waiting attachments of these ids to a post, `most` at most, in that
    order; those of `placed` are shown by its text, and no other of the post's. Answers whether
    any were hung.

    In the caller's transaction, which holds the thread's row. No query for a post that has and
    gets none, else about four.
    """
    wanted, shown = list(dict.fromkeys(ids)), set(placed)
    if not wanted and not post.attachment_count:
        return False
    mine = {row.pk: row for row in Attachment.objects.filter(post_id=post.pk)}
    waiting = Attachment.objects.filter(
        id__in=wanted, post__isnull=True, uploader_id=viewer.member_id or None
    ).in_bulk()
    new = [waiting[one] for one in wanted if one in waiting][: max(0, most - len(mine))]
    for position, row in enumerate(new, max((r.position for r in mine.values()), default=0) + 1):
        row.post_id, row.place, row.position = post.pk, "", position
    rows = [*mine.values(), *new]
    for row in rows:
        row.is_placed = row.pk in shown
    Attachment.objects.bulk_update(rows, ["post", "place", "position", "is_placed"])
    set_count(post)
    return bool(new)


def set_count(post: Post) -> None:
    """Count the attachments of a post anew. In the caller's transaction. Two queries."""
    post.attachment_count = Attachment.objects.filter(post_id=post.pk).count()
    post.save(update_fields=["attachment_count"])


def forget_attachments_of(member_id: int, *, with_posts: bool) -> None:
    """Take away what a member sent and never posted, and with `with_posts` all that hangs to
    their posts. In the caller's transaction; the files go after it, as a job. Few queries."""
    theirs = Q(uploader_id=member_id, post__isnull=True)
    if with_posts:
        theirs |= Q(post__author_id=member_id)
        Post.objects.filter(author_id=member_id, attachment_count__gt=0).update(attachment_count=0)
    rows = Attachment.objects.filter(theirs)
    file_ids = sorted(set(rows.values_list("file_id", flat=True)))
    rows.delete()
    for start in range(0, len(file_ids), _FILES_A_JOB):
        put("forget_unused_files", file_ids=file_ids[start : start + _FILES_A_JOB])


def used_bytes(member_id: int) -> int:
    """How much the attachments of a member hold. One query."""
    used = Attachment.objects.filter(uploader_id=member_id).aggregate(sum=Sum("file__size"))
    return int(used["sum"] or 0)


def quota_bytes(viewer: Viewer) -> int | None:
    """How much the attachments of the viewer may hold; None: without end. One query.

    Of several groups the largest quota counts.
    """
    quotas = list(
        Group.objects.filter(id__in=viewer.group_ids).values_list("attachment_megabytes", flat=True)
    )
    if None in quotas:
        return None
    return max((quota for quota in quotas if quota is not None), default=0) * 1_000_000


def find_count_drift() -> list[str]:
    """Posts that say they have another number of attachments than they have. Two queries."""
    counted = dict(
        Attachment.objects.filter(post__isnull=False)
        .order_by()
        .values_list("post_id")
        .annotate(n=Count("pk"))
    )
    kept = dict(Post.objects.filter(attachment_count__gt=0).values_list("id", "attachment_count"))
    return [
        f"post {post_id}: attachment_count is {kept.get(post_id, 0):,},"
        f" counted {counted.get(post_id, 0):,}"
        for post_id in sorted({*counted, *kept}, key=int)
        if kept.get(post_id, 0) != counted.get(post_id, 0)
    ]


def mend_counts() -> None:
    """Write the counted numbers. A few queries for each post that says another."""
    counted = Attachment.objects.filter(post__isnull=False).order_by().values_list("post_id")
    rows = dict(counted.annotate(n=Count("pk")))
    Post.objects.filter(attachment_count__gt=0).exclude(id__in=rows).update(attachment_count=0)
    for post_id, count in rows.items():
        Post.objects.filter(id=post_id).exclude(attachment_count=count).update(
            attachment_count=count
        )
