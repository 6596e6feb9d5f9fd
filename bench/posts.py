"""Posts as people write them, made up for measuring: the same ones in BB code and in Markdown.

The mix is of a board about cycling: mostly short replies, many of them quoting, some with links,
lists, code or smilies, a few long ones. The same number always gives the same posts.
"""

import random
from dataclasses import dataclass

_WORDS = """
the a and of to in it is was that for on with as you my but not have this at they be so
ride rode bike saddle wheel tyre chain cassette crank brake lever cable gear hill climb
wind rain mud road gravel lane train club pace group leader back knee hip pain stretch
core mile hour week winter spring summer coffee cake puncture pump tube bottle cage helmet
light heart rate power zone easy hard slow fast steady warm cold tired fresh sore strong
weak try fit measure raise lower tighten loosen swap replace clean oil check mend buy sell
keep think guess hope found noticed wondered asked said told read heard remember forgot
because when while after before until though perhaps really quite rather almost never
always often
""".split()  # noqa: SIM905
_NAMES = ("Ines", "tall_tom", "Gravel Gus", "M. Okafor", "spinner77", "Lena", "old_dutch")
_SMILIES = (":)", ";)", ":D", ":(", ":rolleyes:", ":cool:")
_PLACES = ("example.com/rides/", "maps.example.org/route?id=", "shop.example.net/parts/")
_CODE = (
    "def gear_inches(front, rear, wheel=27):\n    return front / rear * wheel\n\n"
    "for teeth in (13, 15, 17, 19, 21, 24):\n    print(teeth, round(gear_inches(46, teeth), 1))"
)


@dataclass(frozen=True, slots=True)
class Written:
    """One post in both languages."""

    bbcode: str
    markdown: str


def made_up_posts(count: int, seed: int = 11) -> list[Written]:
    """So many posts."""
    writer = _Writer(random.Random(seed))  # noqa: S311
    return [writer.post() for _ in range(count)]


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def post(self) -> Written:
        """A post of one of the usual kinds."""
        kinds = (self._short, self._quoting, self._linking, self._listing, self._long, self._coding)
        (kind,) = self._chance.choices(kinds, weights=(40, 28, 12, 6, 10, 4))
        parts = kind()
        return Written(
            "\n\n".join(part.bbcode for part in parts),
            "\n\n".join(part.markdown for part in parts),
        )

    def _short(self) -> list[Written]:
        return [self._paragraph(self._chance.randint(1, 3))]

    def _quoting(self) -> list[Written]:
        quoted = self._paragraph(self._chance.randint(1, 4))
        name, post_id = self._chance.choice(_NAMES), self._chance.randint(1, 10**7)
        lines = quoted.markdown.replace("\n", "\n> ")
        quote = Written(
            f'[QUOTE="{name};{post_id}"]{quoted.bbcode}[/QUOTE]',
            f"> **{name}** wrote:\n>\n> {lines}",
        )
        return [quote, self._paragraph(self._chance.randint(1, 4))]

    def _linking(self) -> list[Written]:
        address = self._address()
        words = self._words(3)
        named = Written(f"[URL={address}]{words}[/URL]", f"[{words}]({address})")
        plain = self._address()
        return [
            self._joined(self._paragraph(2), named),
            self._joined(self._paragraph(1), Written(plain, f"<{plain}>")),
        ]

    def _listing(self) -> list[Written]:
        items = [self._sentence() for _ in range(self._chance.randint(3, 7))]
        return [
            self._paragraph(1),
            Written(
                "[LIST]\n" + "\n".join(f"[*]{item.bbcode}" for item in items) + "\n[/LIST]",
                "\n".join(f"- {item.markdown}" for item in items),
            ),
        ]

    def _long(self) -> list[Written]:
        return [self._paragraph(self._chance.randint(3, 7)) for _ in range(6)]

    def _coding(self) -> list[Written]:
        code = Written(f"[CODE]{_CODE}[/CODE]", f"```\n{_CODE}\n```")
        return [self._paragraph(1), code, self._paragraph(1)]

    def _paragraph(self, sentences: int) -> Written:
        written = [self._sentence() for _ in range(sentences)]
        if self._chance.random() < 0.25:
            smilie = self._chance.choice(_SMILIES)
            written.append(Written(smilie, smilie))
        if self._chance.random() < 0.08:
            name = self._chance.choice(("Ines", "spinner77", "Lena"))
            written.append(Written(f"@{name}", f"@{name}"))
        return Written(
            " ".join(one.bbcode for one in written), " ".join(one.markdown for one in written)
        )

    def _sentence(self) -> Written:
        before, after = self._words(self._chance.randint(3, 9)), self._words(4)
        first = before[0].upper() + before[1:]
        if self._chance.random() > 0.12:
            return Written(f"{first} {after}.", f"{first} {after}.")
        words = self._words(2)
        tag, sign = self._chance.choice((("B", "**"), ("I", "*")))
        return Written(
            f"{first} [{tag}]{words}[/{tag}] {after}.", f"{first} {sign}{words}{sign} {after}."
        )

    def _joined(self, one: Written, other: Written) -> Written:
        return Written(f"{one.bbcode} {other.bbcode}", f"{one.markdown} {other.markdown}")

    def _words(self, count: int) -> str:
        return " ".join(self._chance.choices(_WORDS, k=count))

    def _address(self) -> str:
        return f"http://www.{self._chance.choice(_PLACES)}{self._chance.randint(1, 10**6)}"
