"""Pages as the readers give them, in words of our own, and what a board holds after an import."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.serializers import serialize

from paceline.imports.saved_pages.page import (
    Crumb,
    Month,
    Rule,
    SavedAuthor,
    SavedField,
    SavedPage,
    SavedPost,
)

START = datetime(2008, 10, 3, 11, 40)

BO = SavedAuthor(
    "Bo Mill",
    source_id=7,
    user_title="Senior Member",
    joined=Month(2007, 12),
    location="Mill Lane",
    post_count=640,
    fields=(SavedField("Bikes", "A red one"),),
    mentioned_posts=1,
    tagged_threads=0,
    quoted_posts=56,
    likes_given=3,
    liked_times=10,
    liked_posts=6,
)
DI = SavedAuthor("Di", source_id=8, user_title="Administrator", post_count=2, joined=Month(2005, 2))


def post(number: int, author: SavedAuthor = BO, **more: Any) -> SavedPost:
    """A post with the id 100 + its number, an hour after the one before."""
    defaults: dict[str, Any] = {
        "source_id": 100 + number,
        "posted_at": START + timedelta(hours=number),
        "date_text": f"post {number}",
        "body_source": f"What post {number} says.",
        "is_thread_starter": author is BO,
    }
    return SavedPost(author, number=number, **{**defaults, **more})


def page(*posts: SavedPost, **more: Any) -> SavedPage:
    """A page of thread 12 on the board Gravel, in the heading Riding."""
    defaults: dict[str, Any] = {
        "site_name": "Wheels of the Valley",
        "breadcrumb": (
            Crumb("Wheels of the Valley"),
            Crumb("Riding", "", 2),
            Crumb("Gravel", "", 5),
        ),
        "board_name": "Gravel",
        "board_description": "Where the road ends.",
        "thread_source_id": 12,
        "rules": (Rule("post replies", "may not"), Rule("BB code", "On"), Rule("[IMG]", "Off")),
        "footer_links": ("Contact Us", "Archive"),
        "footer_line": "Copyright 2009 Wheels of the Valley",
    }
    return SavedPage("test", "Which tyre?", posts, **{**defaults, **more})


def without_ids(saved: SavedPage) -> SavedPage:
    """The page as it would be, saved as text."""
    return replace(
        saved,
        thread_source_id=None,
        breadcrumb=tuple(Crumb(crumb.name) for crumb in saved.breadcrumb),
        posts=tuple(
            replace(one, source_id=None, author=replace(one.author, source_id=None))
            for one in saved.posts
        ),
    )


def everything() -> dict[str, str]:
    """Every row of every table of ours, as text."""
    return {
        model.__name__: serialize("json", model._default_manager.order_by("pk"), indent=1)
        for model in apps.get_app_config("paceline").get_models()
    }
