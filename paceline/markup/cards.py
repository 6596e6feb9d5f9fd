"""An address that stands alone on a line, as the card that it stands for.

Films and sounds of the hosts known here become cards when a text is read; other pages when it is
written, and only those of which the board knows something (`Facts.previews`).
"""

from collections.abc import Iterator, Mapping

from paceline.markup import tree
from paceline.markup.facts import PreviewFact
from paceline.markup.media_hosts import MediaCard, find_media

# Later ones of a post stay links: a page of nothing but cards is no page.
MAX_MEDIA = 20
MAX_PREVIEWS = 10

_AROUND = (tree.Document, tree.Spoiler, tree.Aligned, tree.Indented)


def media_of(card: MediaCard) -> tree.Media:
    """The node of a card."""
    return tree.Media(card.host, card.kind, card.embed, card.address)


def put_media(document: tree.Document) -> None:
    """Put a Media in the place of each line that is nothing but the address of one with a player.

    Within quotes, lists and tables addresses stay links. Changes the document.
    """
    left = MAX_MEDIA
    stack: list[tree.Document | tree.Spoiler | tree.Aligned | tree.Indented] = [document]
    while stack and left > 0:
        parent = stack.pop()
        blocks: list[tree.Block] = []
        for block in parent.children:
            if type(block) is tree.Paragraph and left > 0 and _has_link(block):
                parts = list(_parts(block, left))
                left -= sum(isinstance(part, tree.Media) for part in parts)
                blocks += parts
                continue
            blocks.append(block)
            if isinstance(block, _AROUND):
                stack.append(block)
        parent.children = blocks


def lone_links(document: tree.Document) -> tuple[str, ...]:
    """The addresses of which a card may show more than the address: those that are a paragraph of
    the post by themselves, and those of films and sounds.

    In order, each once, at most MAX_PREVIEWS.
    """
    found = (_card_address(block) for block in document.children)
    return tuple(dict.fromkeys(address for address in found if address))[:MAX_PREVIEWS]


def with_previews(document: tree.Document, previews: Mapping[str, PreviewFact]) -> tree.Document:
    """The document with cards for those of its lone links of which something is known."""
    if not previews:
        return document
    shown = {address for address in lone_links(document) if address in previews}
    if not shown:
        return document
    blocks: list[tree.Block] = []
    for block in document.children:
        address = _card_address(block)
        blocks.append(_known_card(block, address, previews[address]) if address in shown else block)
    return tree.Document(blocks, document.key)


def _card_address(block: tree.Block) -> str:
    if type(block) is tree.Media:
        return block.address if block.host != "file" else ""
    return _lone_link(block)


def _known_card(block: tree.Block, address: str, fact: PreviewFact) -> tree.Media | tree.LinkCard:
    if not isinstance(block, tree.Media):
        return _link_card(address, fact)
    picture = fact.picture
    return tree.Media(
        host=block.host,
        kind=block.kind,
        embed=block.embed,
        address=address,
        # The writer's own words for it come first.
        title=block.title or fact.title,
        picture=picture.address if picture else "",
        width=picture.width if picture else 0,
        height=picture.height if picture else 0,
    )


def _link_card(address: str, fact: PreviewFact) -> tree.LinkCard:
    picture = fact.picture
    return tree.LinkCard(
        address=address,
        title=fact.title,
        site=fact.site,
        description=fact.description,
        picture=picture.address if picture else "",
        width=picture.width if picture else 0,
        height=picture.height if picture else 0,
    )


def _lone_link(block: tree.Block) -> str:
    """The address of a paragraph that is nothing else; empty for any other block."""
    if not (isinstance(block, tree.Paragraph) and _has_link(block)):
        return ""
    link = _bare_link(block.children)
    return link.address if link and link.address.startswith("http") else ""


def _has_link(paragraph: tree.Paragraph) -> bool:
    """Whether it is worth looking at: of a long post most paragraphs have none."""
    return any(type(node) is tree.Link for node in paragraph.children)


def _bare_link(line: list[tree.Inline]) -> tree.Link | None:
    """The link of a line that is one address as typed, with blanks around it at most."""
    seen = [node for node in line if not (isinstance(node, str) and not node.strip())]
    if len(seen) == 1 and isinstance(seen[0], tree.Link) and seen[0].is_bare:
        return seen[0]
    return None


def _parts(paragraph: tree.Paragraph, most: int) -> Iterator[tree.Block]:
    """The paragraph, with a Media in the place of lines that stand for one; at most so many."""
    rest: list[tree.Inline] = []
    for line in _lines(paragraph):
        link = _bare_link(line) if most > 0 else None
        card = find_media(link.address) if link else None
        if card is None or not card.embed:
            rest += [tree.LINE_BREAK, *line] if rest else line
            continue
        if rest:
            yield tree.Paragraph(rest)
            rest = []
        yield media_of(card)
        most -= 1
    if rest:
        yield tree.Paragraph(rest)


def _lines(paragraph: tree.Paragraph) -> Iterator[list[tree.Inline]]:
    line: list[tree.Inline] = []
    for node in paragraph.children:
        if isinstance(node, tree.LineBreak):
            yield line
            line = []
        else:
            line.append(node)
    yield line
