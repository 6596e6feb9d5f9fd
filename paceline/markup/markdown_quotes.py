"""Whom a block quote of Markdown quotes: the line that the Quote button writes above it.

    > **Bo** [wrote](/p/7/):
    >
    > What Bo wrote.

Any other program shows the same words, with a link to the post.
"""

import re

from paceline.markup import tree

MAX_AUTHOR_CHARS = 200
# What the link says where no author is named.
NAMELESS = "Quoted post"

_POST = re.compile(r"(?:https?://([^/:?#]+)(?::[0-9]{1,5})?)?/p/([0-9]{1,19})/?", re.IGNORECASE)
_MAX_ID = 2**63 - 1


def take_attribution(quote: tree.Quote, own_hosts: tuple[str, ...]) -> None:
    """Turn the first line of a quote into its author and post, where it is such a line."""
    first = quote.children[0] if quote.children else None
    if not isinstance(first, tree.Paragraph):
        return
    pieces = first.children
    end = next((at for at, piece in enumerate(pieces) if _ends_line(piece)), len(pieces))
    # A line of this kind has few pieces; a name may hold some.
    if end > 20:
        return
    found = _attribution(pieces[:end], own_hosts)
    if found is None:
        return
    quote.author, quote.post_id = found
    first.children = pieces[end + 1 :]
    if not first.children:
        del quote.children[0]


def _attribution(
    line: list[tree.Inline], own_hosts: tuple[str, ...]
) -> tuple[str, int | None] | None:
    author = ""
    if line and isinstance(line[0], tree.Emphasis) and line[0].kind == "strong":
        author = " ".join(words_of(line[0].children).split())[:MAX_AUTHOR_CHARS]
        line = line[1:]
        if not author:
            return None
    rest = [piece for piece in line if not isinstance(piece, str)]
    words = "".join(piece for piece in line if isinstance(piece, str))
    if not rest:
        return (author, None) if author and words == " wrote:" else None
    link = rest[0]
    if len(rest) > 1 or not isinstance(link, tree.Link) or link.is_bare:
        return None
    post_id = _post_id(link.address, own_hosts)
    shown = words_of(link.children)
    if post_id is None or (words, shown) != ((" :", "wrote") if author else (":", NAMELESS)):
        return None
    return author, post_id


def words_of(pieces: list[tree.Inline]) -> str:
    """The words of a name as they were typed: nothing in it stands out."""
    out: list[str] = []
    stack = [iter(pieces)]
    while stack:
        for piece in stack[-1]:
            if isinstance(piece, str):
                out.append(piece)
            elif isinstance(piece, tree.Smilie):
                out.append(piece.code)
            elif isinstance(piece, tree.Mention):
                out.append("@" + piece.name)
            elif isinstance(piece, tree.CodeSpan):
                out.append(piece.text)
            elif isinstance(piece, tree.Emphasis | tree.Link | tree.Hidden):
                stack.append(iter(piece.children))
                break
        else:
            stack.pop()
    return "".join(out)


def _ends_line(piece: tree.Inline) -> bool:
    return isinstance(piece, tree.LineBreak | tree.SoftBreak)


def _post_id(address: str, own_hosts: tuple[str, ...]) -> int | None:
    match = _POST.fullmatch(address)
    if match is None or (match[1] and match[1].lower() not in own_hosts):
        return None
    number = int(match[2])
    return number if 0 < number <= _MAX_ID else None
