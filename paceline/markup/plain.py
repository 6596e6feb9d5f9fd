"""The words of HTML that this room made, for descriptions and for machines."""

import html
import re

_BREAK = re.compile(r"<br>|</(?:p|li|pre|blockquote|summary|cite)>")
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[ \t]*\n\s*")


def words_of(made: str) -> str:
    """The text of HTML that `render` made, a line for each paragraph."""
    text = _TAG.sub("", _BREAK.sub("\n", made))
    return _BLANKS.sub("\n", html.unescape(text)).strip()
