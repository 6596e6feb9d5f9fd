"""Bytes of a file in, a `SavedPage` out: the way into this folder."""

from paceline.imports.saved_pages.charset import read_text
from paceline.imports.saved_pages.finish import Told
from paceline.imports.saved_pages.page import SavedPage
from paceline.imports.saved_pages.vbulletin_html import looks_like_html, read_html
from paceline.imports.saved_pages.vbulletin_text import read_text_page

__all__ = ["Told", "read_saved_page"]


def read_saved_page(data: bytes, told: Told | None = None) -> SavedPage:
    """The thread page that a file holds, as HTML or as text.

    `told` is what the page itself cannot say. Raises NotAPage, and nothing else, where the file
    is not a page that is read here. Time grows with the file's size and no faster.
    """
    text = read_text(data).text
    read = read_html if looks_like_html(text) else read_text_page
    return read(text, told or Told())
