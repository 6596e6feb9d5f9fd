"""A megabyte of everything that makes careless readers slow: seconds of CPU time, slowest first.

    .venv/bin/python bench/megabyte.py [bbcode] [markdown] [plain] [--size CHARACTERS]

The shapes are those of `tests/safety/shapes.py`, beside a mix of ordinary posts. The second column
says how many characters of HTML come of one of the source.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.posts import made_up_posts
from paceline.markup.render import LANGUAGES, render
from tests.safety.shapes import shapes_of
from tests.safety.soundness import OWN, facts_that_say

SHOWN = 15


def mix_in(language: str) -> Callable[[int], str]:
    """Made-up posts, one after the other, as far as a length asks for."""
    posts = made_up_posts(2_500)
    texts = [post.markdown if language == "markdown" else post.bbcode for post in posts]
    return lambda characters: "\n\n".join(texts)[:characters]


def main() -> None:
    """Print the slowest of each language."""
    words = argparse.ArgumentParser(description="Time long texts that mean no good.")
    words.add_argument("language", nargs="*", default=list(LANGUAGES))
    words.add_argument("--size", type=int, default=1_000_000)
    asked = words.parse_args()
    facts = facts_that_say("A thread")
    for language in asked.language:
        rows = []
        for name, make in (shapes_of(language) | {"a mix of posts": mix_in(language)}).items():
            source = make(asked.size)
            began = time.process_time()
            html = render(source, OWN, language=language, facts=facts).html
            rows.append((time.process_time() - began, len(html) / len(source), name))
        rows.sort(reverse=True)
        slow = sum(row[0] > 1 for row in rows)
        print(f"{language}: {len(rows)} shapes of {asked.size:,} characters, {slow} above 1 s")
        for seconds, growth, name in rows[:SHOWN]:
            print(f"{seconds:8.2f} s  x{growth:5.1f}  {name[:80]}")


if __name__ == "__main__":
    main()
