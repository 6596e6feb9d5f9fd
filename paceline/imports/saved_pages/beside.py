"""The lines beside a post: who wrote it, and what the board counts of them.

Both readers hand over the same lines, from a page's cells or from its text, and get one author.
The words are those of vBulletin 3's English phrases and of its two common add-ons, "post thanks"
and "mentioned, tagged, quoted".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from paceline.imports.saved_pages.dates import read_month
from paceline.imports.saved_pages.page import SavedAuthor, SavedField

_NUMBER = r"(\d[\d.,'\u202f ]*|n/a|N/A)"
_THREAD_STARTER = re.compile(r"thread starter", re.IGNORECASE)
_AVATAR = re.compile(r"(?P<name>.+)['’]s Avatar", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,38}?)\s*:\s*(?P<value>.*)")
_JOIN_DATE = re.compile(r"(?:Join Date|Joined|Registered|Date Registered)\s*:\s*(.*)", re.I)
_LOCATION = re.compile(r"Location\s*:\s*(.*)", re.I)
_POSTS = re.compile(rf"(?:Total )?Posts\s*:\s*{_NUMBER}", re.I)

# By form: the attributes of SavedAuthor that its numbers go to.
_COUNTERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(form.replace("N", _NUMBER, 2), re.I), names)
    for form, names in (
        (r"Mentioned\s*:\s*N(?:\s*Post\(s\)|\s*Posts?)?", ("mentioned_posts",)),
        (r"Tagged\s*:\s*N(?:\s*Thread\(s\)|\s*Threads?)?", ("tagged_threads",)),
        (r"Quoted\s*:\s*N(?:\s*Post\(s\)|\s*Posts?)?", ("quoted_posts",)),
        (r"(?:Likes|Likes \(Given\)|Likes Given|Thanks)\s*:\s*N", ("likes_given",)),
        (r"(?:Liked|Thanked) N Times? in N Posts?", ("liked_times", "liked_posts")),
        (r"Received N (?:Likes?|Thanks) on N Posts?", ("liked_times", "liked_posts")),
        (r"Likes \(Received\)\s*:\s*N", ("liked_times",)),
    )
)


@dataclass(slots=True)
class Beside:
    """What was read beside a post. `rest` are lines of no known form, in order."""

    author: SavedAuthor
    is_thread_starter: bool = False
    rest: list[str] = field(default_factory=list)


def read_beside(
    lines: Iterable[str], name: str, *, source_id: int | None = None, is_guest: bool = False
) -> Beside:
    """The author `name`, as the lines beside a post describe them (the name may be among them).

    The first line of no known form that stands before the others is the user's title.
    """
    found: dict[str, Any] = {}
    fields: list[SavedField] = []
    beside = Beside(SavedAuthor(name))
    seen_label = False
    for line in lines:
        if not line or line == name:
            continue
        if _THREAD_STARTER.fullmatch(line):
            beside.is_thread_starter = True
        elif _AVATAR.fullmatch(line):
            found["has_avatar"] = True
        elif _take_known(line, found):
            seen_label = True
        elif seen_label and (labelled := _LABELLED.fullmatch(line)):
            fields.append(SavedField(labelled["label"], labelled["value"]))
        elif seen_label and fields:
            fields[-1] = SavedField(fields[-1].label, f"{fields[-1].value}\n{line}".lstrip("\n"))
        elif not seen_label and "user_title" not in found:
            found["user_title"] = line
        else:
            beside.rest.append(line)
    joins = "join_date_text" in found
    beside.author = SavedAuthor(
        name,
        source_id=source_id,
        is_guest=is_guest or (source_id is None and not joins and _is_guest(found)),
        fields=tuple(fields),
        **found,
    )
    return beside


def is_counter(line: str) -> bool:
    """Whether the line counts what a member did, in a form that no post's text would have."""
    return any(form.fullmatch(line) for form, _ in _COUNTERS)


def is_usual(line: str) -> bool:
    """Whether the line is one of those above the counters: join date, location, age, posts."""
    return bool(
        _JOIN_DATE.fullmatch(line)
        or _LOCATION.fullmatch(line)
        or _POSTS.fullmatch(line)
        or re.fullmatch(r"Age\s*:\s*\d{1,3}", line, re.I)
    )


def is_post_count(line: str) -> bool:
    """Whether the line is `Posts: 640`, the last of the usual ones."""
    return bool(_POSTS.fullmatch(line))


def label_of(line: str) -> str:
    """The label of `Bikes: a blue one`; empty where the line has none."""
    found = _LABELLED.fullmatch(line)
    return found["label"] if found and found["value"] else ""


def read_number(text: str) -> int | None:
    """`13,558` or `13.558` as a number, None for `n/a`."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits and len(digits) <= 12 else None


def _take_known(line: str, found: dict[str, Any]) -> bool:
    simple: Sequence[tuple[re.Pattern[str], str, Callable[[str], Any]]] = (
        (_JOIN_DATE, "join_date_text", str),
        (_LOCATION, "location", str),
        (_POSTS, "post_count", read_number),
    )
    for form, name, read in simple:
        if (match := form.fullmatch(line)) and name not in found:
            found[name] = read(match[1])
            if name == "join_date_text":
                found["joined"] = read_month(match[1])
            return True
    for counter, names in _COUNTERS:
        if (match := counter.fullmatch(line)) and names[0] not in found:
            found.update(zip(names, map(read_number, match.groups()), strict=True))
            return True
    return False


def _is_guest(found: dict[str, Any]) -> bool:
    return found.get("post_count") is None
