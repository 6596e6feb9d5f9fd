"""Tables of the forum: boards, threads, posts, and every fact that a counter counts.

An author's row may go (erased accounts stay as rows without a name of their own, imported
guests never had one), so threads and posts also keep the name under which they were written.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

MEMBER = settings.AUTH_USER_MODEL


class State(models.IntegerChoices):
    """Who can see a thread or a post: everybody who may read, or only those who decide."""

    VISIBLE = 1, "visible"
    HELD = 2, "held for approval"
    HIDDEN = 3, "hidden by a moderator"
    DELETED = 4, "deleted by its author"


class Board(models.Model):
    """A place for threads, in a tree. A heading (`takes_threads` off) only holds boards.

    The counters count visible threads and posts of this board alone, not of the boards in it.
    `counts_for_members` is off where the group Members may not read: what stands there appears
    in nobody's counters. `administration/counting.py` keeps it.
    """

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=100)
    slug = models.CharField(max_length=80)
    description = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    takes_threads = models.BooleanField(default=True)

    allows_bbcode = models.BooleanField(default=True)
    allows_markdown = models.BooleanField(default=True)
    allows_smilies = models.BooleanField(default=True)
    allows_images = models.BooleanField(default=True)
    # Kept as an old board's page stated them; nothing here runs HTML or takes linkbacks.
    allows_html = models.BooleanField(default=False)
    allows_trackbacks = models.BooleanField(default=False)
    allows_pingbacks = models.BooleanField(default=False)
    allows_refbacks = models.BooleanField(default=False)

    counts_for_members = models.BooleanField(default=True)
    thread_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    # The visible thread that was posted to last; its own columns say by whom and when.
    last_thread = models.ForeignKey(
        "Thread", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Prefix(models.Model):
    """A short label before the titles of a board's threads, such as "Solved"."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="prefixes")
    label = models.CharField(max_length=30)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["board", "label"], name="prefix_once_per_board"),
        ]

    def __str__(self) -> str:
        return self.label


class Thread(models.Model):
    """An opening post and its replies. `last_number` only grows: numbers are never given twice.

    A stub (`moved_to` set) stands where a thread was moved away from and has no posts.
    `post_count` counts visible posts, the opening post among them. `counts_for_members` is the
    board's, kept here too so that counting a post asks for no board.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="threads")
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=80)
    prefix = models.ForeignKey(
        Prefix, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="threads")
    author_name = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=timezone.now)
    state = models.PositiveSmallIntegerField(choices=State, default=State.VISIBLE)
    is_locked = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    moved_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="stubs"
    )

    counts_for_members = models.BooleanField(default=True)
    last_number = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    view_count = models.PositiveIntegerField(default=0)
    first_number = models.PositiveIntegerField(default=1)
    last_post = models.ForeignKey(
        "Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_posted_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(
        MEMBER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_author_name = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["board", "-is_pinned", "-last_posted_at", "-id"], name="thread_by_last_post"
            ),
            models.Index(fields=["board", "-started_at", "-id"], name="thread_by_start"),
            models.Index(fields=["board", "-post_count", "-id"], name="thread_by_posts"),
            models.Index(fields=["board", "-view_count", "-id"], name="thread_by_views"),
            models.Index(fields=["board", "id"], name="thread_by_id"),
            models.Index(fields=["-last_posted_at", "-id"], name="thread_newest"),
            models.Index(fields=["author", "-last_posted_at"], name="thread_of_author"),
            # The queue of the staff: few rows among all.
            models.Index(
                fields=["started_at", "id"], condition=models.Q(state=2), name="thread_held"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_held(self) -> bool:
        """Whether it waits for approval."""
        return self.state == State.HELD


class Post(models.Model):
    """What somebody wrote. `number` is its place in the thread, from 1, and never changes there.

    `html` was rendered from `source` by the renderer of version `renderer`.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="posts")
    author_name = models.CharField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField()
    language = models.CharField(max_length=10, default="bbcode")
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField(default=1)
    posted_at = models.DateTimeField(default=timezone.now)
    state = models.PositiveSmallIntegerField(choices=State, default=State.VISIBLE)
    state_reason = models.CharField(max_length=500, blank=True)

    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by_name = models.CharField(max_length=80, blank=True)
    edit_reason = models.CharField(max_length=200, blank=True)
    revision_count = models.PositiveIntegerField(default=0)
    like_count = models.PositiveIntegerField(default=0)
    # So that a page without attachments need not ask for any.
    attachment_count = models.PositiveSmallIntegerField(default=0)
    # Sent with the form, so that the same form sent twice posts once; null where there was none.
    once_key = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "once_key"], name="post_form_once"),
        ]
        indexes = [
            models.Index(fields=["author", "-posted_at", "-id"], name="post_of_author"),
            models.Index(fields=["state", "-posted_at"], name="post_by_state"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} of {self.thread_id}"

    @property
    def is_held(self) -> bool:
        """Whether it waits for approval."""
        return self.state == State.HELD


class Revision(models.Model):
    """One text of a post that was edited: `number` 0 as first posted, the highest as it is now.

    `title` is the thread's, kept where the post is the opening one. A moderator may have hidden
    what the post said earlier from all but moderators.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField()
    is_hidden = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")
    written_by_name = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.post_id}"


class Like(models.Model):
    """A member likes a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="likes")
    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="likes")
    liked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="like_once")]

    def __str__(self) -> str:
        return f"{self.member_id} likes {self.post_id}"


class Mention(models.Model):
    """A post names a member with an @."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.post_id} mentions {self.member_id}"


class Quote(models.Model):
    """A post quotes another; counted once for its author, however often it is quoted there."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="quotes")
    quoted = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="quoted_in")
    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="quoted_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "quoted"], name="quote_once")]

    def __str__(self) -> str:
        return f"{self.post_id} quotes {self.quoted_id}"


class InsideLink(models.Model):
    """A post links to something on this board, and may show its title.

    Kept so that the post is rendered anew where what it names is renamed, hidden or moved. No
    foreign key: what is gone must be found too. `is_titled` where every visitor could read its
    title when the post was rendered.
    """

    class Kind(models.TextChoices):
        THREAD = "thread", "a thread"
        POST = "post", "a post"
        BOARD = "board", "a board"
        MEMBER = "member", "a member"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="inside_links")
    kind = models.CharField(max_length=6, choices=Kind)
    target_id = models.BigIntegerField()
    is_titled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "kind", "target_id"], name="inside_link_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "target_id", "post"], name="inside_link_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} links to {self.kind} {self.target_id}"


class MemberTag(models.Model):
    """A member was tagged in a thread: somebody wants them to see it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="member_tags")
    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="thread_tags")
    tagged_by = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")
    tagged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "member"], name="member_tag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} tagged in {self.thread_id}"


class Draft(models.Model):
    """What a member is writing. `place` says where: `reply:12`, `thread:3`, `edit:55`.

    An empty `language` was not chosen: it is the one that a new form begins with.
    """

    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "place"], name="draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.member_id} at {self.place}"


class Report(models.Model):
    """A reader tells the moderators about a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=1000)
    reported_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        MEMBER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["handled_at", "-reported_at"], name="report_open_first")]

    def __str__(self) -> str:
        return f"report of {self.post_id}"


class StaffAction(models.Model):
    """One line of the staff's log. Nothing changes or deletes a line."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    board = models.ForeignKey(Board, on_delete=models.SET_NULL, null=True, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    member = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} {self.about}"


class Notice(models.Model):
    """A message above the pages, for some boards or all, for some groups or all.

    `boards` and `groups` hold ids; an empty list means all.
    """

    title = models.CharField(max_length=120)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=1)
    boards = models.JSONField(default=list, blank=True)
    groups = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)
    is_dismissible = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class NoticeDismissal(models.Model):
    """A member has put a notice away; a visitor's choice is kept in a cookie."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="dismissals")
    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "member"], name="notice_dismissed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} dismissed {self.notice_id}"


class SitePage(models.Model):
    """A page that the footer links to: terms, privacy, advertising and the like."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)
    is_in_footer = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class OwnCode(models.Model):
    """A code of this board: `[name]…[/name]` is shown as its template, which is BB code.

    `example` is how it is written, for whoever looks for it.
    """

    name = models.CharField(max_length=30, unique=True)
    template = models.TextField()
    example = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"[{self.name}]"


class OwnSmilie(models.Model):
    """A smilie of this board: an emoji, or a picture where there is one (a name of a file)."""

    code = models.CharField(max_length=30, unique=True)
    emoji = models.CharField(max_length=40, blank=True)
    picture = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=60)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.code


class Rerendering(models.Model):
    """Stored HTML being made anew, in the background: how far it has come, row by row.

    Of one board's posts, or of everything where `board` is empty; with `only_older` of what an
    older renderer than `renderer` has made; with `words` of the sources that hold one of them.
    `stage` says which table it is at, and `after_id` the last row done there. `holder` is whoever
    does the next rows, until `held_until`.
    """

    class Stage(models.TextChoices):
        """The tables in the order in which they are done."""

        PAGES = "pages", "notices and pages"
        SIGNATURES = "signatures", "signatures"
        POSTS = "posts", "posts"

    board = models.ForeignKey(
        Board, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    only_older = models.BooleanField(default=False)
    words = models.JSONField(default=list, blank=True)
    renderer = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PAGES)
    after_id = models.BigIntegerField(default=0)
    # The posts there were when it began, for saying how much is left.
    highest_id = models.BigIntegerField(default=0)
    seen_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    # Time spent on it so far, in seconds: what a rate is taken from, pauses between runs left out.
    spent_s = models.FloatField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"rerendering {self.pk}, at {self.stage} after {self.after_id}"
