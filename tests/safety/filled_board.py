"""A board on which everything is called, and says, what attacks are: one after the other."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils import timezone

from paceline.accounts.models import Ban, Group, Member, MemberGroup, ProfileField
from paceline.conf.site import change_settings, rights_changed
from paceline.forum.models import (
    Board,
    Draft,
    Notice,
    Post,
    Prefix,
    Report,
    Revision,
    SitePage,
    StaffAction,
    Thread,
)
from paceline.markup.render import render
from paceline.notifications.models import Alert
from paceline.search.index import index_posts
from tests.safety.attacks import BB_CODE, MARKDOWN
from tests.safety.soundness import facts_that_say

# A page of a thread, and of a list, at the most that the settings allow.
A_PAGE = 100
PACKED_IN_A_POST = 150
# A picture from elsewhere is asked for by design, where a board shows them so.
NO_PICTURES = facts_that_say("x")


def storable(text: str) -> str:
    """As far as a database can hold it: the doors of the board let nothing else in."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def packed(attacks: Sequence[str]) -> Iterator[str]:
    """Renderings of each attack: bare in each language, and within two marks of each."""
    bb_code, markdown = cycle(BB_CODE), cycle(MARKDOWN)
    for attack in attacks:
        facts = facts_that_say(attack)
        yield render(attack, language="plain", facts=facts).html
        yield render(attack, language="bbcode", facts=facts).html
        yield render(attack, language="markdown", facts=facts).html
        for place in islice(bb_code, 2):
            yield render(place.replace("{}", attack), language="bbcode", facts=facts).html
        for place in islice(markdown, 2):
            yield render(place.replace("{}", attack), language="markdown", facts=facts).html


class FilledBoard:
    """Fills the board; `ids` says where to look. Columns are filled past every check."""

    def __init__(self, attacks: Sequence[str], *, reader: Member) -> None:
        self.attacks = [storable(attack) for attack in attacks]
        self.reader = reader
        self.ids: dict[str, Any] = {}

    def fill(self) -> dict[str, Any]:
        """Where things are: ids, and how many pages there are of each list."""
        self._set_the_site()
        self._add_members()
        self.board = Board.objects.create(
            name=self._cut(0, 100), slug="b", description=self._cut(1, 500)
        )
        rights_changed()
        self._add_threads()
        self._add_everything_thread()
        self._add_packed_thread()
        self._add_records()
        index_posts(Post.objects.filter(thread__board=self.board))
        count = len(self.attacks)
        self.ids.update(board=self.board.pk, pages=-(-count // A_PAGE), count=count)
        return self.ids

    def _cut(self, index: int, length: int) -> str:
        """An attack as far as it goes into a column; a number in front keeps it single."""
        return self.attacks[index % len(self.attacks)][:length]

    def _some(self, most: int) -> list[str]:
        """So many of the attacks, from all parts of the list."""
        return self.attacks[:: max(1, len(self.attacks) // most)]

    def _set_the_site(self) -> None:
        change_settings(
            {
                "posts_per_page": A_PAGE,
                "threads_per_page": A_PAGE,
                "site_name": '"><img src=x onerror=zq=1>',
                "site_description": "</title><script>window.zq=1</script>",
                "footer_line": "'\"--><svg onload=alert(1)>",
            }
        )

    def _add_members(self) -> None:
        for key in ("bikes", "rides"):
            ProfileField.objects.create(key=key, label=f"{key}<img src=x onerror=zq=1>"[:60])
        members = []
        for number, attack in enumerate(self.attacks):
            name = f"{number} {attack}"[:80]
            html = render(attack, facts=NO_PICTURES).html
            members.append(
                Member(
                    name=name,
                    name_key=f"{number} {attack}"[:160],
                    look_key=f"{number}",
                    custom_title=attack[:60],
                    location=attack[:100],
                    fields={"bikes": attack[:200], "rides": attack[-200:]},
                    signature_source=attack,
                    signature_html=html,
                    post_count=number,
                    last_seen_at=timezone.now(),
                    password="!",
                )
            )
        Member.objects.bulk_create(members, batch_size=500)
        self.members = list(Member.objects.filter(password="!").order_by("id"))
        self.ids["member"] = self.members[0].pk
        for attack in self._some(20):
            group = Group.objects.create(
                name=f"{Group.objects.count()}{attack}"[:60], title=attack[:60]
            )
            MemberGroup.objects.create(group=group, member=self.members[0])
        for member, attack in zip(self.members, self._some(20), strict=False):
            Ban.objects.create(member=member, reason=attack[:500])

    def _thread(self, title: str, board: Board | None = None) -> Thread:
        return Thread.objects.create(
            board=board or self.board, title=title[:200], slug="t", author=self.reader
        )

    def _add_threads(self) -> None:
        prefixes = [
            Prefix.objects.create(board=self.board, label=attack[:30]) for attack in self._some(50)
        ]
        threads = [
            Thread(
                board=self.board,
                title=f"zebra {attack}"[:200],
                slug="t",
                author=member,
                author_name=attack[:80],
                last_author_name=attack[:80],
                last_author=member,
                prefix=prefix,
                last_number=1,
                post_count=1,
            )
            for attack, member, prefix in zip(
                self.attacks, self.members, cycle(prefixes), strict=False
            )
        ]
        Thread.objects.bulk_create(threads, batch_size=500)
        made = list(Thread.objects.filter(board=self.board).order_by("id"))
        Post.objects.bulk_create(
            [
                self._post(thread, 1, attack, member)
                for thread, attack, member in zip(made, self.attacks, self.members, strict=True)
            ],
            batch_size=500,
        )
        first = {post.thread_id: post for post in Post.objects.filter(thread__in=made[:1])}
        self.ids["thread"] = made[0].pk
        self.ids["opening"] = first[made[0].pk].pk
        newest = dict(
            Post.objects.filter(thread__board=self.board)
            .values("thread_id")
            .annotate(last=Max("id"))
            .values_list("thread_id", "last")
        )
        for thread in made:
            thread.last_post_id = newest[thread.pk]
        Thread.objects.bulk_update(made, ["last_post"], batch_size=500)
        Board.objects.filter(pk=self.board.pk).update(
            thread_count=len(made), post_count=len(made), last_thread=made[-1]
        )

    def _post(self, thread: Thread, number: int, attack: str, member: Member, **more: Any) -> Post:
        more.setdefault("html", render(attack, facts=NO_PICTURES).html or "<p>zebra</p>")
        return Post(
            thread=thread,
            number=number,
            author=member,
            author_name=attack[:80],
            title=attack[:200],
            source=f"zebra {attack}",
            edited_at=timezone.now(),
            edited_by_name=attack[:80],
            edit_reason=attack[:200],
            state_reason=attack[:500],
            **more,
        )

    def _fill_thread(self, name: str, posts: Iterable[Post], thread: Thread) -> None:
        made = list(posts)
        Post.objects.bulk_create(made, batch_size=200)
        last = Post.objects.filter(thread=thread).latest("id")
        Thread.objects.filter(pk=thread.pk).update(
            last_number=len(made), post_count=len(made), last_post=last, last_author_name="x"
        )
        self.ids[name] = thread.pk
        self.ids[f"{name}_pages"] = -(-len(made) // A_PAGE)

    def _add_everything_thread(self) -> None:
        """A post for each attack, which is its title, its writer, and all that is said of both."""
        thread = self._thread(self.attacks[3])
        posts = (
            self._post(thread, number, attack, member)
            for number, (attack, member) in enumerate(
                zip(self.attacks, self.members, strict=True), start=1
            )
        )
        self._fill_thread("everything", posts, thread)

    def _add_packed_thread(self) -> None:
        """Posts that hold very many renderings each."""
        thread = self._thread("Packed")
        renderings = packed(self.attacks)
        texts = []
        while part := list(islice(renderings, PACKED_IN_A_POST)):
            texts.append("".join(part))
        posts = (
            self._post(thread, number, "x", self.reader, html=html)
            for number, html in enumerate(texts, start=1)
        )
        self._fill_thread("packed", posts, thread)

    def _add_records(self) -> None:
        post = Post.objects.get(pk=self.ids["opening"])
        now = timezone.now()
        some = self._some(200)
        for number, attack in enumerate(some):
            Report.objects.create(post=post, reporter=self.members[number], reason=attack[:1000])
            Report.objects.create(
                post=post, handled_at=now, handled_by=self.reader, reason="x", outcome=attack[:500]
            )
            Alert.objects.create(
                member=self.reader,
                kind=Alert.Kind.values[number % len(Alert.Kind.values)],
                thread_id=post.thread_id,
                post=post,
                actor_name=attack[:80],
                text=attack[:500],
            )
            StaffAction.objects.create(
                actor_name=attack[:80],
                verb="rename_thread",
                about=attack[:200],
                reason=attack[:500],
                detail={"before": attack, "more": attack},
                board=self.board,
            )
            Revision.objects.create(
                post=post,
                number=number + 1,
                title=attack[:200],
                source=attack,
                written_at=now,
                written_by_name=attack[:80],
                reason=attack[:200],
            )
        for number, attack in enumerate(some[:100]):
            Draft.objects.create(
                member=self.reader,
                place=f"reply:{post.thread_id + number}",
                title=attack[:200],
                source=attack,
            )
            html = render(attack, facts=NO_PICTURES).html
            Notice.objects.create(title=attack[:120], source=attack, html=html)
            SitePage.objects.create(
                slug=f"zq-{number}", title=attack[:100], source=attack, html=html
            )
            Board.objects.create(
                name=attack[:100], slug="b", description=attack[:500], last_thread_id=post.thread_id
            )
        rights_changed()
        Post.objects.filter(pk=post.pk).update(revision_count=len(some))


def fill_from(file: str, reader: str) -> dict[str, Any]:
    """Fill the board with the attacks of a file of JSON; `reader` is the name of who will look."""
    attacks = json.loads(Path(file).read_text())
    return FilledBoard(attacks, reader=Member.objects.get(name=reader)).fill()


def places(ids: dict[str, Any]) -> Iterator[str]:
    """The address of every page that shows what members have written."""
    board, opening, member = ids["board"], ids["opening"], ids["member"]
    for page in range(1, ids["pages"] + 1):
        yield f"/b/{board}/b/?page={page}"
        yield f"/search/?q=zebra&page={page}"
    # The same names stand beside the posts below.
    for page in range(1, ids["pages"] + 1, 4):
        yield f"/members/?page={page}"
    for name in ("everything", "packed"):
        thread = ids[name]
        for page in range(1, ids[f"{name}_pages"] + 1):
            yield f"/t/{thread}/" if page == 1 else f"/t/{thread}/t/{page}/"
        for page in range(1, ids[f"{name}_pages"] + 1, 3):
            yield f"/archive/t/{thread}/" if page == 1 else f"/archive/t/{thread}/{page}/"
        yield f"/t/{thread}/print"
    yield from ("/", "/new/", "/unanswered/", "/watched/", "/online/", "/alerts/", "/drafts/")
    yield from ("/search/?q=zebra&in=titles", "/archive/", f"/archive/b/{board}/", "/new-thread")
    yield from (f"/t/{ids['thread']}/", f"/t/{ids['thread']}/reply", f"/b/{board}/new")
    yield from (f"/p/{opening}/edit", f"/p/{opening}/history", f"/p/{opening}/report")
    yield from (f"/p/{opening}/quote", f"/p/{opening}/likes", f"/p/{opening}/hide")
    yield from (f"/m/{member + n}/x/" for n in range(0, min(ids["count"], 400), 7))
    yield from ("/mod/", "/mod/reports/", "/mod/reports/?done=1", "/mod/log/", "/mod/held/")
    yield from (f"/mod/members/{member}/", f"/mod/boards/{board}/", f"/t/{ids['thread']}/move")
    yield from (f"/mod/split/{ids['everything']}/", f"/t/{ids['thread']}/rename", "/account/")
    yield from ("/admin/", "/admin/settings/", "/admin/boards/", f"/admin/boards/{board}/")
    yield from ("/admin/groups/", "/admin/rights/", f"/admin/rights/why?member={member}")
    yield from ("/admin/members/?q=1", f"/admin/members/{member}/", "/admin/fields/")
    yield from (
        "/admin/notices/",
        "/admin/pages/",
        "/admin/jobs/",
        "/contact/",
        "/account/profile/",
    )
    yield from (f"/page/zq-{number}/" for number in range(0, 100, 7))
