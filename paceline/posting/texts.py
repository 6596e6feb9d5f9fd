"""What is asked of every text before it becomes a post."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post
from paceline.forum.rendering import options_of, staff_options
from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_line, clean_text, fold_name
from paceline.markup.render import LANGUAGES, Facts, Parsed, Rendered, parse, write
from paceline.media.attachments import attachments_of_posts, facts_of, usable_attachments
from paceline.media.previews import find_previews
from paceline.media.remote_pictures import pictures_as_shown
from paceline.permissions.posts import visible_posts
from paceline.permissions.table import BoardInfo
from paceline.posting.inside_links import MOST_INSIDE, find_inside_links

# No post names or quotes more; what is beyond is text like any other.
MOST_MENTIONS = 30
MOST_QUOTES = 50


def render_source(
    viewer: Viewer,
    board: BoardInfo,
    source: str,
    language: str = "bbcode",
    *,
    post_id: int | None = None,
) -> tuple[str, Rendered]:
    """The cleaned source and what it renders to on this board.

    It may show the attachments of `post_id`, which it is the text of, and what the viewer has
    sent and not posted yet. One query for each kind of thing that it points to: members, and
    so on.
    Raises Invalid("source", ...) where nothing is left, or where it is too long, and
    Invalid("language", ...).
    """
    if language not in LANGUAGES:
        raise Invalid("language", "There is no such way of writing here.")
    source = clean_text(source).strip()
    longest = viewer.site.settings.post_length
    if len(source) > longest:
        raise Invalid(
            "source", f"That is {len(source):,} characters; a post has at most {longest:,}."
        )
    parsed = parse(source, options_of(board), language=language)
    files = usable_attachments(viewer, parsed.attachments, post_id)
    rendered = write(parsed, replace(find_facts([parsed]), attachments=facts_of(files)))
    if rendered.is_empty:
        raise Invalid("source", "Write something first.")
    return source, rendered


def render_for(
    board: BoardInfo, source: str, language: str = "bbcode", *, post_id: int | None = None
) -> Rendered:
    """The rendering of a text on a board, its mentions leading to members that exist, and the
    attachments of the post that it is the text of.

    One query for each kind of thing that it points to.
    """
    parsed = parse(source, options_of(board), language=language)
    files = attachments_of_posts([post_id]) if post_id and parsed.attachments else {}
    facts = facts_of(files.get(post_id or 0, ()))
    return write(parsed, replace(find_facts([parsed]), attachments=facts))


def render_for_staff(source: str) -> Rendered:
    """The rendering of a notice or a page of the board's own. Queries as for a post.

    Links to the board show no titles: nothing would take these back (`InsideLink` is of posts).
    """
    parsed = parse(source, staff_options())
    facts = find_facts([parsed])
    links = {address: replace(fact, title="") for address, fact in facts.links.items()}
    return write(parsed, replace(facts, links=links))


def find_facts(texts: Sequence[Parsed]) -> Facts:
    """What the board knows of all that these texts point to, but for attachments, which belong to
    one post each. One query for each kind of thing."""
    names = {name for text in texts for name in text.mentions[:MOST_MENTIONS]}
    addresses = dict.fromkeys(link for text in texts for link in text.links[:MOST_INSIDE])
    inside = find_inside_links(addresses)
    pages = {one for text in texts for one in text.lone_links if one not in inside}
    return Facts(
        members=_member_paths(names),
        links=inside,
        picture=pictures_as_shown({one for text in texts for one in text.pictures}),
        previews=find_previews(pages),
    )


def _member_paths(names: Iterable[str]) -> dict[str, str]:
    """Where the pages of these members are, by name in lower case. One query if any is named."""
    names = list(names)
    if not names:
        return {}
    paths = {member.name_key: f"/m/{member.pk}/" for member in find_members(names)}
    return {name.casefold(): paths[fold_name(name)] for name in names if fold_name(name) in paths}


def find_members(names: Iterable[str]) -> list[Member]:
    """The members of these names. One query."""
    return list(Member.objects.filter(name_key__in={fold_name(n) for n in names}, is_active=True))


def mentioned_ids(rendered: Rendered) -> list[int]:
    """The members that a text names. One query where it names any."""
    names = rendered.mentions[:MOST_MENTIONS]
    return [member.pk for member in find_members(names)] if names else []


def quoted_ids(viewer: Viewer, rendered: Rendered) -> list[int]:
    """The posts that a text quotes and its writer can see. One query where it quotes any."""
    ids = [q.post_id for q in rendered.quotes if q.post_id is not None][:MOST_QUOTES]
    if not ids:
        return []
    ids = [post_id for post_id in ids if 0 < post_id < 2**63]
    return list(
        Post.objects.filter(visible_posts(viewer) & Q(id__in=ids)).values_list("id", flat=True)
    )


def check_title(viewer: Viewer, title: str) -> str:
    """The title on one line. Raises Invalid("title", ...)."""
    title = clean_line(title)
    longest = viewer.site.settings.title_length
    if len(title) > longest:
        raise Invalid("title", f"A title has at most {longest:,} characters.")
    if not any(character.isalnum() for character in title):
        raise Invalid("title", "A thread needs a title that says what it is about.")
    return title
