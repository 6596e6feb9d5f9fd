"""BB code to the tree: what each tag means."""

import re
from collections.abc import Callable
from typing import cast

from paceline.markup import tree
from paceline.markup.addresses import describe_image, safe_address, shorten_address
from paceline.markup.autolink import find_specials
from paceline.markup.builder import Builder, Frame, Style
from paceline.markup.smilies import SMILIES
from paceline.markup.tags import BLOCKS, FORMATS, Tag, read_tags

MAX_AUTHOR_CHARS = 200
# Names whose address is asked for in one post; each may cost the caller a query.
MAX_NAMES = 100

_NUMBERINGS: dict[str, tree.Numbering] = {
    "1": "1",
    "a": "a",
    "A": "A",
    "i": "i",
    "I": "I",
    "decimal": "1",
}
# The post's number in the forms of vBulletin (name;5), of XenForo (name, post: 5, member: 3),
# and as an attribute of phpBB (post_id=5), MyBB (pid='5') and SMF (link=topic=1.msg5#msg5).
_POST_BEHIND_NAME = (
    re.compile(r"(?P<author>.*);\s*(?P<id>[0-9]{1,19})", re.DOTALL),
    re.compile(r"(?P<author>.*?),\s*post: (?P<id>[0-9]{1,19})(?:, member: [0-9]{1,19})?"),
)
_ATTRIBUTE = re.compile(
    r"""\s(?P<name>[a-z_]{1,20})\s?=\s?(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|"""
    r"""(?P<bare>[^\s"'][^\s]*(?:\s(?![a-z_]{1,20}\s?=)[^\s]*)*))""",
    re.IGNORECASE,
)
_SMF_LINK = re.compile(r"(?:.*\.)?msg([0-9]{1,19})")
_MAX_ID = 2**63 - 1


class Reader:
    """Reads one post. `member_url` gives the address of a member by name."""

    def __init__(
        self,
        source: str,
        *,
        smilies: bool,
        images: bool,
        member_url: Callable[[str], str | None] | None,
    ) -> None:
        self._source = source
        self._smilies = smilies
        self._images = images
        self._member_url = member_url
        self._member_urls: dict[str, str | None] = {}
        self._builder = Builder()
        # What is begun by a tag, to be ended by its partner.
        self._begun: dict[Tag, Frame | Style | None] = {}

    def read_bbcode(self) -> tree.Document:
        position = 0
        for tag in read_tags(self._source):
            if not tag.is_paired:
                continue
            self._read_words(position, tag.start)
            position = tag.end if self._read_tag(tag) else tag.start
        self._read_words(position, len(self._source))
        return self._builder.finish()

    def read_plain(self) -> tree.Document:
        """As typed, with line ends, addresses, names and smilies only."""
        self._read_words(0, len(self._source))
        return self._builder.finish()

    # Words

    def _read_words(self, start: int, end: int) -> None:
        builder, source, position = self._builder, self._source, start
        for find in find_specials(source, start, end, smilies=self._smilies):
            builder.add_text(source[position : find.start])
            position = find.end
            if find.kind == "lines":
                builder.end_line(find.end - find.start)
            elif find.kind == "smilie":
                builder.add_smilie(find.value, *SMILIES[find.value])
            elif find.kind == "name":
                builder.add_mention(find.value, self._address_of_member(find.value))
            else:
                self._read_address(find.value)
        builder.add_text(source[position:end])

    def _read_address(self, typed: str) -> None:
        address = safe_address(typed) if self._builder.takes_links else None
        if address is None:
            self._builder.add_text(typed)
        else:
            self._add_link(address, typed)

    def _add_link(self, address: str, typed: str) -> None:
        shown = shorten_address(typed)
        self._builder.add_link(address, shown, is_shortened=shown != typed)

    def _address_of_member(self, name: str) -> str | None:
        if self._member_url is None:
            return None
        key = name.casefold()
        if key not in self._member_urls:
            if len(self._member_urls) >= MAX_NAMES:
                return None
            self._member_urls[key] = self._member_url(name)
        return self._member_urls[key]

    # Tags

    def _read_tag(self, tag: Tag) -> bool:
        """Whether the tag was taken; one that was not is text."""
        if tag.name in FORMATS:
            kind = cast(tree.EmphasisKind, tag.name)
            if tag.is_closing:
                self._builder.end_simple(kind)
            else:
                self._builder.begin_simple(kind)
        elif tag.name == "*":
            return self._builder.end_item() if tag.is_closing else self._builder.begin_item()
        elif tag.name in BLOCKS:
            self._read_block(tag)
        elif tag.name in ("url", "email"):
            self._read_link(tag)
        elif tag.name == "img":
            self._read_image(tag.address)
        elif tag.name in ("noparse", "plain"):
            self._read_words_as_typed(tag.body or "")
        elif tag.body is not None:
            self._builder.add_code(tag.body.strip("\n"))
        return True

    def _read_block(self, tag: Tag) -> None:
        if tag.is_closing:
            frame = self._begun.pop(cast(Tag, tag.partner))
            self._builder.end_block(cast(Frame, frame))
        elif tag.name == "quote":
            self._begun[tag] = self._builder.begin_quote(*quote_of(tag))
        elif tag.name == "spoiler":
            self._begun[tag] = self._builder.begin_spoiler(_one_line(tag.argument))
        else:
            numbering = "1" if tag.name == "ol" else _NUMBERINGS.get(tag.argument, "")
            self._begun[tag] = self._builder.begin_list(numbering)

    def _read_link(self, tag: Tag) -> None:
        if tag.body is not None:
            self._add_link(tag.address, tag.body.strip())
        elif not tag.is_closing:
            self._begun[tag] = self._builder.begin_link(tag.address)
        else:
            opening = cast(Tag, tag.partner)
            style = self._begun.pop(opening)
            self._builder.end_link(
                cast("Style | None", style), shorten_address(opening.argument.strip())
            )

    def _read_image(self, address: str) -> None:
        if self._images:
            self._builder.add_image(address, describe_image(address))
        else:
            self._add_link(address, address)

    def _read_words_as_typed(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self._builder.end_line()
            self._builder.add_text(line)


def quote_of(tag: Tag) -> tuple[str, int | None]:
    """Author and post id of a quote's opening tag, in the forms of the usual boards."""
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(" " + tag.attributes):
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.setdefault(found["name"].lower(), value)
    author, post_id = tag.argument, None
    for pattern in _POST_BEHIND_NAME:
        if match := pattern.fullmatch(author):
            author, post_id = match["author"], _post_id(match["id"])
            break
    else:
        if match := re.search(r"\s(?:post_id|pid|post)=['\"]?([0-9]{1,19})\b", author):
            author, post_id = author[: match.start()], _post_id(match[1])
    author = author or attributes.get("author") or attributes.get("name") or ""
    for name in ("post_id", "pid", "post"):
        post_id = post_id or _post_id(attributes.get(name, ""))
    if post_id is None and (match := _SMF_LINK.match(attributes.get("link", ""))):
        post_id = _post_id(match[1])
    return _one_line(author), post_id


def _post_id(digits: str) -> int | None:
    number = int(digits) if re.fullmatch(r"[0-9]{1,19}", digits) else 0
    return number if 0 < number <= _MAX_ID else None


def _one_line(text: str) -> str:
    return " ".join(text[:MAX_AUTHOR_CHARS].split())
