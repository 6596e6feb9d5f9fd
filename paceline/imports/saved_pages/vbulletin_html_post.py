"""One post of vBulletin 3's HTML: header, author, title, body, signature, notes, likes.

Both of vBulletin's layouts are read: the author beside the post, or above it.
"""

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from paceline.imports.saved_pages import dates
from paceline.imports.saved_pages.beside import Beside, read_beside, read_number
from paceline.imports.saved_pages.finish import RawPost
from paceline.imports.saved_pages.html_source import complete, post_id_in, to_source
from paceline.imports.saved_pages.html_tree import (
    Index,
    elements_of,
    is_in,
    lines_of,
    text_of,
    value,
)
from paceline.imports.saved_pages.page import Liker, SavedAttachment, SavedEdit, SavedPost
from paceline.imports.saved_pages.phrases import looks_edited, own_title, read_edit, read_liked

SIGNATURE_LINE = re.compile(r"_{15,}")
_MEMBER_ID = re.compile(r"[?&]u=(\d{1,18})\b|/members?/(\d{1,18})-|-u(\d{1,18})/|/u(\d{1,18})/")
_NUMBER = re.compile(r"#\s*(\d{1,9})\b")
_AVATAR_ALT = re.compile(r"['’]s Avatar\s*$", re.IGNORECASE)
_AVATAR_SRC = re.compile(r"image\.php\?.*\bu=\d|customavatars/|/avatars/", re.IGNORECASE)
_ONLINE = re.compile(r"user_(online|offline)\.", re.IGNORECASE)
_MOST_STEPS = 40  # levels that are climbed to find what encloses a post


@dataclass(slots=True)
class _Around:
    """The elements of one post: `root` encloses all but the likes, `message` the words."""

    key: str
    root: LexborNode
    message: LexborNode
    index: Index
    base_url: str

    def find(self, prefix: str, suffix: str = "") -> LexborNode | None:
        """The element of this post whose id begins so."""
        return self.index.ids.get(f"{prefix}{self.key}{suffix}")

    @property
    def anchor(self) -> LexborNode | None:
        """The anchor that links to the post lead to; it stands beside the date."""
        return self.index.anchors.get(f"post{self.key}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole page says that its posts are read with."""

    index: Index
    thread_title: str
    base_url: str


def read_post(root: LexborNode, message: LexborNode, setting: Setting, line: int) -> RawPost:
    """The post whose words stand in `message` (`post_message_…`), with all else inside `root`."""
    key = value(message, "id").removeprefix("post_message_")
    base_url = setting.base_url
    around = _Around(key, root, message, setting.index, base_url)
    like_count, liked_by = _likes(around)
    beside, leftover = _beside(around)
    below = _below(around)
    return RawPost(
        SavedPost(
            beside.author,
            source_id=int(key) if key.isdigit() else _id_elsewhere(root),
            number=_number(around),
            date_text=_date(around),
            title=own_title(_title(around), setting.thread_title),
            is_thread_starter=beside.is_thread_starter,
            body_source=to_source(message, base_url),
            signature_source=below.signature,
            edit=below.edit,
            attachments=tuple(below.attachments),
            is_online=_is_online(around),
            like_count=like_count,
            liked_by=liked_by,
            is_wiki=not key.isdigit(),
            url=complete(value(around.find("postcount"), "href"), base_url),
            line=line,
        ),
        [*leftover, *below.leftover],
    )


def member_id_in(url: str) -> int | None:
    """The member's id in an address of a profile."""
    found = _MEMBER_ID.search(url)
    return int(next(filter(None, found.groups()))) if found else None


def _likes(around: _Around) -> tuple[int, tuple[Liker, ...]]:
    """How many liked the post and who is named, from the box below it or its thumb."""
    box = around.find("post_thanks_box_")
    bold = [text_of(strong) for strong in box.css("strong, b")] if box is not None else []
    stated = next(filter(None, map(read_liked, bold)), None)
    if box is None or stated is None:
        thumb = around.root.css_first("i.fa-thumbs-up")
        digits = text_of(thumb.parent) if thumb is not None and thumb.parent is not None else ""
        return read_number(digits) or 0 if len(digits) < 12 else 0, ()
    hrefs = ((link, value(link, "href")) for link in box.css("a[href]"))
    likers = tuple(
        Liker(text_of(link), member_id_in(href))
        for link, href in hrefs
        if "member" in href and text_of(link)
    )
    return max(stated.count or 0, len(likers)), likers


def _id_elsewhere(root: LexborNode) -> int | None:
    """The id of a post that is shown out of its place: its link leads there."""
    hrefs = (value(link, "href") for link in root.css("a[href]"))
    return next(filter(None, map(post_id_in, hrefs)), None)


def _highest_without(node: LexborNode, other: LexborNode) -> LexborNode:
    """The outermost element around `node` that does not hold `other` as well."""
    for _ in range(_MOST_STEPS):
        parent = node.parent
        if parent is None or not parent.is_element_node or is_in(other, parent):
            return node
        node = parent
    return node


def _number(around: _Around) -> int | None:
    count = around.find("postcount")
    typed = value(count, "name") or (text_of(count) if count is not None else "")
    if typed.isdigit():
        return int(typed[:9])
    anchor = around.anchor
    found = _NUMBER.search(text_of(_row(anchor))) if anchor is not None else None
    return int(found[1]) if found else None


def _row(node: LexborNode) -> LexborNode:
    """The table's row, or what is drawn as one, around a node."""
    for _ in range(_MOST_STEPS):
        is_row = node.tag == "tr" or "trow" in value(node, "class").split()
        if is_row or node.parent is None or not node.parent.is_element_node:
            return node
        node = node.parent
    return node


def _date(around: _Around) -> str:
    anchor = around.anchor
    cell = anchor.parent if anchor is not None else around.root
    lines = lines_of(cell) if cell is not None else []
    for line in lines[:12]:
        if dates.is_date(line):
            return line
    return lines[0][:80] if anchor is not None and lines else ""


def _beside(around: _Around) -> tuple[Beside, list[str]]:
    menu = around.find("postmenu_")
    if menu is None:
        return read_beside((), ""), []
    link = menu.css_first("a.bigusername") or menu.css_first('a[href*="member"]')
    own_lines = lines_of(link if link is not None else menu)
    name = " ".join(own_lines) if link is not None else (own_lines or [""])[0]
    source_id = member_id_in(value(link, "href")) or _id_in_menu(around)
    cell = _highest_without(menu, around.message)
    beside = read_beside(
        lines_of(cell), name, source_id=source_id, is_guest=link is None and source_id is None
    )
    avatar = _avatar(cell)
    if avatar is not None:
        url = complete(value(avatar, "src"), around.base_url)
        beside.author = replace(beside.author, has_avatar=True, avatar_url=url)
    return beside, beside.rest


def _id_in_menu(around: _Around) -> int | None:
    """A name without an address may still stand over a menu that has the member's id."""
    popup = around.find("postmenu_", "_menu")
    hrefs = (value(link, "href") for link in popup.css("a[href]")) if popup is not None else ()
    return next(filter(None, map(member_id_in, hrefs)), None)


def _avatar(cell: LexborNode) -> LexborNode | None:
    for image in cell.css("img"):
        src = value(image, "src")
        if _AVATAR_ALT.search(value(image, "alt")) or _AVATAR_SRC.search(src):
            return image
    return None


def _title(around: _Around) -> str:
    """The bold line above the words, with a rule under it."""
    cell = around.find("td_post_")
    for child in elements_of(cell) if cell is not None else ():
        if is_in(around.message, child):
            break
        strong = child.css_first("strong")
        if strong is not None:
            return text_of(strong)
    return ""


def _is_online(around: _Around) -> bool | None:
    for image in around.root.css('img[src*="user_o"]'):
        found = _ONLINE.search(value(image, "src"))
        if found:
            return found[1].lower() == "online"
    return None


@dataclass(slots=True)
class _Below:
    """What stands under a post's words in its cell."""

    signature: str = ""
    edit: SavedEdit | None = None
    attachments: list[SavedAttachment] = field(default_factory=list)
    leftover: list[str] = field(default_factory=list)


def _below(around: _Around) -> _Below:
    below = _Below()
    for node in _following(around.message):
        lines = lines_of(node)
        if not lines:
            continue
        if SIGNATURE_LINE.fullmatch(lines[0]):
            written = to_source(node, around.base_url)
            below.signature = SIGNATURE_LINE.sub("", written, count=1).strip()
        elif looks_edited(lines[0]):
            below.edit = read_edit(" ".join(lines))
            if below.edit is None:
                below.leftover.append(" ".join(lines))
        elif node.css_first('a[href*="attachment"]') is not None:
            below.attachments.extend(_attachments(node, around.base_url))
        else:
            below.leftover.extend(lines)
    return below


def _following(message: LexborNode) -> list[LexborNode]:
    """The elements after the words in the post's cell."""
    found: list[LexborNode] = []
    node = message.next
    while node is not None:
        if node.is_element_node and node.tag not in {"script", "style"}:
            found.append(node)
        node = node.next
    return found


def _attachments(node: LexborNode, base_url: str) -> list[SavedAttachment]:
    found: dict[str, SavedAttachment] = {}
    for link in node.css('a[href*="attachment"]'):
        url = complete(value(link, "href"), base_url)
        image = link.css_first("img")
        about = value(image, "title") or value(image, "alt")
        name = text_of(link) or re.sub(r"^.*?:\s*", "", about)
        source_id = re.search(r"attachmentid=(\d{1,18})|/attachments?/[^\"]*?(\d{1,18})-", url)
        number = int(source_id[1] or source_id[2]) if source_id else None
        if name or url not in found:
            found[url] = SavedAttachment(name, url, number)
    return list(found.values())
