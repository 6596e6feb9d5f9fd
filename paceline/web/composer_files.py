"""Files of a form to write in: taken with it, taken off, and listed in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from paceline.lib.errors import Refusal
from paceline.media.attachments import AttachmentRow, attachments_of_posts, waiting_at
from paceline.posting.attach import attach_file, detach_file
from paceline.web import sent
from paceline.web.answers import Request
from paceline.web.attachments import codes_of
from paceline.web.composer import AttachedFile, Composer
from paceline.web.incoming import refused_upload
from paceline.web.limits import check_uploads

# More than hang to any post; what is beyond is not looked at.
MOST_IDS = 200
_DETACH = "detach:"


@dataclass(frozen=True, slots=True)
class Files:
    """What a form that was sent says of files: the ids that its text has, why one of them was not
    taken, and whether the text is to be sent on, and not looked at with its files alone."""

    ids: tuple[int, ...]
    refusal: Refusal | None
    is_sending: bool


def take_files(request: Request, place: str) -> Files:
    """Keep the files that came with a form, take off what its button says.

    About ten queries a file, none without any. What is not taken stands in `refusal`.
    """
    typed = (sent.read_number(each) for each in request.POST.getlist("attachment")[:MOST_IDS])
    ids = [number for number in typed if number]
    do = sent.text(request, "do")
    refusal = refused_upload(request)
    # One that is not taken keeps no other from being taken: a form cannot hold a file again.
    for file in request.FILES.getlist("file"):
        try:
            check_uploads(request)
            ids.append(attach_file(request.viewer, place, file.name or "", file, file.size or 0).id)
        except Refusal as refused:
            refusal = refusal or refused
    is_for_files = do == "attach" or do.startswith(_DETACH)
    if do.startswith(_DETACH):
        number = sent.read_number(do.removeprefix(_DETACH)) or 0
        try:
            detach_file(request.viewer, number, sent.text(request, "reason"))
        except Refusal as refused:
            refusal = refusal or refused
    is_sending = not (refusal or is_for_files or sent.wants_preview(request))
    return Files(tuple(ids), refusal, is_sending)


def with_files(request: Request, form: Composer, *, post_id: int = 0) -> Composer:
    """The form with what waits at its place, and what hangs to the post that it edits. A query
    for each of the two; none where the viewer may attach nothing and edits nothing."""
    waiting = waiting_at(request.viewer, form.place) if form.may_attach else ()
    return with_rows(form, waiting, post_id=post_id)


def with_rows(form: Composer, waiting: Iterable[AttachmentRow], *, post_id: int = 0) -> Composer:
    """The same with what waits, where that is known."""
    rows = attachments_of_posts([post_id]).get(post_id, ()) if post_id else ()
    files = (*_listed(rows, is_posted=True), *_listed(waiting, is_posted=False))
    return replace(form, attached=files)


def _listed(rows: Iterable[AttachmentRow], *, is_posted: bool) -> list[AttachedFile]:
    found = []
    for row in rows:
        code, markdown = codes_of(row)
        found.append(
            AttachedFile(
                id=row.id,
                name=row.name,
                size=row.size,
                is_picture=row.is_picture,
                thumbnail=row.thumbnail,
                code=code,
                markdown=markdown,
                is_posted=is_posted,
            )
        )
    return found
