"""Searching as a reader does, and naming what was found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post
from paceline.search.entries import Slice
from paceline.search.find import Found, Scope, find_posts
from paceline.search.query import read_query

EVERYTHING = Slice(size=1000)


@pytest.fixture
def search() -> Callable[..., Found]:
    """`search(viewer, "typed", thread_id=3, size=2, order="best")` answers a `Found`."""

    def ask(viewer: Viewer, typed: str, part: Slice = EVERYTHING, **named: Any) -> Found:
        options = {name: named.pop(name) for name in ("order", "is_any") if name in named}
        sliced = {n: named.pop(n) for n in ("size", "before_id", "skip") if n in named}
        part = replace(part, **sliced)
        return find_posts(viewer, read_query(typed), Scope(**named), part, **options)

    return ask


@pytest.fixture
def found(search: Callable[..., Found]) -> Callable[..., list[str]]:
    """The same, answering the sources of the posts found, in their order."""

    def sources(viewer: Viewer, typed: str, **named: Any) -> list[str]:
        ids = search(viewer, typed, **named).post_ids
        by_id = Post.objects.in_bulk(ids)
        return [by_id[post_id].source for post_id in ids]

    return sources
