"""The board's own smilies: a code as typed, and an emoji or a small picture in its place."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.administration.ordering import move_among, place_behind
from paceline.administration.words import check_line
from paceline.conf.site import markup_changed
from paceline.forum.models import OwnSmilie
from paceline.forum.rendering import smilie_path
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid, NotFound
from paceline.markup.options import CustomSmilie, Options
from paceline.markup.render import render
from paceline.media.smilie_pictures import forget_smilie_picture, keep_smilie_picture
from paceline.permissions.members import check_administrator
from paceline.posting.rerender import begin_run

# Each is looked for in every post, and a picker must show them all.
MOST_SMILIES = 300
# Neither blanks, nor what begins a tag, a name or an address of its own.
_CODE = re.compile(r"[^\s\w@.\[\]<>&\"'\\`\x00-\x1f\x7f][^\s\[\]<>&\"`\x00-\x1f\x7f]{1,29}")


@dataclass(frozen=True, slots=True)
class SmilieValues:
    """What an administrator says of a smilie; `name` is what a screen reader says."""

    code: str
    name: str = ""
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class SmilieLine:
    """A smilie in the list; `picture` is the path of its picture, `shown` the HTML it becomes."""

    id: int
    values: SmilieValues
    picture: str
    shown: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture that was sent, and its size in bytes."""

    file: IO[bytes]
    size_bytes: int


def load_smilies(viewer: Viewer) -> tuple[SmilieLine, ...]:
    """All smilies in their order. One query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    return tuple(_line(row) for row in OwnSmilie.objects.all())


def load_smilie(viewer: Viewer, smilie_id: int) -> SmilieLine:
    """One smilie. One query. Raises NotFound."""
    check_administrator(viewer)
    return _line(_find(smilie_id))


def add_smilie(viewer: Viewer, values: SmilieValues, upload: Upload | None = None) -> int:
    """Add a smilie behind the others; answers its id. Raises NotFound, or Invalid by field.

    Posts that hold its code are rendered anew in the background; so with each change.
    """
    check_administrator(viewer)
    values = _check(values, has_picture=upload is not None)
    picture = _keep(upload)
    with _taken_back(picture), transaction.atomic():
        _check_free(values.code, 0)
        if OwnSmilie.objects.count() >= MOST_SMILIES:
            raise Invalid("code", f"There are {MOST_SMILIES} smilies already; that is the most.")
        row = OwnSmilie.objects.create(
            code=values.code,
            name=values.name,
            emoji=values.emoji,
            picture=picture,
            position=place_behind(OwnSmilie.objects.all()),
        )
        log_site(viewer, Verb.ADD_SMILIE, row.code, more=values.name)
        _follow(values.code)
    return row.pk


def change_smilie(
    viewer: Viewer,
    smilie_id: int,
    values: SmilieValues,
    upload: Upload | None = None,
    *,
    drops_picture: bool = False,
) -> None:
    """Change a smilie; a picture that was sent takes the place of the one before.

    Raises NotFound, or Invalid by field.
    """
    check_administrator(viewer)
    before = _find(smilie_id)
    keeps = bool(before.picture) and not drops_picture
    values = _check(values, has_picture=keeps or upload is not None)
    sent = _keep(upload)
    with _taken_back(sent), transaction.atomic():
        row = _find(smilie_id)
        old = row.picture
        picture = sent or (old if keeps else "")
        if (_values(row), old) == (values, picture):
            return
        _check_free(values.code, smilie_id)
        code = row.code
        row.code, row.name, row.emoji, row.picture = values.code, values.name, values.emoji, picture
        row.save(update_fields=["code", "name", "emoji", "picture"])
        log_site(viewer, Verb.CHANGE_SMILIE, row.code, more=values.name)
        _follow(code, values.code)


def move_smilie(viewer: Viewer, smilie_id: int, direction: str) -> None:
    """Move a smilie `up` or `down`. Raises NotFound, or Invalid("direction", ...)."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(smilie_id)
        if move_among(list(OwnSmilie.objects.all()), smilie_id, direction):
            log_site(viewer, Verb.CHANGE_SMILIE, row.code, more=direction)
            markup_changed()


def delete_smilie(viewer: Viewer, smilie_id: int) -> None:
    """Delete a smilie: posts show its code as typed from then on. Raises NotFound.

    Its picture stays where it is: pages that are open, and posts that are not rendered anew yet,
    still show it.
    """
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(smilie_id)
        log_site(viewer, Verb.DELETE_SMILIE, row.code, more=row.name)
        row.delete()
        _follow(row.code)


def _follow(*codes: str) -> None:
    markup_changed()
    begin_run(words=codes)


@contextmanager
def _taken_back(picture: str) -> Iterator[None]:
    """A picture that was kept for a row goes again where the row is refused."""
    try:
        yield
    except BaseException:
        forget_smilie_picture(picture)
        raise


def _keep(upload: Upload | None) -> str:
    return keep_smilie_picture(upload.file, upload.size_bytes) if upload else ""


def _find(smilie_id: int) -> OwnSmilie:
    row = OwnSmilie.objects.filter(id=smilie_id).first()
    if row is None:
        raise NotFound("There is no such smilie.")
    return row


def _values(row: OwnSmilie) -> SmilieValues:
    return SmilieValues(row.code, row.name, row.emoji)


def _line(row: OwnSmilie) -> SmilieLine:
    path = smilie_path(row.picture)
    own = CustomSmilie(row.code, row.emoji, path, row.name)
    shown = render(row.code, Options(custom_smilies=(own,))).html
    return SmilieLine(row.pk, _values(row), path, shown)


def _check(values: SmilieValues, *, has_picture: bool) -> SmilieValues:
    code = check_line("code", values.code, most=30, must="A smilie needs a code.")
    if not _CODE.fullmatch(code):
        raise Invalid(
            "code",
            "A code has 2 to 30 characters without blanks, brackets or quotation marks, and begins"
            " with a sign such as a colon, so that it is found in no word.",
        )
    name = check_line(
        "name", values.name, most=60, must="Write what a screen reader should say, such as “bike”."
    )
    emoji = check_line("emoji", values.emoji, most=20)
    if not emoji and not has_picture:
        raise Invalid("emoji", "Write an emoji, or choose a picture.")
    return SmilieValues(code, name, emoji)


def _check_free(code: str, smilie_id: int) -> None:
    if OwnSmilie.objects.filter(code=code).exclude(id=smilie_id).exists():
        raise Invalid("code", f"This board has a smilie {code} already.")
