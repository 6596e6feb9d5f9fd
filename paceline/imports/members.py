"""The people of a page: authors, and those named as liking a post, found or made.

A member made here has no password and no address of mail: nobody can sign in as them. No right
comes from a page: "Administrator" is a title beside the post and nothing more. What a member, or
a moderator, has changed since is left alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Max

from paceline.accounts.models import Member, ProfileField
from paceline.accounts.profile import signature_options
from paceline.accounts.titles import title_for
from paceline.conf.board_settings import BoardSettings
from paceline.conf.site import load_site, rights_changed
from paceline.imports.known import Kind, Known, natural_key
from paceline.imports.report import ImportReport
from paceline.imports.saved_pages.page import SavedAuthor, SavedPage
from paceline.lib.texts import clean_line, fold_name, slugify
from paceline.markup.render import RENDERER_VERSION, render

_STAFF_TITLES = {"administrator", "moderator", "super moderator", "global moderator"}
_LONGEST_NAME = 80


@dataclass(slots=True)
class Met:
    """Somebody as the page shows them, put together from all their posts and likes."""

    author: SavedAuthor
    met_at: datetime
    signature: str = ""
    is_author: bool = True


@dataclass(slots=True)
class People:
    """The members of a page, by who they are over there."""

    by_id: dict[int, Member] = field(default_factory=dict)
    by_name: dict[str, Member] = field(default_factory=dict)
    # By the member's id here: what the page states that the old board counted of them.
    stated: dict[int, SavedAuthor] = field(default_factory=dict)

    def find(self, name: str, source_id: int | None) -> Member | None:
        """The member here, None for a guest and for nobody."""
        if source_id is not None and source_id in self.by_id:
            return self.by_id[source_id]
        return self.by_name.get(fold_name(name))

    def all(self) -> list[Member]:
        """Each once, in the order of their ids."""
        members = {member.pk: member for member in (*self.by_id.values(), *self.by_name.values())}
        return [members[pk] for pk in sorted(members)]


def bring_people(
    page: SavedPage, moments: dict[int, datetime], known: Known, report: ImportReport
) -> People:
    """Every member whom the page shows. In the caller's transaction.

    `moments` are the posts' times in UTC, by their place on the page. One query for those known,
    and about five for each who is new.
    """
    people = People()
    met = _meet(page, moments)
    keys = {_key(one.author.name): one for one in met}
    ids = [str(one.author.source_id) for one in met if one.author.source_id is not None]
    rows = known.look_up(Kind.MEMBER, [*keys, *ids])
    members = Member.objects.in_bulk(rows.values())
    settings = load_site().settings
    for one in met:
        _bring_one(one, rows, members, people, known, report, settings)
    return people


def _bring_one(
    one: Met,
    rows: dict[str, int],
    members: dict[int, Member],
    people: People,
    known: Known,
    report: ImportReport,
    settings: BoardSettings,
) -> None:
    author, key = one.author, _key(one.author.name)
    member_id = known.find(Kind.MEMBER, author.source_id, key)
    if member_id is None:
        member = _make(author.name, one.met_at, known, report)
        _describe(member, one, known, settings, report, is_new=True)
    elif member_id in members:
        member = members[member_id]
        _describe(member, one, known, settings, report, is_new=False)
    else:
        report.note(f"{author.name} was deleted here; their posts have only the name")
        return
    known.remember_missing(Kind.MEMBER, member.pk, author.source_id, key, list(rows))
    if author.source_id is not None:
        people.by_id[author.source_id] = member
    people.by_name.setdefault(fold_name(author.name), member)
    people.stated[member.pk] = author


def _key(name: str) -> str:
    return natural_key("member", fold_name(name))


def _meet(page: SavedPage, moments: dict[int, datetime]) -> list[Met]:
    """Everybody on the page once: authors first, then those who only like."""
    met: dict[object, Met] = {}
    for place, post in enumerate(page.posts):
        author = post.author
        if author.is_guest or not fold_name(author.name):
            continue
        who = author.source_id or fold_name(author.name)
        if who not in met:
            met[who] = Met(author, moments[place], post.signature_source)
        else:
            one = met[who]
            one.author = _together(one.author, author)
            one.met_at = min(one.met_at, moments[place])
            one.signature = one.signature or post.signature_source
    names = {fold_name(one.author.name) for one in met.values()}
    for place, post in enumerate(page.posts):
        for liker in post.liked_by:
            who = liker.source_id or fold_name(liker.name)
            if who in met or fold_name(liker.name) in names or not fold_name(liker.name):
                continue
            author = SavedAuthor(liker.name, source_id=liker.source_id)
            met[who] = Met(author, moments[place], is_author=False)
    return list(met.values())


def _together(one: SavedAuthor, other: SavedAuthor) -> SavedAuthor:
    """Two descriptions of a member as one: higher counts, and what the first leaves out."""
    values: dict[str, Any] = {}
    for name in SavedAuthor.__slots__:
        first, second = getattr(one, name), getattr(other, name)
        is_count = isinstance(first, int) and isinstance(second, int) and name != "source_id"
        values[name] = max(first, second) if is_count else (first or second or first)
    return replace(one, **values)


def _make(name: str, met_at: datetime, known: Known, report: ImportReport) -> Member:
    wanted = clean_line(name)[:_LONGEST_NAME]
    free = next(
        one
        for one in _spellings(wanted, known.source)
        if not Member.objects.filter(name_key=fold_name(one)).exists()
    )
    if free != wanted:
        report.note(f"there is another {wanted} here, so the old board's is called {free}")
    report.members += 1
    return Member.objects.create(name=free, password=make_password(None), joined_at=met_at)


def _spellings(name: str, source: str) -> Iterable[str]:
    yield name
    number = 1
    while True:
        suffix = f" ({source[:30]}{'' if number == 1 else f' {number}'})"
        yield f"{name[: _LONGEST_NAME - len(suffix)]}{suffix}"
        number += 1


def _describe(
    member: Member,
    one: Met,
    known: Known,
    settings: BoardSettings,
    report: ImportReport,
    *,
    is_new: bool,
) -> None:
    """Fill in what the page says and no page said before. Members who signed in are left alone."""
    if member.erased_at or (not is_new and (member.email or member.has_usable_password())):
        return
    author = one.author
    about = {} if is_new else known.about(Kind.TOTALS, str(member.pk))
    said = set(about.get("said", []))
    changed: set[str] = set()
    if one.is_author and "author" not in said:
        said.add("author")
        changed |= _describe_author(member, one, settings, report)
    if one.signature and "signature" not in said:
        said.add("signature")
        member.signature_source = one.signature
        member.signature_html = render(one.signature, signature_options()).html
        member.signature_renderer = RENDERER_VERSION
        changed |= {"signature_source", "signature_html", "signature_renderer"}
    for saved in author.fields:
        label = clean_line(saved.label)[:60]
        mark = f"field {fold_name(label)}"
        if mark not in said and saved.value:
            said.add(mark)
            key = _field_key(label, len(saved.value), report)
            member.fields = {**member.fields, key: " ".join(saved.value.split())}
            changed.add("fields")
    if changed:
        member.save(update_fields=sorted(changed))
    if said != set(about.get("said", [])):
        known.note(Kind.TOTALS, str(member.pk), member.pk, {**about, "said": sorted(said)})


def _describe_author(
    member: Member, one: Met, settings: BoardSettings, report: ImportReport
) -> set[str]:
    author = one.author
    member.location = clean_line(author.location)[:100]
    member.custom_title = _custom_title(author, settings)
    if author.joined:
        # Noon of the first: the same month in every zone.
        member.joined_at = datetime(*author.joined, 1, 12, tzinfo=UTC)
    else:
        member.joined_at = min(member.joined_at, one.met_at)
    if author.user_title.lower() in _STAFF_TITLES:
        report.note(f"{author.name} was {author.user_title} there; no right was given here")
    if author.has_avatar:
        report.note(f"the picture of {author.name} is not in the page")
    return {"location", "custom_title", "joined_at"}


def _custom_title(author: SavedAuthor, settings: BoardSettings) -> str:
    """The page's title, empty where the count of posts gives the same one here."""
    title = clean_line(author.user_title)[:60]
    by_count = title_for(
        custom_title="", group_title="", post_count=author.post_count or 0, settings=settings
    )
    return "" if title.casefold() == by_count.casefold() else title


def _field_key(label: str, length: int, report: ImportReport) -> str:
    """The key of the profile field with that label, which is made where there is none."""
    found = ProfileField.objects.filter(label__iexact=label).first()
    if found is None:
        last = ProfileField.objects.aggregate(last=Max("position"))["last"]
        found = ProfileField.objects.create(
            key=_free_key(label), label=label, position=0 if last is None else last + 10
        )
        report.fields += (label,)
        rights_changed()
    if length > found.longest:
        found.longest = length
        found.save(update_fields=["longest"])
        rights_changed()
    return found.key


def _free_key(label: str) -> str:
    start = slugify(label, limit=30).strip("-") or "field"
    taken = set(ProfileField.objects.filter(key__startswith=start).values_list("key", flat=True))
    return next(
        key for key in (start, *(f"{start}-{n}" for n in range(2, 10_000))) if key not in taken
    )
