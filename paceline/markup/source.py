"""What somebody typed, as every reader takes it."""

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
# One look instead of two, for most sources have nothing of the kind. Carriage returns among them.
_ANY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_source(source: str) -> str:
    """With line ends as `\\n`, and without what no text can hold: controls, lone surrogates."""
    if _ANY.search(source) is None:
        return source
    source = _CONTROLS.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    return _SURROGATES.sub("\ufffd", source)
