"""The tree to HTML. The second half of the first wall: everything is escaped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paceline.lib.texts import size_in_words
from paceline.markup import tree
from paceline.markup.addresses import path_at, shorten_address
from paceline.markup.code_colours import MAX_CHARS_A_POST, coloured
from paceline.markup.facts import AttachmentFact, Facts
from paceline.markup.languages import LANGUAGES
from paceline.markup.media_hosts import HOST_TITLES

Writer = Callable[[Any, Any, bool], str]


def to_html(
    document: tree.Document,
    facts: Facts,
    *,
    nofollow: bool,
    heading_level: int = 1,
    own_hosts: tuple[str, ...] = (),
) -> str:
    """HTML in the spelling of a browser's own serializer; empty where nothing is visible.

    `heading_level` is the level of the writer's largest heading, as the page around it needs it.
    Links to `own_hosts` lead within the board, also where the facts do not say so.
    """
    serializer = _Serializer(document, facts, nofollow, heading_level, own_hosts)
    writers = _WRITERS
    out: list[str] = []
    write = out.append
    for node, is_start in tree.walk(document):
        if type(node) is str:
            if not serializer.is_replaced:
                write(escape(node))
        else:
            write(writers[type(node)](serializer, node, is_start))
    return "".join(out)


@dataclass(slots=True)
class _Rows:
    """How many rows of a table are its head, how many there are, and how many are written."""

    head: int
    all: int
    done: int = 0


class _Serializer:
    def __init__(
        self,
        document: tree.Document,
        facts: Facts,
        nofollow: bool,
        heading_level: int,
        own_hosts: tuple[str, ...],
    ) -> None:
        self._facts = facts
        self._own_hosts = own_hosts
        self._rel = "nofollow ugc noopener" if nofollow else "noopener"
        self._heading_level = heading_level
        self._key = f"post-{document.key or '0'}"
        # Inside a link whose words something else stands in for.
        self.is_replaced = False
        self._links = 0
        # For the lists around: whether items are paragraphs; for the items: whether theirs are
        # written without tags.
        self._loose: list[bool] = []
        self._bare: list[bool] = []
        self._tables: list[_Rows] = []
        self._coloured_left = MAX_CHARS_A_POST

    # Inline

    def _paragraph(self, node: tree.Paragraph, is_start: bool) -> str:
        if self._bare and self._bare[-1]:
            return ""
        return "<p>" if is_start else "</p>"

    def _link(self, node: tree.Link, is_start: bool) -> str:
        self._links += 1 if is_start else -1
        if not is_start:
            self.is_replaced = False
            return "</a>"
        inside = self._facts.links.get(node.address)
        if inside is None:
            title = node.address if node.is_shortened else node.title
            return self._opening(node.address, title)
        if not (node.is_bare and inside.title):
            return self._opening(inside.path, node.title)
        self.is_replaced = True
        return self._opening(inside.path, "") + escape(inside.title)

    def _opening(self, address: str, title: str) -> str:
        address = path_at(address, self._own_hosts) or address
        titled = f' title="{quote(title)}"' if title else ""
        rel = "" if address.startswith("/") else f' rel="{self._rel}"'
        return f'<a href="{quote(address)}"{titled}{rel}>'

    def _image(self, node: tree.Image, is_start: bool) -> str:
        if self.is_replaced:
            return ""
        picture = self._facts.picture
        address, width, height = node.address, node.width, node.height
        if picture is not None:
            served = picture(address)
            if served is None:
                shown = escape(node.description or shorten_address(address))
                return shown if self._links else f"{self._opening(address, '')}{shown}</a>"
            address = served.address
            if served.width and served.height:
                width, height = _within(served.width, served.height, width, height)
        return _img(address, node.description, node.title, width, height)

    def _attached(self, node: tree.Attached, is_start: bool) -> str:
        if self.is_replaced:
            return ""
        fact = self._facts.attachments.get(node.attachment_id)
        if fact is None:
            return escape(node.words or f"[attachment {node.attachment_id}]")
        return attached_html(fact, node.words, is_in_link=self._links > 0)

    def _smilie(self, node: tree.Smilie, is_start: bool) -> str:
        if self.is_replaced:
            return ""
        if node.picture:
            return (
                f'<img class="smilie" src="{quote(node.picture)}" alt="{quote(node.name)}"'
                f' loading="lazy" referrerpolicy="no-referrer">'
            )
        return (
            f'<span class="smilie" role="img" aria-label="{quote(node.name)}">'
            f"{escape(node.emoji)}</span>"
        )

    def _mention(self, node: tree.Mention, is_start: bool) -> str:
        if self.is_replaced:
            return ""
        shown = escape("@" + node.name)
        path = None if self._links else self._facts.members.get(node.name.casefold())
        return f'<a class="mention" href="{quote(path)}">{shown}</a>' if path else shown

    def _hidden(self, node: tree.Hidden, is_start: bool) -> str:
        return '<span class="hidden-words" tabindex="0">' if is_start else "</span>"

    def _anchor_link(self, node: tree.AnchorLink, is_start: bool) -> str:
        self._links += 1 if is_start else -1
        return f'<a href="#{self._key}-{node.name}">' if is_start else "</a>"

    def _footnote_mark(self, node: tree.FootnoteMark, is_start: bool) -> str:
        number, key = node.number, self._key
        if self._links:
            return f'<sup class="footnote">{number}</sup>'
        return (
            f'<sup class="footnote"><a id="{key}-call-{number}-{node.call}"'
            f' href="#{key}-note-{number}">{number}</a></sup>'
        )

    # Blocks

    def _quote(self, node: tree.Quote, is_start: bool) -> str:
        self._begin_inner(is_start)
        if not is_start:
            return "</blockquote>"
        author = escape(node.author)
        if node.post_id is not None:
            where = f'<a href="/p/{node.post_id}/">{author or "Quoted post"}</a>'
            cite = f"<cite>{where}{' wrote:' if author else ''}</cite>"
        else:
            cite = f"<cite>{author} wrote:</cite>" if author else ""
        return f'<blockquote class="quote">{cite}'

    def _code(self, node: tree.Code, is_start: bool) -> str:
        spoken = f' class="language-{node.language}"' if node.language in LANGUAGES else ""
        # A browser leaves out the first line end after <pre>, but none within <code>.
        return f"<pre><code{spoken}>{self._coloured(node)}</code></pre>"

    def _coloured(self, node: tree.Code) -> str:
        self._coloured_left -= len(node.text) if node.language else 0
        if not node.language or self._coloured_left < 0:
            return escape(node.text)
        return "".join(
            f'<span class="hl-{name}">{escape(piece)}</span>' if name else escape(piece)
            for name, piece in coloured(node.text, node.language)
        )

    def _heading(self, node: tree.Heading, is_start: bool) -> str:
        level = min(node.level + self._heading_level - 1, 6)
        return f"<{'' if is_start else '/'}h{level}>"

    def _item_list(self, node: tree.ItemList, is_start: bool) -> str:
        if not is_start:
            self._loose.pop()
            return "</ol>" if node.numbering else "</ul>"
        self._loose.append(node.is_loose)
        if not node.numbering:
            return "<ul>"
        start = "" if node.start == 1 else f' start="{node.start}"'
        return f"<ol{start}>" if node.numbering == "1" else f'<ol type="{node.numbering}"{start}>'

    def _item(self, node: tree.Item, is_start: bool) -> str:
        if not is_start:
            self._bare.pop()
            return "</li>"
        self._bare.append(not self._loose[-1] and _are_apart(node.children))
        if node.is_done is None:
            return "<li>"
        sign, name = ("☑", "done") if node.is_done else ("☐", "to do")
        return f'<li class="task"><span class="box" role="img" aria-label="{name}">{sign}</span> '

    def _spoiler(self, node: tree.Spoiler, is_start: bool) -> str:
        self._begin_inner(is_start)
        if not is_start:
            return "</details>"
        return f'<details class="spoiler"><summary>{escape(node.title or "Spoiler")}</summary>'

    def _aligned(self, node: tree.Aligned, is_start: bool) -> str:
        self._begin_inner(is_start)
        return f'<div class="align-{node.side}">' if is_start else "</div>"

    def _indented(self, node: tree.Indented, is_start: bool) -> str:
        self._begin_inner(is_start)
        return '<div class="indented">' if is_start else "</div>"

    def _begin_inner(self, is_start: bool) -> None:
        """In a block within an item paragraphs have their tags again."""
        if is_start:
            self._bare.append(False)
        else:
            self._bare.pop()

    def _table(self, node: tree.Table, is_start: bool) -> str:
        if not is_start:
            self._tables.pop()
            return "</table></div>"
        self._tables.append(_Rows(head=_head_rows(node), all=len(node.children)))
        return '<div class="table-scroll" tabindex="0"><table>'

    def _row(self, node: tree.Row, is_start: bool) -> str:
        rows = self._tables[-1]
        if is_start:
            begins_body = "<tbody>" if rows.done == rows.head else ""
            return ("<thead>" if rows.done == 0 and rows.head else begins_body) + "<tr>"
        rows.done += 1
        ends_body = "</tbody>" if rows.done == rows.all else ""
        return "</tr>" + ("</thead>" if rows.done == rows.head else ends_body)

    def _cell(self, node: tree.Cell, is_start: bool) -> str:
        name = "th" if node.is_heading else "td"
        if not is_start:
            self._bare.pop()
            return f"</{name}>"
        self._bare.append(_are_apart(node.children))
        side = f' align="{node.side}"' if node.side else ""
        columns = f' colspan="{node.columns}"' if node.columns > 1 else ""
        rows = f' rowspan="{node.rows}"' if node.rows > 1 else ""
        return f"<{name}{side}{columns}{rows}>"

    def _media(self, node: tree.Media, is_start: bool) -> str:
        embed = f' data-embed="{quote(node.embed)}"' if node.embed else ""
        host = HOST_TITLES.get(node.host, "")
        if node.host == "file":
            host = "Film" if node.kind == "video" else "Sound"
        label = f'<span class="media-host">{escape(host)}</span> ' if host else ""
        shown = escape(node.title or shorten_address(node.address))
        picture = _card_picture(node)
        return (
            f'<div class="media media-{quote(node.kind)}"{embed}>{picture}'
            f"{self._opening(node.address, '')}{label}{shown}</a></div>"
        )

    def _link_card(self, node: tree.LinkCard, is_start: bool) -> str:
        picture = _card_picture(node)
        site = f'<span class="link-site">{escape(node.site)}</span>'
        words = f"<p>{escape(node.description)}</p>"
        return (
            f'<div class="link-card">{picture}{site}'
            f"{self._opening(node.address, '')}{escape(node.title)}</a>"
            f"{words if node.description else ''}</div>"
        )

    def _footnotes(self, node: tree.Footnotes, is_start: bool) -> str:
        return '<section class="footnotes"><ol>' if is_start else "</ol></section>"

    def _footnote(self, node: tree.Footnote, is_start: bool) -> str:
        self._begin_inner(is_start)
        if is_start:
            return f'<li id="{self._key}-note-{node.number}">'
        back = 'aria-label="Back to the text">↩</a>'
        calls = range(1, node.calls + 1)
        links = [f' <a href="#{self._key}-call-{node.number}-{call}" {back}' for call in calls]
        return "".join(links) + "</li>"


# What writes each kind of node but text.
_WRITERS: dict[type, Writer] = {
    tree.Paragraph: _Serializer._paragraph,
    tree.LineBreak: lambda self, node, is_start: "<br>",
    tree.SoftBreak: lambda self, node, is_start: "\n",
    tree.Emphasis: lambda self, node, is_start: f"<{'' if is_start else '/'}{node.kind}>",
    tree.Link: _Serializer._link,
    tree.Image: _Serializer._image,
    tree.Attached: _Serializer._attached,
    tree.Smilie: _Serializer._smilie,
    tree.Mention: _Serializer._mention,
    tree.CodeSpan: lambda self, node, is_start: f"<code>{escape(node.text)}</code>",
    tree.Inked: lambda self, node, is_start: _span(f"ink-{node.ink}", is_start),
    tree.Sized: lambda self, node, is_start: _span(f"size-{node.size}", is_start),
    tree.Faced: lambda self, node, is_start: _span(f"face-{node.face}", is_start),
    tree.Hidden: _Serializer._hidden,
    # No <a>: it may stand within a link.
    tree.Anchor: lambda self, node, is_start: f'<span id="{self._key}-{node.name}"></span>',
    tree.AnchorLink: _Serializer._anchor_link,
    tree.FootnoteMark: _Serializer._footnote_mark,
    tree.Quote: _Serializer._quote,
    tree.Code: _Serializer._code,
    tree.Heading: _Serializer._heading,
    tree.ItemList: _Serializer._item_list,
    tree.Item: _Serializer._item,
    tree.Spoiler: _Serializer._spoiler,
    tree.Aligned: _Serializer._aligned,
    tree.Indented: _Serializer._indented,
    tree.Table: _Serializer._table,
    tree.Row: _Serializer._row,
    tree.Cell: _Serializer._cell,
    tree.Rule: lambda self, node, is_start: "<hr>",
    tree.Media: _Serializer._media,
    tree.LinkCard: _Serializer._link_card,
    tree.Footnotes: _Serializer._footnotes,
    tree.Footnote: _Serializer._footnote,
}


def attached_html(fact: AttachmentFact, words: str, *, is_in_link: bool) -> str:
    """A file of a post: its thumbnail where it has one, else its name and size, as a link."""
    if fact.is_picture and fact.thumbnail:
        shown = _img(fact.thumbnail, words or fact.name, "", fact.width, fact.height)
    else:
        shown = escape(f"{words or fact.name} ({size_in_words(fact.size)})")
    if is_in_link:
        return shown
    return f'<a class="attachment" href="{quote(fact.address)}">{shown}</a>'


def escape(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\xa0", "&nbsp;")
    )


def quote(value: str) -> str:
    """Text as the value of an attribute, without the quotation marks around it."""
    return escape(value).replace('"', "&quot;")


def _span(name: str, is_start: bool) -> str:
    return f'<span class="{name}">' if is_start else "</span>"


def _img(address: str, description: str, title: str, width: int, height: int) -> str:
    titled = f' title="{quote(title)}"' if title else ""
    sized = (f' width="{width}"' if width else "") + (f' height="{height}"' if height else "")
    return (
        f'<img class="post-image" src="{quote(address)}" alt="{quote(description)}"{titled}{sized}'
        f' loading="lazy" referrerpolicy="no-referrer">'
    )


def _card_picture(node: tree.Media | tree.LinkCard) -> str:
    if not node.picture:
        return ""
    sized = f' width="{node.width}" height="{node.height}"' if node.width else ""
    return (
        f'<img class="link-picture" src="{quote(node.picture)}" alt=""{sized}'
        f' loading="lazy" referrerpolicy="no-referrer">'
    )


def _within(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """The picture's own measures, made smaller where the writer asked for it."""
    scale = min(
        1.0,
        most_width / width if most_width else 1.0,
        most_height / height if most_height else 1.0,
    )
    return max(1, round(width * scale)), max(1, round(height * scale))


def _are_apart(blocks: list[tree.Block]) -> bool:
    """Whether no paragraph follows another, so that each can do without its tags."""
    was_paragraph = False
    for block in blocks:
        is_paragraph = isinstance(block, tree.Paragraph)
        if is_paragraph and was_paragraph:
            return False
        was_paragraph = is_paragraph
    return True


def _head_rows(table: tree.Table) -> int:
    """How many rows from above have headings alone."""
    count = 0
    while count < len(table.children) and all(
        cell.is_heading for cell in table.children[count].children
    ):
        count += 1
    return count
