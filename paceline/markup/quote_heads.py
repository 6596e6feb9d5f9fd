"""Whom a quote names and which post, in the forms of the usual boards."""

import re

from paceline.markup.attributes import one_line, read_attributes
from paceline.markup.tags import Tag
from paceline.markup.values import number_of

# WoltLab writes the address of the post behind the name: 'Bo','http://a.example/?postID=7#post7'.
_ADDRESS_BEHIND_NAME = re.compile(
    r"(?P<author>[^']*)'?,\s?'?(?:https?:)?/[^']*?(?:postID=|#post)(?P<id>[0-9]{1,19}).*", re.DOTALL
)
# The post's number behind the name, in the forms of vBulletin (name;5, and name;n5 of its fifth)
# and of XenForo (name, post: 5, member: 3).
_BEHIND_NAME = (
    re.compile(r"(?P<author>.*);\s*n?(?P<id>[0-9]{1,19})", re.DOTALL),
    re.compile(
        r"(?P<author>.*?),\s*post:\s?(?P<id>[0-9]{1,19})(?:, (?:member|topic): ?[0-9]{1,19})*",
        re.DOTALL,
    ),
    _ADDRESS_BEHIND_NAME,
)
# phpBB, MyBB and IPB, in this order.
_IDS = ("post_id", "pid", "post", "postid")
_AUTHORS = ("author", "name", "username")
_SMF_LINK = re.compile(r"\bmsg([0-9]{1,19})")
# Looks that phpBB writes around a name; brackets of anybody's own stay.
_LOOKS = re.compile(r"\[/?(?:url|b|i|u|color|size|font|email)(?:=[^\]]*)?\]", re.IGNORECASE)


def quote_of(tag: Tag) -> tuple[str, int | None]:
    """Author and post id of a quote's opening tag; the author may be empty."""
    author, post_id = tag.argument, None
    for pattern in _BEHIND_NAME:
        if match := pattern.fullmatch(author):
            author, post_id = match["author"], number_of(match["id"])
            break
    if tag.attributes:
        attributes = read_attributes(tag.attributes)
        for name in _AUTHORS:
            author = author or attributes.get(name, "")
        for name in _IDS:
            post_id = post_id or number_of(attributes.get(name, ""))
        if post_id is None and (match := _SMF_LINK.search(attributes.get("link", ""))):
            post_id = number_of(match[1])
    if "[" in author:
        author = _LOOKS.sub("", author)
    return one_line(author), post_id
