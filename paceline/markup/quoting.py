"""What a "Quote" button puts into the reply box."""

from paceline.markup.tags import Tag, read_tags


def quote_source(author: str, post_id: int, source: str) -> str:
    """The source as a quote: `[quote="name;id"]…[/quote]`, quotes inside it left out.

    Tags without their partner are left out too, or they would find one in the reply. Any name
    is safe: line ends become blanks, quotation marks and backslashes are escaped.
    """
    name = " ".join(author.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'[quote="{name};{post_id}"]{_own_words(source)}[/quote]'


def _own_words(source: str) -> str:
    tags = read_tags(source)
    quoted: set[Tag] = set()
    depth = 0
    for tag in tags:
        is_quote = tag.name == "quote" and tag.is_paired
        depth += is_quote and not tag.is_closing
        if depth:
            quoted.add(tag)
        depth -= is_quote and tag.is_closing

    kept: list[str] = []
    position = depth = 0
    for tag in tags:
        is_quote = tag.name == "quote" and tag.is_paired
        is_lonely = not tag.is_paired or tag.partner in quoted
        if not is_quote and not is_lonely:
            continue
        if not depth:
            kept.append(source[position : tag.start])
        position = tag.end
        if is_quote:
            depth += -1 if tag.is_closing else 1
    kept.append(source[position:])
    return "".join(kept).strip()
