"""What a thread is, in the words of schema.org, for search engines and other readers."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from paceline.browsing.thread_page import PostRow, ThreadPage
from paceline.markup.excerpt import plain_excerpt
from paceline.markup.plain import words_of
from paceline.web.addresses import thread_address

DESCRIPTION_LENGTH = 200
# Absolute from a path of ours.
Whole = Callable[[str], str]


def describe(page: ThreadPage) -> str:
    """The first words on this page of a thread; empty where none can be shown."""
    first = next((post for post in page.posts if _is_public(post)), None)
    return plain_excerpt(words_of(first.html), DESCRIPTION_LENGTH) if first else ""


def thread_data(page: ThreadPage, whole: Whole) -> dict[str, Any]:
    """A page of a thread as DiscussionForumPosting, with the way to it.

    Every page names the thread's first page as its main one; only that one has the opening text.
    """
    address = whole(thread_address(page.id, page.slug))
    posts = [post for post in page.posts if _is_public(post)]
    opening = posts[0] if posts and page.page == 1 else None
    thread: dict[str, Any] = {
        "@type": "DiscussionForumPosting",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": page.title,
        "datePublished": page.started_at.isoformat(timespec="seconds"),
        "author": _author(page.author_id, page.author_name, whole),
        "interactionStatistic": [
            _counted("CommentAction", max(page.post_count - 1, 0)),
            _counted("ViewAction", page.view_count),
        ],
        "comment": [_comment(post, whole) for post in posts if post is not opening],
    }
    if opening:
        thread["text"] = words_of(opening.html)
        thread["interactionStatistic"].append(_counted("LikeAction", opening.like_count))
    return {"@context": "https://schema.org", "@graph": [thread, _way(page, whole)]}


def _comment(post: PostRow, whole: Whole) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "url": whole(reverse("post", args=(post.id,))),
        "text": words_of(post.html),
        "datePublished": post.posted_at.isoformat(timespec="seconds"),
        "author": _author(post.author.id, post.author_name, whole),
        "interactionStatistic": [_counted("LikeAction", post.like_count)],
    }


def _author(member_id: int, name: str, whole: Whole) -> dict[str, str]:
    author = {"@type": "Person", "name": name}
    if member_id:
        author["url"] = whole(reverse("member_by_id", args=(member_id,)))
    return author


def _counted(action: str, count: int) -> dict[str, Any]:
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{action}",
        "userInteractionCount": count,
    }


def _way(page: ThreadPage, whole: Whole) -> dict[str, Any]:
    steps = [(board.name, reverse("board", args=(board.id, board.slug))) for board in page.path]
    steps.append((page.title, thread_address(page.id, page.slug)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": whole(path)}
            for n, (name, path) in enumerate(steps, start=1)
        ],
    }


def _is_public(post: PostRow) -> bool:
    return post.state == "visible" and not post.is_ignored
