"""The search page: what was asked, what was found, and what else could be tried."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Thread
from paceline.forum.rendering import words_of
from paceline.lib.errors import Invalid, NotFound
from paceline.lib.texts import clean_line, fold_name, slugify
from paceline.permissions.boards import find_board, readable_board_ids
from paceline.permissions.posts import visible_posts
from paceline.permissions.table import load_table
from paceline.permissions.threads import visible_threads
from paceline.search.entries import MOST_COUNTED, Slice
from paceline.search.excerpts import Piece, excerpt, mark_words
from paceline.search.find import Found, Order, Scope, find_posts, finds_any
from paceline.search.query import Query, read_query

RESULTS_PER_PAGE = 20
# The best are put in order anew for every page; nobody reads further than this.
LAST_SKIP = 980


@dataclass(frozen=True, slots=True)
class Asked:
    """What the search form holds, as typed. `before` is a post's id, `skip` a number of results."""

    typed: str = ""
    board_id: int = 0
    thread_id: int = 0
    member: str = ""
    since: str = ""
    until: str = ""
    titles_only: bool = False
    best_first: bool = False
    any_word: bool = False
    before: int = 0
    skip: int = 0

    def address(self) -> dict[str, str]:
        """The same as what follows the question mark in the page's address."""
        values = {
            "q": self.typed,
            "board": str(self.board_id or ""),
            "thread": str(self.thread_id or ""),
            "by": self.member,
            "since": self.since,
            "until": self.until,
            "titles": "1" if self.titles_only else "",
            "sort": "best" if self.best_first else "",
            "match": "any" if self.any_word else "",
            "before": str(self.before or ""),
            "skip": str(self.skip or ""),
        }
        return {name: value for name, value in values.items() if value}

    @property
    def is_narrowed(self) -> bool:
        return any((self.board_id, self.thread_id, self.member, self.since, self.until))


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A post that was found. `title` and `excerpt` are text in pieces, to be escaped."""

    post_id: int
    number: int
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    board_id: int
    board_name: str
    board_slug: str
    author_id: int
    author_name: str
    author_slug: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something else to try, and its address as `Asked.address` gives it."""

    words: str
    address: dict[str, str]


@dataclass(frozen=True, slots=True)
class BoardChoice:
    """A board that can be searched, `depth` boards deep in the tree."""

    id: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """`sentence` says what was found or why nothing; empty where nothing was asked yet.

    `next_address` is empty on the last page.
    """

    asked: Asked
    boards: tuple[BoardChoice, ...]
    thread_title: str
    sentence: str = ""
    note: str = ""
    rows: tuple[ResultRow, ...] = ()
    next_address: dict[str, str] | None = None
    suggestions: tuple[Suggestion, ...] = ()


def load_results(viewer: Viewer, asked: Asked) -> ResultsPage:
    """What was found, 20 posts a page. At most six queries, and where nothing was found one more
    for each word that was asked for.

    Raises NotFound for a board or thread that is not there, Invalid for "since", "until" or "by".
    """
    page = load_form(viewer, asked)
    if not asked.typed.strip():
        return page
    query = read_query(asked.typed)
    scope = _scope(viewer, asked)
    if not query.wanted:
        return replace(page, sentence=_why_no_words(query))
    order: Order = "best" if asked.best_first else "newest"
    part = Slice(RESULTS_PER_PAGE, asked.before or None, min(asked.skip, LAST_SKIP))
    found = find_posts(viewer, query, scope, part, order=order, is_any=asked.any_word)
    note = "Only the beginning of what you typed was used." if query.is_cut else ""
    if not found.post_ids:
        sentence = "Nothing further was found." if asked.before or asked.skip else _nothing(asked)
        return replace(
            page,
            sentence=sentence,
            note=note,
            suggestions=_suggestions(viewer, asked, query, scope),
        )
    return replace(
        page,
        sentence=_how_many(found),
        note=note,
        rows=_rows(viewer, query, found.post_ids),
        next_address=_next(asked, found),
    )


def load_form(viewer: Viewer, asked: Asked) -> ResultsPage:
    """The form alone. No query, or one where a thread is asked for. Raises NotFound."""
    title = ""
    if asked.thread_id:
        threads = Thread.objects.filter(visible_threads(viewer), id=asked.thread_id)
        found = threads.values_list("title", flat=True).first()
        if found is None:
            raise NotFound("There is no such thread.")
        title = found
    if asked.board_id:
        find_board(viewer, asked.board_id)
    readable = readable_board_ids(viewer)
    boards = tuple(
        BoardChoice(board.id, board.name, board.depth)
        for board in load_table(viewer).boards.values()
        if board.id in readable
    )
    return ResultsPage(asked, boards, title)


def _scope(viewer: Viewer, asked: Asked) -> Scope:
    since, until = _day(asked.since, "since"), _day(asked.until, "until")
    return Scope(
        board_id=asked.board_id or None,
        thread_id=asked.thread_id or None,
        author_id=_author_id(asked.member),
        since=_begin(viewer, since) if since else None,
        until=_begin(viewer, until + timedelta(days=1)) if until else None,
        titles_only=asked.titles_only,
    )


def _author_id(name: str) -> int | None:
    if not clean_line(name):
        return None
    found = Member.objects.filter(name_key=fold_name(name)).values_list("id", flat=True).first()
    if found is None:
        raise Invalid("by", f"There is no member called {clean_line(name)[:80]}.")
    return found


def _day(typed: str, field: str) -> date | None:
    if not typed.strip():
        return None
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise Invalid(field, "Write the day as year, month and day, such as 2008-10-03.") from error
    if not 1970 <= day.year < 2200:
        raise Invalid(field, "No post is from that year.")
    return day


def _begin(viewer: Viewer, day: date) -> datetime:
    return datetime.combine(day, time(), viewer.zone)


def _rows(viewer: Viewer, query: Query, post_ids: tuple[int, ...]) -> tuple[ResultRow, ...]:
    """The posts in the order of their ids here; those left out that may not be shown any more."""
    posts = Post.objects.filter(visible_posts(viewer), id__in=post_ids)
    by_id = {post.pk: post for post in posts.select_related("thread", "author").defer("html")}
    return tuple(_row(viewer, query, by_id[one]) for one in post_ids if one in by_id)


def _row(viewer: Viewer, query: Query, post: Post) -> ResultRow:
    board = load_table(viewer).boards[post.thread.board_id]
    name = post.author.name if post.author else post.author_name
    text = words_of(board, post.source, post.language)
    return ResultRow(
        post_id=post.pk,
        number=post.number,
        title=mark_words(post.thread.title, query),
        excerpt=excerpt(text, query),
        board_id=board.id,
        board_name=board.name,
        board_slug=board.slug,
        author_id=post.author_id or 0,
        author_name=name,
        author_slug=slugify(name),
        posted_at=post.posted_at,
    )


def _next(asked: Asked, found: Found) -> dict[str, str] | None:
    if not found.has_more or asked.skip >= LAST_SKIP:
        return None
    if asked.best_first:
        following = replace(asked, skip=asked.skip + RESULTS_PER_PAGE)
    else:
        following = replace(asked, before=found.post_ids[-1])
    return following.address()


def _how_many(found: Found) -> str:
    if found.is_more_than_counted:
        return f"More than {MOST_COUNTED:,} posts were found."
    return f"{found.count:,} post{' was' if found.count == 1 else 's were'} found."


def _why_no_words(query: Query) -> str:
    if query.unwanted:
        return "Say at least one word that must occur."
    return "There is no word in that to look for."


def _nothing(asked: Asked) -> str:
    if asked.any_word:
        return "No post has any of these words."
    if asked.titles_only:
        return "No title has all of these words."
    return "No post has all of these words."


def _suggestions(
    viewer: Viewer, asked: Asked, query: Query, scope: Scope
) -> tuple[Suggestion, ...]:
    first = replace(asked, before=0, skip=0)
    if asked != first:
        return (Suggestion("Back to the first results", first.address()),)
    found = []
    if len(query.wanted) > 1 and not asked.any_word and finds_any(viewer, query, scope):
        found.append(
            Suggestion(
                "Posts with any of the words",
                replace(first, any_word=True, best_first=True).address(),
            )
        )
    if asked.titles_only:
        found.append(Suggestion("Not only in titles", replace(first, titles_only=False).address()))
    if asked.is_narrowed:
        everywhere = Asked(
            typed=asked.typed,
            titles_only=asked.titles_only,
            best_first=asked.best_first,
            any_word=asked.any_word,
        )
        found.append(Suggestion("On the whole board, of any time", everywhere.address()))
    return tuple(found)
