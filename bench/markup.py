"""Posts a second on one core, beside other libraries in one run.

    .venv/bin/python -m pip install --require-hashes --requirement requirements/bench.txt
    .venv/bin/python bench/markup.py

CPU time of this process, each library once in every round, so that all meet the same moods of the
machine; medians of the rounds. What matters is the ratio: another machine has other seconds and
the same ratios. Ours is the whole way that a post goes on the board: HTML behind all three walls,
plain text, mentions, links, quotes. The others give HTML and nothing else.
"""

import importlib
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.posts import Written, made_up_posts
from paceline.markup.render import render

POSTS = 500
ROUNDS = 7
MEGABYTE = 1_000_000

Renderer = Callable[[str], object]


def bbcode_renderers() -> dict[str, Renderer]:
    """Those for BB code, ours first."""
    rivals: dict[str, Renderer] = {"Paceline": partial(render, language="bbcode")}
    rivals["bbcode 1.1"] = importlib.import_module("bbcode").Parser().format
    return rivals


def markdown_renderers() -> dict[str, Renderer]:
    """Those for Markdown, ours first; the others with tables and struck words, as ours."""
    markdown_it = importlib.import_module("markdown_it").MarkdownIt("commonmark")
    mistune = importlib.import_module("mistune")
    return {
        "Paceline": partial(render, language="markdown"),
        "markdown-it-py": markdown_it.enable(["table", "strikethrough"]).render,
        "mistune": mistune.create_markdown(plugins=["table", "strikethrough"]),
    }


def cpu_s(renderer: Renderer, sources: Sequence[str]) -> float:
    """CPU seconds for all of the sources."""
    began = time.process_time()
    for source in sources:
        renderer(source)
    return time.process_time() - began


def compare(title: str, renderers: dict[str, Renderer], sources: Sequence[str]) -> None:
    """A line for each: posts a second, and how many times as fast ours is."""
    seconds: dict[str, list[float]] = {name: [] for name in renderers}
    for round_number in range(ROUNDS + 1):
        for name, renderer in renderers.items():
            took = cpu_s(renderer, sources)
            if round_number:  # the first warms up
                seconds[name].append(took)
    characters = sum(map(len, sources)) / len(sources)
    print(f"{title}: {len(sources):,} posts of {characters:,.0f} characters on average")
    ours = seconds["Paceline"]
    for name, rounds in seconds.items():
        rate = len(sources) / statistics.median(rounds)
        ratio = statistics.median(other / own for other, own in zip(rounds, ours, strict=True))
        beside = "" if name == "Paceline" else f"   ours is {ratio:5.2f} times as fast"
        print(f"  {name:16} {rate:9,.0f} posts a second{beside}")


def peak_bytes(language: str, source: str) -> int:
    """The most memory that rendering the source takes, besides what was there before."""
    render("x", language=language)
    tracemalloc.start()
    render(source, language=language)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def memory(language: str, sources: Sequence[str]) -> None:
    """A line: how many times its own size a post of the mix, and a megabyte of it, takes."""
    typical = statistics.median(peak_bytes(language, source) / len(source) for source in sources)
    long = "\n\n".join(sources)
    long = (long * (MEGABYTE // len(long) + 1))[:MEGABYTE]
    whole = peak_bytes(language, long) / MEGABYTE
    print(f"  memory           {typical:,.0f} bytes a character; in a megabyte {whole:,.0f}")


def main() -> None:
    """Print what each renders in a second."""
    posts: list[Written] = made_up_posts(POSTS)
    compare("BB code", bbcode_renderers(), [post.bbcode for post in posts])
    memory("bbcode", [post.bbcode for post in posts])
    compare("Markdown", markdown_renderers(), [post.markdown for post in posts])
    memory("markdown", [post.markdown for post in posts])


if __name__ == "__main__":
    main()
