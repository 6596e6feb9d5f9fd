"""What a member does with a thread and a board: watch it, mark it read, tag members in it."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from paceline.lib.errors import Invalid
from paceline.posting import mark_read, watching
from paceline.posting.tag import tag_member, untag_member
from paceline.web import sent
from paceline.web.addresses import thread_address, way_back
from paceline.web.answers import Request
from paceline.web.composer import check_signed_in


@require_POST
def watch_thread(request: Request, thread_id: int) -> HttpResponse:
    """Hear of replies to a thread."""
    thread = watching.watch_thread(request.viewer, thread_id)
    back = way_back(request, thread_address(thread.pk, thread.slug))
    return sent.done(request, back, "You will hear of replies to this thread.", is_watched=True)


@require_POST
def unwatch_thread(request: Request, thread_id: int) -> HttpResponse:
    """Hear of replies no longer."""
    thread = watching.unwatch_thread(request.viewer, thread_id)
    back = way_back(request, thread_address(thread.pk, thread.slug))
    return sent.done(request, back, "You will not hear of this thread.", is_watched=False)


@require_POST
def watch_board(request: Request, board_id: int) -> HttpResponse:
    """Hear of new threads on a board."""
    board = watching.watch_board(request.viewer, board_id)
    back = way_back(request, reverse("board", args=(board.id, board.slug)))
    return sent.done(request, back, "You will hear of new threads here.", is_watched=True)


@require_POST
def unwatch_board(request: Request, board_id: int) -> HttpResponse:
    """Hear of new threads no longer."""
    board = watching.unwatch_board(request.viewer, board_id)
    back = way_back(request, reverse("board", args=(board.id, board.slug)))
    return sent.done(request, back, "You will not hear of new threads here.", is_watched=False)


@require_POST
def tag(request: Request, thread_id: int) -> HttpResponse:
    """Tag the member of a name in a thread."""
    check_signed_in(request, "Sign in to tag members.")
    member = tag_member(request.viewer, thread_id, sent.text(request, "name"))
    back = way_back(request, reverse("thread_by_id", args=(thread_id,)))
    message = f"{member.name} is tagged in this thread."
    return sent.done(request, back, message, member=member.pk, name=member.name)


@require_POST
def untag(request: Request, thread_id: int) -> HttpResponse:
    """Take the tag of a member back."""
    check_signed_in(request, "Sign in to take a tag back.")
    member_id = sent.number(request, "member")
    if member_id is None:
        raise Invalid("member", "Say whose tag is to go.")
    untag_member(request.viewer, thread_id, member_id)
    back = way_back(request, reverse("thread_by_id", args=(thread_id,)))
    return sent.done(request, back, "The tag is taken back.", member=member_id)


@require_POST
def read_thread(request: Request, thread_id: int) -> HttpResponse:
    """Mark a thread as read up to a post."""
    check_signed_in(request, "Sign in, and what you have read will be remembered.")
    number = sent.number(request, "number")
    if number is None:
        raise Invalid("number", "Say up to which post it has been read.")
    thread = mark_read.mark_thread(request.viewer, thread_id, number)
    back = way_back(request, thread_address(thread.pk, thread.slug))
    return sent.done(request, back, number=min(number, thread.last_number))


@require_POST
def read_board(request: Request, board_id: int) -> HttpResponse:
    """Mark a board, with those in it, as read."""
    check_signed_in(request, "Sign in, and what you have read will be remembered.")
    board = mark_read.mark_board(request.viewer, board_id)
    back = way_back(request, reverse("board", args=(board.id, board.slug)))
    return sent.done(request, back, f"All of {board.name} counts as read.")


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    check_signed_in(request, "Sign in, and what you have read will be remembered.")
    mark_read.mark_everything(request.viewer)
    back = way_back(request, reverse("board_index"))
    return sent.done(request, back, "Everything counts as read.")
