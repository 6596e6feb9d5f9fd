"""The tree to HTML. The second half of the first wall: everything is escaped."""

from paceline.markup import tree


def to_html(document: tree.Document, *, nofollow: bool) -> str:
    """HTML in the spelling of a browser's own serializer; empty where nothing is visible."""
    rel = "nofollow ugc noopener" if nofollow else "noopener"
    out: list[str] = []
    write = out.append
    # The only paragraph of a list item is written without its tags.
    bare: tree.Node | None = None
    for node, is_start in tree.walk(document):
        if isinstance(node, str):
            write(escape(node))
        elif isinstance(node, tree.Paragraph):
            if node is not bare:
                write("<p>" if is_start else "</p>")
        elif isinstance(node, tree.LineBreak):
            write("<br>")
        elif isinstance(node, tree.Emphasis):
            write(f"<{node.kind}>" if is_start else f"</{node.kind}>")
        elif isinstance(node, tree.Link):
            write(_link(node, rel) if is_start else "</a>")
        elif isinstance(node, tree.Item):
            write("<li>" if is_start else "</li>")
            if is_start:
                bare = _only_paragraph(node)
        elif isinstance(node, tree.ItemList):
            write(_list_start(node) if is_start else _list_end(node))
        elif isinstance(node, tree.Quote):
            write(_quote_start(node) if is_start else "</blockquote>")
        elif isinstance(node, tree.Spoiler):
            title = escape(node.title or "Spoiler")
            start = f'<details class="spoiler"><summary>{title}</summary>'
            write(start if is_start else "</details>")
        elif not isinstance(node, tree.Document):
            write(_leaf(node))
    return "".join(out)


def _leaf(node: tree.Code | tree.Image | tree.Smilie | tree.Mention) -> str:
    if isinstance(node, tree.Code):
        return f"<pre><code>{escape(node.text)}</code></pre>"
    if isinstance(node, tree.Image):
        return (
            f'<img class="post-image" src="{_quote(node.address)}"'
            f' alt="{_quote(node.description)}" loading="lazy" referrerpolicy="no-referrer">'
        )
    if isinstance(node, tree.Smilie):
        return (
            f'<span class="smilie" role="img" aria-label="{_quote(node.name)}">'
            f"{escape(node.emoji)}</span>"
        )
    shown = escape("@" + node.name)
    if node.address is None:
        return shown
    return f'<a class="mention" href="{_quote(node.address)}">{shown}</a>'


def _link(node: tree.Link, rel: str) -> str:
    address = _quote(node.address)
    title = f' title="{address}"' if node.is_shortened else ""
    return f'<a href="{address}"{title} rel="{rel}">'


def _quote_start(node: tree.Quote) -> str:
    author = escape(node.author)
    if node.post_id is not None:
        where = f'<a href="/p/{node.post_id}/">{author or "Quoted post"}</a>'
        cite = f"<cite>{where}{' wrote:' if author else ''}</cite>"
    else:
        cite = f"<cite>{author} wrote:</cite>" if author else ""
    return f'<blockquote class="quote">{cite}'


def _list_start(node: tree.ItemList) -> str:
    if not node.numbering:
        return "<ul>"
    return "<ol>" if node.numbering == "1" else f'<ol type="{node.numbering}">'


def _list_end(node: tree.ItemList) -> str:
    return "</ol>" if node.numbering else "</ul>"


def _only_paragraph(item: tree.Item) -> tree.Node | None:
    first, *rest = item.children
    if isinstance(first, tree.Paragraph) and not any(isinstance(b, tree.Paragraph) for b in rest):
        return first
    return None


def escape(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\xa0", "&nbsp;")
    )


def _quote(value: str) -> str:
    return escape(value).replace('"', "&quot;")
