"""The form to write in, as `writing/_composer.html` shows it: everything but what is around it."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from paceline.browsing.own_codes import CodeRow, own_codes
from paceline.browsing.quoting import MOST_QUOTES
from paceline.lib.errors import Invalid, NotAllowed, Refusal, SignInFirst, TooMany
from paceline.permissions.boards import can
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo
from paceline.posting.drafts import DraftRow, load_draft, save_draft
from paceline.posting.languages import PLAIN, Language, first_language, languages_of
from paceline.web.addresses import form_address
from paceline.web.answers import Request
from paceline.web.sent import read_number, text

# Posts that somebody collects to quote them all: ids joined by dots. A script on the page reads
# and writes it as well (static/paceline/quoting.js).
QUOTES_COOKIE = "quotes"
QUOTES_KEPT_S = 60 * 60 * 24


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file in the list of a form. `size` in bytes; `code` and `markdown` show it in a text;
    `is_posted` where it hangs to the post that is edited."""

    id: int
    name: str
    size: int
    is_picture: bool
    thumbnail: str
    code: str
    markdown: str
    is_posted: bool


@dataclass(frozen=True, slots=True)
class Composer:
    """A form to write in.

    `place` is the draft's (`reply:12`); `once_key` lets the same form sent twice post once;
    `most` is the longest text, in characters. `restored_at` is when the draft that the text
    comes from was saved. `seen` is the last post that its writer had before them, 0 where that
    means nothing; `new_count` others have posted since, the first of them at `new_address`, and
    `is_told` says that the text was kept back to tell of them. `preview` is HTML made by
    paceline.markup, or None.
    """

    action: str
    place: str
    label: str
    send: str
    once_key: str
    most: int
    languages: tuple[Language, ...]
    language: str
    has_images: bool
    has_smilies: bool
    own_codes: tuple[CodeRow, ...]
    may_attach: bool
    most_kilobytes: int
    attached: tuple[AttachedFile, ...] = ()
    source: str = ""
    title: str = ""
    seen: int = 0
    new_count: int = 0
    new_address: str = ""
    is_told: bool = False
    restored_at: datetime | None = None
    preview: str | None = None
    refusal: Refusal | None = None

    @property
    def page(self) -> str:
        """The address of the page of this form."""
        return form_address(self.place) or "/"

    @property
    def has_codes(self) -> bool:
        """Whether there is anything that a toolbar could write."""
        return self.language != PLAIN.key


def make_composer(
    request: Request,
    board: BoardInfo,
    place: str,
    *,
    action: str,
    label: str,
    send: str,
    languages: tuple[Language, ...] = (),
) -> Composer:
    """An empty form for a place on a board, in what was chosen of its languages. No query.

    `languages` are all that can be chosen of, where that is not what the board allows.
    """
    languages = languages or languages_of(board)
    settings = request.viewer.site.settings
    first = languages[0].key if len(languages) == 1 else first_language(request.viewer, board)
    return Composer(
        action=action,
        place=place,
        label=label,
        send=send,
        once_key=text(request, "once_key") or new_once_key(),
        most=settings.post_length,
        languages=languages,
        language=_chosen(languages, text(request, "language")) or first,
        own_codes=own_codes() if board.allows_bbcode else (),
        has_images=board.allows_images,
        has_smilies=board.allows_smilies,
        may_attach=bool(settings.attachment_kinds) and can(request.viewer, board.id, Right.ATTACH),
        most_kilobytes=settings.attachment_kilobytes,
    )


def _chosen(languages: tuple[Language, ...], key: str) -> str:
    return key if key in {language.key for language in languages} else ""


def new_once_key() -> str:
    """A key for a form that may be sent twice by accident."""
    return secrets.token_hex(16)


def with_draft(request: Request, composer: Composer, *, source: str = "") -> Composer:
    """The form with the member's draft in it, or with `source` where there is none. One query."""
    draft = load_draft(request.viewer, composer.place)
    if draft is None or (draft.source == source and not draft.title):
        return replace(composer, source=source)
    return restored(composer, draft)


def restored(composer: Composer, draft: DraftRow) -> Composer:
    """The form with a draft in it."""
    return replace(
        composer,
        source=draft.source,
        title=draft.title,
        language=_chosen(composer.languages, draft.language) or composer.language,
        restored_at=draft.saved_at,
    )


def keep_draft(request: Request, place: str, source: str, title: str = "") -> None:
    """Keep what a member typed when it was refused or only looked at. Two queries."""
    try:
        save_draft(request.viewer, place, source, title, language=text(request, "language"))
    except (Invalid, SignInFirst):
        # Endless, or a visitor's: it stands in the answer's own form, and nowhere else.
        return


def collected_quotes(request: Request) -> list[int]:
    """The posts that were collected to be quoted, in that order."""
    parts = request.COOKIES.get(QUOTES_COOKIE, "").split(".")
    numbers = [read_number(part) for part in parts[:MOST_QUOTES]]
    return [number for number in numbers if number]


def set_collected_quotes(response: HttpResponse, request: Request, post_ids: list[int]) -> None:
    """Remember the collection for a day in the browser, or forget it where it is empty."""
    if not post_ids:
        if QUOTES_COOKIE in request.COOKIES:
            response.delete_cookie(QUOTES_COOKIE, samesite="Lax")
        return
    response.set_cookie(
        QUOTES_COOKIE,
        ".".join(map(str, post_ids[-MOST_QUOTES:])),
        max_age=QUOTES_KEPT_S,
        secure=request.is_secure(),
        samesite="Lax",
    )


def form_page(
    request: Request, template: str, context: dict[str, Any], form: Composer
) -> HttpResponse:
    """A page with the form, answered as the refusal on it says, where there is one."""
    status = form.refusal.status if form.refusal else 409 if form.is_told else 200
    response = render(request, template, {**context, "form": form}, status=status)
    if isinstance(form.refusal, TooMany):
        response["Retry-After"] = str(form.refusal.retry_after_s)
    return response


def check_signed_in(request: Request, sentence: str) -> None:
    """Raise SignInFirst for a visitor, before anything is said of what is there or not."""
    if request.viewer.is_visitor:
        raise SignInFirst(sentence)


def raise_where(because: str) -> None:
    """Raise NotAllowed where there is a sentence that says why."""
    if because:
        raise NotAllowed(because)
