"""Code in colours: pieces of a text and what each is, by Pygments, in a few words of a closed list.

Done when a post is rendered, not when it is read. Only lexers whose time was measured to grow with
the text are here; see `MAX_CHARS`.
"""

from collections.abc import Iterator
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType

# Longer code, code with longer lines, or all code after that many characters of one post stays
# plain. The slowest lexers need 0.3 s for 20,000 of the worst characters, 10 ms for usual ones.
MAX_CHARS = 20_000
MAX_LINE_CHARS = 1_000
MAX_CHARS_A_POST = 40_000
MAX_EMPTY_LINES = "\n" * 60
# Lexers look for the end of a string from each of its quotation marks, and of these `\"` is none:
# 20,000 characters of it took JavaScript, Go and CSS two seconds.
MAX_BACKSLASHES = 500

# Languages as people write them, and whose rules are taken. Java and C# have lexers that take the
# square of the length (3 s for 20,000 characters); the words they share with C++ are coloured.
# So has Perl, for what opens and never closes.
# fmt: off
LEXERS = {
    **dict.fromkeys(("python", "py", "python3"), "python"),
    **dict.fromkeys(("c", "c++", "cpp", "java", "c#", "cs", "csharp", "d", "groovy"), "cpp"),
    **dict.fromkeys(("javascript", "js", "jsx"), "javascript"),
    **dict.fromkeys(("typescript", "ts", "tsx"), "typescript"),
    **dict.fromkeys(("html", "xhtml", "vue"), "html"),
    **dict.fromkeys(("xml", "svg"), "xml"),
    **dict.fromkeys(("css", "scss", "less"), "css"),
    **dict.fromkeys(("sql", "mysql", "postgres"), "sql"),
    **dict.fromkeys(("bash", "sh", "shell", "zsh", "fish"), "bash"),
    **dict.fromkeys(("yaml", "yml"), "yaml"),
    **dict.fromkeys(("ruby", "rb"), "ruby"),
    **dict.fromkeys(("go", "golang"), "go"),
    **dict.fromkeys(("rust", "rs"), "rust"),
    **dict.fromkeys(("powershell", "ps1"), "powershell"),
    **dict.fromkeys(("latex", "tex"), "latex"),
    **dict.fromkeys(("diff", "patch"), "diff"),
    **dict.fromkeys(("ini", "properties"), "ini"),
    **{name: name for name in (
        "php", "json", "kotlin", "swift", "lua", "r", "toml", "haskell", "dart", "nginx",
    )},
}
# fmt: on
# The classes, `hl-` before each in HTML, by the kind of token, special kinds first.
_KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Token.Comment.Preproc, "meta"),
    (Token.Comment.PreprocFile, "string"),
    (Token.Comment, "comment"),
    (Token.Literal.String.Doc, "comment"),
    (Token.Literal.String, "string"),
    (Token.Literal.Number, "number"),
    (Token.Keyword.Constant, "number"),
    (Token.Keyword, "keyword"),
    (Token.Operator.Word, "keyword"),
    (Token.Name.Tag, "keyword"),
    (Token.Name.Attribute, "name"),
    (Token.Name.Function, "name"),
    (Token.Name.Class, "name"),
    (Token.Name.Builtin, "builtin"),
    (Token.Name.Decorator, "meta"),
    (Token.Name.Variable, "builtin"),
    (Token.Generic.Inserted, "added"),
    (Token.Generic.Deleted, "removed"),
    (Token.Generic.Heading, "keyword"),
    (Token.Generic.Subheading, "meta"),
)
CLASSES = tuple(sorted({name for _, name in _KINDS}))


def coloured(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Pieces of the text, in order and nothing left out, each with its class; "" for none.

    One piece where the language has no colours here, and where
    the text is too long.
    """
    lexer = LEXERS.get(language)
    if lexer is None or not _can_be_coloured(text):
        yield "", text
        return
    # Some rules want a line end after the last line; it is taken off again.
    held, blanks, kind = "", "", ""
    for _, token, piece in _lexer(lexer).get_tokens_unprocessed(text + "\n"):
        if piece.isspace():
            blanks += piece
            continue
        name = _class_of(token)
        if name == kind:
            held += blanks + piece
        else:
            # Blanks have no colour of their own.
            yield from _pieces(kind, held, blanks)
            held, kind = piece, name
        blanks = ""
    if blanks:
        yield from _pieces(kind, held, blanks[:-1])
    else:
        yield from _pieces(kind, held[:-1], "")


def _pieces(kind: str, held: str, blanks: str) -> Iterator[tuple[str, str]]:
    if not kind:
        held, blanks = held + blanks, ""
    if held:
        yield kind, held
    if blanks:
        yield "", blanks


def _can_be_coloured(text: str) -> bool:
    return (
        len(text) <= MAX_CHARS
        and MAX_EMPTY_LINES not in text
        and text.count("\\") <= MAX_BACKSLASHES
        and all(len(line) <= MAX_LINE_CHARS for line in text.split("\n"))
    )


@lru_cache(maxsize=64)
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


@lru_cache(maxsize=512)
def _class_of(token: _TokenType) -> str:
    kinds = token.split()
    return next((name for kind, name in _KINDS if kind in kinds), "")
