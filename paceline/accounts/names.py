"""What a member's name may be."""

import unicodedata

from django.core.exceptions import ValidationError

from paceline.lib.texts import clean_line

LONGEST_NAME = 40
_RESERVED = {"guest", "visitor", "deleted member", "administrator", "moderator", "everyone"}
# Characters that would read as an address, a mention's end, or markup.
_REFUSED = set('@/\\<>[]"`|;,#?%{}')


def check_name(name: str) -> None:
    """Raise ValidationError, with a sentence, where a name cannot be taken."""
    if name != clean_line(name):
        raise ValidationError("A name has no line breaks, double spaces or invisible letters.")
    if not 2 <= len(name) <= LONGEST_NAME:
        raise ValidationError(f"A name has 2 to {LONGEST_NAME} characters.")
    if any(c in _REFUSED or unicodedata.category(c)[0] == "C" for c in name):
        raise ValidationError(
            'A name cannot contain any of these: @ / \\ < > [ ] " ` | ; , # ? % { }'
        )
    if not any(unicodedata.category(c)[0] in "LN" for c in name):
        raise ValidationError("A name needs at least one letter or digit.")
    if unicodedata.normalize("NFKC", name).casefold() in _RESERVED:
        raise ValidationError("That name is kept for the board itself.")


NAME_VALIDATORS = [check_name]
