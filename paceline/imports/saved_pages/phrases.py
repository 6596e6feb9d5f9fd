"""vBulletin 3's English phrases, as both readers meet them: one line of text in, values out."""

import re
from dataclasses import dataclass

from paceline.imports.saved_pages.page import Rule, SavedEdit

_EDITED = re.compile(
    r"Last edited by (?P<by>.{1,100}?)\s*;\s*(?P<date>[^;]{6,60}?)\s*\.?"
    r"(?:\s*Reason\s*:\s*(?P<reason>.*))?",
    re.IGNORECASE,
)
_LIKED = re.compile(
    r"The following (?:(?P<n>[\d,.]+) )?(?:users?|members?) "
    r"(?:liked? this post|likes this post|says? thank you to .{1,100} for this (?:useful )?post)"
    r"(?: by .{1,100})?\s*:|Likes For .{1,100}:",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"(?P<name>\S.{0,200}?)\s*\([\d.,]+\s*(?:bytes|KB|MB), [\d,]+ views?\)", re.IGNORECASE
)
_ATTACHED_HEADING = re.compile(r"Attached (?:Images?|Thumbnails?|Files?)", re.IGNORECASE)
_REPLY_TO = re.compile(r"^re\s*:\s*", re.IGNORECASE)
_MAY = re.compile(r"You (may not|may) (post [a-z ]{3,40}|edit your posts|[a-z ]{3,40})", re.I)
_SWITCH = re.compile(
    r"(BB code|vB code|Smilies|\[IMG\]|\[VIDEO\]|HTML|Trackbacks?|Pingbacks?|Refbacks?)"
    r"(?: code)? (?:is|are) (On|Off)\b",
    re.IGNORECASE,
)
_ANY_RULE = re.compile(
    r"You may (?:not )?(?:post new threads|post replies|post attachments|edit your posts|post polls"
    rf"|vote in polls)|{_SWITCH.pattern}",
    re.IGNORECASE,
)
_PAGER = re.compile(r"Page (\d[\d,]{0,7}) of (\d[\d,]{0,7})(?:\s+[<>«»\d].*)?", re.IGNORECASE)
_SHORT_PAGER = re.compile(r"(?:[•*+-]\s*)?(\d[\d,]{0,7}) / (\d[\d,]{0,7})")
_ZONE = re.compile(r"All times are (.{1,60}?)\s*\.\s*(?:The )?time now is", re.IGNORECASE)
_GMT = re.compile(r"(?:GMT|UTC)\s*(?:(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Pager:
    """Page `page` of `count`, both from 1."""

    page: int
    count: int


@dataclass(frozen=True, slots=True)
class Liked:
    """The heading of a list of names: how many it states, or None where it does not."""

    count: int | None


def read_edit(line: str) -> SavedEdit | None:
    """`Last edited by Bo; 10-05-08 at 07:31 PM. Reason: typo`, its moment not read yet."""
    found = _EDITED.fullmatch(" ".join(line.split()))
    if found is None:
        return None
    reason = (found["reason"] or "").strip()
    return SavedEdit(found["by"], found["date"].rstrip(" ."), reason=reason)


def looks_edited(line: str) -> bool:
    """Whether the line begins like the note of an edit."""
    return line.startswith("Last edited by ")


def own_title(title: str, thread_title: str) -> str:
    """A post's title, empty where it is the thread's with or without "Re:"."""
    same = {title.strip().casefold(), _REPLY_TO.sub("", title.strip()).casefold()}
    return "" if thread_title.strip().casefold() in same else title.strip()


def read_liked(line: str) -> Liked | None:
    """`The following 3 users liked this post by Bo:`, or the "thank you" of an older add-on."""
    found = _LIKED.fullmatch(line.strip())
    if found is None:
        return None
    return Liked(int(re.sub(r"\D", "", found["n"])) if found["n"] else None)


def read_attached(line: str) -> str | None:
    """The name of an attached file in its line, empty for the heading above such lines."""
    if _ATTACHED_HEADING.fullmatch(line):
        return ""
    found = _ATTACHED.fullmatch(line)
    return found["name"] if found else None


def read_rule(line: str) -> Rule | None:
    """One line of the rules box."""
    line = " ".join(line.split())
    if found := _MAY.fullmatch(line):
        return Rule(found[2].strip(), found[1].lower())
    if found := _SWITCH.fullmatch(line):
        return Rule(found[1], found[2].capitalize())
    return None


def find_rules(text: str) -> tuple[Rule, ...]:
    """The rules box in a longer text on one line, whatever stood between its lines."""
    rules: dict[str, Rule] = {}
    for found in _ANY_RULE.finditer(text):
        if rule := read_rule(found[0]):
            rules.setdefault(rule.name, rule)
    return tuple(rules.values())


def read_pager(text: str) -> Pager | None:
    """`Page 2 of 9` with or without the pages behind it, or `2 / 9`; alone on its line."""
    found = _PAGER.fullmatch(text.strip()) or _SHORT_PAGER.fullmatch(text.strip())
    if found is None:
        return None
    page, count = (int(number.replace(",", "")) for number in found.groups())
    return Pager(page, count) if 1 <= page <= count else None


def read_zone(text: str) -> str:
    """The zone of `All times are GMT -5. The time now is 11:40 PM.`, empty where it is not said."""
    found = _ZONE.search(text)
    return found[1].strip() if found else ""


def read_footer_links(line: str) -> tuple[str, ...]:
    """The names in `Contact Us - Archive - Terms of Service - `, empty where it is no such line.

    "Top", which every vBulletin page puts last, leads to the page itself and is left out.
    """
    names = [name.strip() for name in re.split(r"\s+-(?:\s+|$)", line.strip()) if name.strip()]
    if len(names) < 2 or "Contact Us" not in names:
        return ()
    return tuple(name for name in names[names.index("Contact Us") :] if name != "Top")


def is_copyright(line: str) -> bool:
    """Whether the line states the site's copyright, rather than the program's."""
    has_sign = "©" in line or line.lower().startswith("copyright")
    return has_sign and not re.search(r"vBulletin|Jelsoft|vBSEO|Powered by", line, re.IGNORECASE)


def zone_name(note: str) -> str:
    """The IANA name of a zone such as `GMT -5`, empty where there is none (`GMT +5:30`).

    `Etc/GMT+5` is five hours behind: its sign is that of POSIX.
    """
    found = _GMT.fullmatch(note.strip())
    if found is None or int(found["minutes"] or 0):
        return ""
    hours = int(found["hours"] or 0)
    if hours > 14 or (found["sign"] == "-" and hours > 12):
        return ""
    return f"Etc/GMT{'-' if found['sign'] == '+' else '+'}{hours}" if hours else "UTC"
