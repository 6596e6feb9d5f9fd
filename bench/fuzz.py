"""Posts made up at random, kept where they reach something new: a coverage-guided search.

    .venv/bin/python bench/fuzz.py SECONDS [LANGUAGE] [--seed N] [--corpus FOLDER]

Begins with the shapes and attacks of tests/safety (and the folder's own files), changes them, and
keeps what runs a line of `paceline.markup`, or takes a branch there, that nothing before did. Each
is held against what must hold for any post (tests/safety/soundness.py): no exception, safe, left
alone by the second wall, read by a browser as it was meant, and of no more than so many steps for
each character. What fails is made shorter, printed and kept in the folder. Ends with 1 where
something failed.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from paceline.markup.render import LANGUAGES  # noqa: E402
from tests.safety.attacks import own_attacks  # noqa: E402
from tests.safety.shapes import shapes_of  # noqa: E402
from tests.safety.soundness import OWN, assert_sound, facts_that_say  # noqa: E402
from tests.safety.sources import PIECES  # noqa: E402

_WATCHED = str(ROOT / "paceline" / "markup")
LONGEST = 400
# Lines of ours that one character may cost; a start is free.
MOST_STEPS, FREE_STEPS = 400, 20_000
_FACTS = facts_that_say("A <b>thread</b> of that name")

Edge = tuple[int, int, int]


class Coverage:
    """Which line of which function came after which, while something is called."""

    def __init__(self) -> None:
        self.edges: set[Edge] = set()
        self.steps = 0
        self._last: dict[int, int] = {}

    def call(self, function: Callable[[], object]) -> None:
        """Run it and gather; raises what it raises."""
        self.edges, self.steps = set(), 0
        before = sys.gettrace()
        sys.settrace(self._at_call)
        try:
            function()
        finally:
            sys.settrace(before)

    def _at_call(self, frame: FrameType, event: str, argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(_WATCHED):
            return None
        code, last = id(frame.f_code), 0

        def in_frame(inner: FrameType, event: str, argument: object) -> Any:
            nonlocal last
            if event == "line":
                self.steps += 1
                self.edges.add((code, last, inner.f_lineno))
                last = inner.f_lineno
            return in_frame

        return in_frame


class Search:
    """The posts kept so far, in one language, and what all of them have reached."""

    def __init__(self, language: str, pick: random.Random, folder: Path | None) -> None:
        self.language = language
        self.runs = 0
        self.reached: set[Edge] = set()
        self.kept: list[str] = []
        self.failures: dict[str, str] = {}
        self._pick = pick
        self._folder = folder
        self._coverage = Coverage()

    def begin(self) -> None:
        """Try what is known: shapes, attacks, and what an earlier search has kept."""
        for make in shapes_of(self.language).values():
            self.try_out(make(60))
        for attack in own_attacks():
            self.try_out(attack)
        if self._folder:
            for file in sorted(self._folder.glob(f"{self.language}-*")):
                self.try_out(file.read_text(encoding="utf-8", errors="surrogatepass"))

    def step(self) -> None:
        """Change one of the posts that are kept, the newest more often, and try what comes out."""
        chosen = self.kept[-1 - int(len(self.kept) * self._pick.random() ** 2)]
        for _ in range(self._pick.choice((1, 1, 1, 2, 4))):
            chosen = self._change(chosen)
        self.try_out(chosen[:LONGEST])

    def try_out(self, source: str) -> None:
        self.runs += 1
        failure = self._failure(source)
        if failure:
            self._report(source, failure)
        elif not self._coverage.edges <= self.reached:
            self.reached |= self._coverage.edges
            self.kept.append(source)
            self._keep(source, self.language)

    def _failure(self, source: str) -> str:
        """What is wrong, in a word that is the same for the same fault; empty where nothing is."""
        try:
            self._coverage.call(lambda: assert_sound(source, self.language, _FACTS, OWN))
        except AssertionError as error:
            return f"AssertionError {str(error)[:60]}"
        except Exception as error:
            where = error.__traceback__
            while where and where.tb_next:
                where = where.tb_next
            return f"{type(error).__name__} in line {where.tb_lineno if where else 0}"
        if self._coverage.steps > FREE_STEPS + MOST_STEPS * len(source):
            return "too many steps"
        return ""

    def _change(self, source: str) -> str:
        pick = self._pick
        at = pick.randint(0, len(source))
        to = min(len(source), at + pick.choice((1, 1, 2, 5, 20)))
        part = source[at:to]
        match pick.randint(0, 7):
            case 0:
                return source[:at] + source[to:]
            case 1:
                return source[:to] + part * pick.choice((1, 2, 9)) + source[to:]
            case 2:
                other = pick.choice(self.kept)
                return source[:at] + other[pick.randint(0, len(other)) :]
            case 3:
                return source[:at] + chr(pick.choice((0, 9, 10, 92, 0x202E, 0xD800))) + source[to:]
            case 4:
                back = pick.randint(0, len(source))
                return source[:back] + part + source[back:]
            case _:
                return source[:at] + pick.choice(PIECES[self.language]) + source[to:]

    def _report(self, source: str, failure: str) -> None:
        if failure in self.failures:
            return
        size = len(source)
        while size:
            at = 0
            while at < len(source):
                shorter = source[:at] + source[at + size :]
                if self._failure(shorter) == failure:
                    source = shorter
                else:
                    at += size
            size //= 2
        self.failures[failure] = source
        print(f"{self.language}: {failure}: {source!r}", flush=True)
        self._keep(source, f"failed-{self.language}")

    def _keep(self, source: str, kind: str) -> None:
        if self._folder:
            name = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            file = self._folder / f"{kind}-{name}"
            file.write_text(source, encoding="utf-8", errors="surrogatepass")


def main() -> int:
    """Search for so many seconds, the languages taking turns; prints what came of it."""
    words = argparse.ArgumentParser(description="Look for posts that break a rule.")
    words.add_argument("seconds", type=float)
    words.add_argument("language", nargs="*", choices=[*LANGUAGES, []], default=[])
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--corpus", type=Path)
    asked = words.parse_args()
    if asked.corpus:
        asked.corpus.mkdir(parents=True, exist_ok=True)
    pick = random.Random(asked.seed)  # noqa: S311 (nothing is kept secret)
    searches = [Search(name, pick, asked.corpus) for name in asked.language or LANGUAGES]
    for search in searches:
        search.begin()
    ends_at = time.monotonic() + asked.seconds
    while time.monotonic() < ends_at:
        for search in searches:
            for _ in range(50):
                search.step()
    for search in searches:
        print(
            f"{search.language}: {search.runs:,} posts tried, {len(search.kept):,} kept,"
            f" {len(search.reached):,} branches reached, {len(search.failures)} failures"
        )
    return 1 if any(search.failures for search in searches) else 0


if __name__ == "__main__":
    sys.exit(main())
