"""What a member's name may be."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Q

from paceline.accounts.models import Member
from paceline.lib.texts import clean_line, fold_name, look_of

LONGEST_NAME = 40
_RESERVED = {"guest", "visitor", "administrator", "moderator", "everyone"}
_RESERVED_LOOKS = {fold_name(look_of(name)) for name in _RESERVED}
TAKEN = "Another member has this name; choose a different one."
# Followed by a number, the name of an account that was erased.
ERASED = "Deleted member"
# Characters that would read as an address, a mention's end, or markup.
_REFUSED = set('@/\\<>[]"`|;,#?%{}')
# Letters and marks of no width or ink, with which "Ada" could be written twice: what Unicode calls
# Default_Ignorable_Code_Point, beside those that are control characters, and a blank of Braille.
_UNSEEN = frozenset(
    (
        *("\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"),
        *(chr(code) for code in range(0xFE00, 0xFE10)),
        *(chr(code) for code in range(0x180B, 0x1810)),
        *(chr(code) for code in range(0xE0000, 0xE1000)),
    )
)
# Alphabets most of whose letters pass for Latin ones.
_LIKE_LATIN = {"CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}
_MOST_MARKS = 3


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
    if any(c in _UNSEEN for c in name) or _piles_marks(name):
        raise ValidationError("A name is made of letters that can be seen, one beside the other.")
    if _passes_for_latin(name):
        raise ValidationError("A name is written in one alphabet; these letters are of two.")
    key = fold_name(name)
    if fold_name(look_of(name)) in _RESERVED_LOOKS:
        raise ValidationError("That name is kept for the board itself.")
    if key in _RESERVED or key.startswith(ERASED.casefold()):
        raise ValidationError("That name is kept for the board itself.")


def check_free(name: str, *, besides: int = 0) -> None:
    """Raise ValidationError where a member, other than that of id `besides`, has this name, in
    this spelling or another, or one that looks like it. One query."""
    others = Member.objects.filter(Q(name_key=fold_name(name)) | Q(look_key=look_of(name)[:160]))
    found = set(others.exclude(id=besides).values_list("name_key", flat=True)[:2])
    if fold_name(name) in found:
        raise ValidationError(TAKEN)
    if found:
        raise ValidationError("Another member has a name that looks like this; choose another.")


def _piles_marks(name: str) -> bool:
    row = 0
    for character in unicodedata.normalize("NFC", name):
        row = row + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if row > _MOST_MARKS:
            return True
    return False


def _passes_for_latin(name: str) -> bool:
    """Whether letters of another alphabet stand among Latin ones and look as if they were some."""
    letters = {c for c in unicodedata.normalize("NFKC", name) if c.isalpha()}
    foreign = {c for c in letters if _alphabet(c) in _LIKE_LATIN or look_of(c).isascii()}
    return any(_alphabet(c) == "LATIN" for c in letters) and any(
        _alphabet(c) != "LATIN" for c in foreign
    )


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


NAME_VALIDATORS = [check_name]
