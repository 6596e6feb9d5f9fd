"""Tag a member in a thread: somebody wants them to see it."""

from django.db import transaction

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer, load_viewer
from paceline.forum import counters
from paceline.forum.models import MemberTag, State, Thread
from paceline.lib.errors import Invalid, NotAllowed
from paceline.lib.texts import clean_line
from paceline.notifications import tell
from paceline.permissions.boards import can
from paceline.permissions.rights import Right
from paceline.permissions.threads import check_tag
from paceline.posting.finding import check_takes_part, find_thread, hold_thread
from paceline.posting.texts import find_members

# In one thread; whoever wants everybody to see something has a notice for it.
MOST_TAGS = 50


def tag_member(viewer: Viewer, thread_id: int, name: str) -> Member:
    """Tag the member of that name; nothing happens where they are tagged already.

    Raises NotFound, NotAllowed, or Invalid("name", ...) where there is no such member, or one
    who cannot read the thread.
    """
    thread = find_thread(viewer, thread_id)
    check_tag(viewer, thread)
    member = _named(clean_line(name).removeprefix("@"))
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        check_tag(viewer, thread)
        _check_takes_tags(thread)
        if not can(load_viewer(viewer.site, member), thread.board_id, Right.READ):
            raise Invalid("name", f"{member.name} cannot see this board.")
        tags = MemberTag.objects.filter(thread=thread)
        if tags.filter(member=member).exists():
            return member
        if tags.count() >= MOST_TAGS:
            raise Invalid("name", f"{MOST_TAGS} members are tagged here already; that is the most.")
        tags.create(thread=thread, member=member, tagged_by_id=viewer.member_id)
        counters.add_tag(thread, member.pk)
        if member.pk != viewer.member_id:
            tell.tell_of_tag(thread.pk, member.pk)
    return member


def untag_member(viewer: Viewer, thread_id: int, member_id: int) -> None:
    """Take a tag back: one's own, one that one gave, or any where one moderates.

    Nothing happens where there is none. Raises NotFound or NotAllowed.
    """
    check_takes_part(viewer)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        tag = MemberTag.objects.filter(thread=thread, member_id=member_id).first()
        if tag is None:
            return
        concerned = {tag.member_id, tag.tagged_by_id}
        if viewer.member_id not in concerned and not can(viewer, thread.board_id, Right.MODERATE):
            raise NotAllowed("Only who gave a tag, who was tagged, and moderators take it back.")
        tag.delete()
        counters.remove_tag(thread, member_id)


def _named(name: str) -> Member:
    found = find_members((name,)) if name else []
    if not found:
        raise Invalid("name", "There is no member of that name.")
    return found[0]


def _check_takes_tags(thread: Thread) -> None:
    if thread.state != State.VISIBLE or thread.moved_to_id is not None:
        raise NotAllowed("Members are tagged only in threads that everybody can see.")
