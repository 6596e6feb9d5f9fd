"""The usual smilies of a board and what they are shown as."""

import re

# Code as typed: (emoji, the name read aloud).
SMILIES = {
    ":)": ("🙂", "smile"),
    ":-)": ("🙂", "smile"),
    ";)": ("😉", "wink"),
    ";-)": ("😉", "wink"),
    ":(": ("🙁", "frown"),
    ":-(": ("🙁", "frown"),
    ":D": ("😀", "big grin"),
    ":-D": ("😀", "big grin"),
    ":p": ("😛", "tongue out"),
    ":P": ("😛", "tongue out"),
    ":-P": ("😛", "tongue out"),
    ":o": ("😳", "embarrassed"),
    ":O": ("😮", "surprised"),
    ":|": ("😐", "no expression"),
    ":/": ("😕", "unsure"),
    ":rolleyes:": ("🙄", "rolling eyes"),
    ":mad:": ("😠", "mad"),
    ":cool:": ("😎", "cool"),
    ":eek:": ("😱", "shocked"),
    ":confused:": ("😕", "confused"),
    ":lol:": ("😂", "laughing"),
    ":thumbsup:": ("👍", "thumbs up"),
    ":thumbsdown:": ("👎", "thumbs down"),
}

# What may stand right before and right after one, besides blanks and the ends of the text.
BEFORE = ".,!?)(\"'…*"
AFTER = ".,!?)\"'…*"

# The codes without their first character, longest first.
REST = "|".join(re.escape(code[1:]) for code in sorted(SMILIES, key=len, reverse=True))
