"""Attachments: sent, taken off, and served to those who may read the post."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_POST, require_safe

from paceline.accounts.viewer import visitor
from paceline.conf.site import load_site
from paceline.lib.errors import Invalid, NotFound, Refusal, SignInFirst
from paceline.lib.file_kinds import KINDS
from paceline.media import store
from paceline.media.attachments import (
    AttachmentRow,
    address_of,
    find_attachment,
)
from paceline.media.files import small_key
from paceline.posting.attach import attach_file, detach_file
from paceline.web import sent
from paceline.web.addresses import form_address, post_address
from paceline.web.answers import Request, is_fetch, refusal_json
from paceline.web.incoming import refused_upload
from paceline.web.limits import check_uploads

if TYPE_CHECKING:
    from paceline.media.models import Attachment

# A picture of a public post may be kept by anybody for an hour: so long it may still be seen
# somewhere after a moderator has hidden the post.
FOR_EVERYBODY = "public, max-age=3600"
FOR_ONE_READER = "private, no-cache"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_NOT_PLAIN = re.compile(r'[^\x20-\x7e]|["\\]')


class NoLength(Invalid):
    """What is sent without its length is not read at all, or it might never end."""

    status = 411


@require_POST
def send(request: Request) -> HttpResponse:
    """Keep a file for what is being written; always answers a script, with JSON."""
    try:
        if refused := refused_upload(request):
            raise refused
        if request.viewer.is_visitor:
            raise SignInFirst("Sign in first, then files can be attached.")
        file = request.FILES.get("file")
        if file is None and "Transfer-Encoding" in request.headers:
            raise NoLength("file", "An upload has to say how long it is; nothing of it was read.")
        if file is None:
            raise Invalid("file", "Choose a file first.")
        check_uploads(request)
        place = sent.text(request, "place")
        row = attach_file(request.viewer, place, file.name or "", file, file.size or 0)
    except Refusal as refusal:
        return refusal_json(refusal)
    return JsonResponse(facts_of(row), status=201)


def facts_of(row: AttachmentRow) -> dict[str, object]:
    """An attachment for a script; `code` and `markdown` are what shows it in a text."""
    code, markdown = codes_of(row)
    return {
        "id": row.id,
        "name": row.name,
        "size": row.size,
        "width": row.width,
        "height": row.height,
        "is_picture": row.is_picture,
        "url": row.address,
        "thumbnail": row.thumbnail,
        "small_width": row.small_width,
        "small_height": row.small_height,
        "code": code,
        "markdown": markdown,
    }


def codes_of(row: AttachmentRow) -> tuple[str, str]:
    """What shows an attachment in a text in BB code, and in one in Markdown."""
    words = re.sub(r"[\[\]\\]", "", row.name)
    return f"[attach]{row.id}[/attach]", f"![{words}](attachment:{row.id})"


@require_POST
def delete(request: Request, attachment_id: int) -> HttpResponse:
    """Take an attachment away, of a text that is being written or of a post."""
    place = sent.text(request, "place")
    post = detach_file(request.viewer, attachment_id, sent.text(request, "reason"))
    if is_fetch(request):
        return HttpResponse(status=204)
    back = post_address(request, post) if post else form_address(place)
    return HttpResponseRedirect(back or reverse("board_index"))


@dataclass(frozen=True, slots=True)
class _Found:
    """An attachment that is there for the reader, and whether it is for every visitor."""

    attachment: "Attachment"
    is_public: bool


def _find(request: Request, attachment_id: int) -> _Found:
    """Two queries for what visitors may have, whoever asks: a page shows dozens of pictures. Else
    the member is asked for, and the attachment once more. Raises NotFound."""
    everybody = visitor(load_site())
    with suppress(NotFound):
        return _Found(find_attachment(everybody, attachment_id), is_public=True)
    viewer = request.viewer
    if viewer.member and viewer.member.must_change_password:
        viewer = everybody
    return _Found(find_attachment(viewer, attachment_id), is_public=False)


def _looks_itself(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view as one that asks for the member itself, where it has to."""
    cast(Any, view).asks_for_nobody = True
    return view


@_looks_itself
@require_safe
def download(request: Request, attachment_id: int, name: str) -> HttpResponseBase:
    """The file, to whoever may read its post; whole, in part, or not at all where it is known."""
    found = _find(request, attachment_id)
    attachment = found.attachment
    if name != attachment.name:
        return HttpResponseRedirect(address_of(attachment.pk, attachment.name))
    kind = KINDS[attachment.file.kind]
    served = _Served(
        key=attachment.file.key,
        size=attachment.file.size,
        media_type=kind.media_type,
        etag=f'"{attachment.file.sha256[:32]}"',
        modified=int(attachment.file.stored_at.timestamp()),
        name=attachment.name,
        is_inline=kind.is_picture,
        is_public=kind.is_picture and found.is_public,
    )
    return _answer(request, served)


@_looks_itself
@require_safe
def thumbnail(request: Request, attachment_id: int) -> HttpResponseBase:
    """The thumbnail of a picture, as WebP."""
    found = _find(request, attachment_id)
    attachment = found.attachment
    if not attachment.file.width:
        raise NotFound("There is no such attachment.")
    served = _Served(
        key=small_key(attachment.file.key),
        size=None,
        media_type="image/webp",
        etag=f'"{attachment.file.sha256[:32]}-small"',
        modified=int(attachment.file.stored_at.timestamp()),
        name=f"{attachment.name}.webp",
        is_inline=True,
        is_public=found.is_public,
    )
    return _answer(request, served)


@dataclass(frozen=True, slots=True)
class _Served:
    """A file and how it goes out. `size` in bytes, None for small ones that are sent whole."""

    key: str
    size: int | None
    media_type: str
    etag: str
    modified: int
    name: str
    is_inline: bool
    is_public: bool


def _answer(request: HttpRequest, served: _Served) -> HttpResponseBase:
    kept = get_conditional_response(request, served.etag, served.modified)
    response = kept or _content(request, served)
    response["ETag"] = served.etag
    response["Last-Modified"] = http_date(served.modified)
    response["Cache-Control"] = FOR_EVERYBODY if served.is_public else FOR_ONE_READER
    # Wherever it is opened, it runs nothing, loads nothing and belongs to no site.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    policy = "cross-origin" if served.is_public else "same-origin"
    response["Cross-Origin-Resource-Policy"] = policy
    if response.status_code in (200, 206):
        response["Content-Type"] = served.media_type
        response["Content-Disposition"] = disposition(served.name, is_inline=served.is_inline)
        if served.size is not None:
            response["Accept-Ranges"] = "bytes"
    return response


def _content(request: HttpRequest, served: _Served) -> HttpResponseBase:
    first, count, status = 0, served.size, 200
    if served.size is not None and (asked := _asked_range(request, served)):
        first, count = asked.first, asked.count
        status = 206 if count > 0 else 416
    if status == 416:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{served.size}"
        return response
    if request.method == "HEAD":
        response = HttpResponse(status=status)
    else:
        try:
            response = StreamingHttpResponse(store.read(served.key, first, count), status=status)
        except FileNotFoundError as error:
            raise NotFound("This file is lost. `paceline check` names it.") from error
    if count is not None:
        response["Content-Length"] = str(count)
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{first + (count or 0) - 1}/{served.size}"
    return response


@dataclass(frozen=True, slots=True)
class _Range:
    """A part that was asked for, in bytes; a count of 0 cannot be had."""

    first: int
    count: int


def _asked_range(request: HttpRequest, served: _Served) -> _Range | None:
    """The one part that was asked for; None where the whole is, or where several parts are, or
    a part of a file that is another by now (RFC 9110, 14.2)."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or not (found[1] or found[2]) or not _is_current(request, served):
        return None
    size = served.size or 0
    if not found[1]:
        count = min(int(found[2]), size)
        return _Range(size - count, count)
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return None
    return _Range(first, max(0, last - first + 1))


def _is_current(request: HttpRequest, served: _Served) -> bool:
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == served.etag
    return parse_http_date_safe(condition) == served.modified


def disposition(name: str, *, is_inline: bool) -> str:
    """The header that says whether a file is shown or kept, and its name, for old programs and
    for those that read RFC 6266."""
    plain = _NOT_PLAIN.sub("_", name)
    how = "inline" if is_inline else "attachment"
    extended = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'{how}; filename="{plain}"{extended}'
