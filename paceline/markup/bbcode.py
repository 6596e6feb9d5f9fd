"""BB code to the tree: what each tag means."""

import re
from typing import cast

from paceline.markup import tree
from paceline.markup.addresses import describe_image, shorten_address
from paceline.markup.builder import Builder, Frame, Style
from paceline.markup.options import Options
from paceline.markup.tags import BLOCKS, FORMATS, Tag, read_tags
from paceline.markup.words import Words

MAX_AUTHOR_CHARS = 200

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
    """Reads one post."""

    def __init__(self, source: str, options: Options) -> None:
        self._source = source
        self._options = options
        self._builder = Builder()
        self._words = Words(self._builder, smilies=options.smilies)
        # What is begun by a tag, to be ended by its partner.
        self._begun: dict[Tag, Frame | Style | None] = {}

    def read_bbcode(self) -> tree.Document:
        position = 0
        for tag in read_tags(self._source):
            if not tag.is_paired:
                continue
            self._words.read(self._source, position, tag.start)
            position = tag.end if self._read_tag(tag) else tag.start
        self._words.read(self._source, position, len(self._source))
        return self._builder.finish()

    def read_plain(self) -> tree.Document:
        """As typed, with line ends, addresses, names and smilies only."""
        self._words.read(self._source, 0, len(self._source))
        return self._builder.finish()

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
            self._words.read_as_typed(tag.body or "")
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
            self._words.add_address(tag.address, tag.body.strip())
        elif not tag.is_closing:
            self._begun[tag] = self._builder.begin_link(tag.address)
        else:
            opening = cast(Tag, tag.partner)
            style = self._begun.pop(opening)
            self._builder.end_link(
                cast("Style | None", style), shorten_address(opening.argument.strip())
            )

    def _read_image(self, address: str) -> None:
        if self._options.images:
            self._builder.add_image(tree.Image(address, describe_image(address)))
        else:
            self._words.add_address(address, address)


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
