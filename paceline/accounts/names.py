"""What a member's name may be."""

import unicodedata

from django.core.exceptions import ValidationError

from paceline.accounts.models import Member
from paceline.lib.texts import clean_line, fold_name

LONGEST_NAME = 40
_RESERVED = {"guest", "visitor", "administrator", "moderator", "everyone"}
# Followed by a number, the name of an account that was erased.
ERASED = "Deleted member"
# Characters that would read as an address, a mention's end, or markup.
_REFUSED = set('@/\\<>[]"`|;,#?%{}')


def check_name(name: str) -> None:
    """Raise ValidationError, with a sentence, where a name cannot be taken."""
    if name != clean_line(name):
        raise ValidationError("A name has no line breaks, double spaces or invisible letters.")
    # Some letters fold to many: the key must fit its column.
    if not 2 <= len(name) <= LONGEST_NAME or len(fold_name(name)) > 160:
        raise ValidationError(f"A name has 2 to {LONGEST_NAME} characters.")
    if any(c in _REFUSED or unicodedata.category(c)[0] == "C" for c in name):
        raise ValidationError(
            'A name cannot contain any of these: @ / \\ < > [ ] " ` | ; , # ? % { }'
        )
    if not any(unicodedata.category(c)[0] in "LN" for c in name):
        raise ValidationError("A name needs at least one letter or digit.")
    key = fold_name(name)
    if key in _RESERVED or key.startswith(ERASED.casefold()):
        raise ValidationError("That name is kept for the board itself.")


def is_taken(name: str) -> bool:
    """Whether a member has this name, in this spelling or another that counts as the same."""
    return Member.objects.filter(name_key=fold_name(name)).exists()


NAME_VALIDATORS = [check_name]
