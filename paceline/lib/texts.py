"""What is done to any text that a person typed, before it is looked at: cleaning and folding."""

import re
import unicodedata

# Everything below the space but tab and line feed, the delete character and the C1 set.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def clean_text(text: str) -> str:
    """The text with one kind of line end and without what no database or page can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def clean_line(text: str) -> str:
    """The text on one line: white space folded, ends trimmed, direction overrides gone."""
    text = _INVISIBLE.sub("", clean_text(text))
    return _SPACE.sub(" ", text).strip()


def fold_name(name: str) -> str:
    """The key under which two spellings of a name are one: compatibility forms, case, spaces."""
    return unicodedata.normalize("NFKC", clean_line(name)).casefold()


# Signs that pass for another's in the usual faces, each with the Latin one
# (https://www.unicode.org/reports/tr39/#Confusable_Detection, what people have been fooled with).
_LOOKS_LIKE = str.maketrans(
    {"0": "O", "1": "l", "I": "l", "ı": "i", "ɑ": "a", "ɡ": "g", "ǀ": "l", "Ɩ": "l", "ⲟ": "o"}
    | dict(zip("АВЕЗКМНОРСТУХЅІЈԌԚԜӀҮ", "ABE3KMHOPCTYXSlJGQWlY", strict=True))
    | dict(zip("аеорсухѕіјԁԛԝһѵӏүԍ", "aeopcyxsijdqwhvlyG", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυϲ", "ABEZHlKMNOPTYXaikvopuc", strict=True))
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4", "'")
)


def look_of(name: str) -> str:
    """What a name looks like at a glance: equal for two that are easily taken for one another."""
    signs = unicodedata.normalize("NFKC", clean_line(name)).translate(_LOOKS_LIKE)
    return signs.replace("rn", "m").replace("vv", "w")


def without_marks(text: str) -> str:
    """The text without accents and other combining marks, so that `café` meets `cafe`."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slugify(text: str, *, limit: int = 60) -> str:
    """Lower-case ASCII words joined by hyphens, at most `limit` characters, never empty.

    A title with no ASCII letter in it gives `-`: the number in front of it is the address.
    """
    ascii_only = without_marks(text).casefold().encode("ascii", "ignore").decode()
    words = _NOT_SLUG.sub("-", ascii_only).strip("-")
    if len(words) > limit:
        words = words[:limit].rsplit("-", 1)[0] if "-" in words[:limit] else words[:limit]
    return words or "-"


def size_in_words(size: int) -> str:
    """A size in bytes for people: `512 bytes`, `12 kB`, `3.4 MB`."""
    if size < 1_000:
        return f"{size:,} bytes"
    if size < 999_500:
        return f"{size / 1_000:,.0f} kB"
    return f"{size / 1_000_000:,.1f} MB"
