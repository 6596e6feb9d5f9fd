"""Noting who is looking at which page, without a write."""

from paceline.accounts import presence, sessions
from paceline.forum.views import note_view
from paceline.web.answers import Request
from paceline.web.client_address import client_address


def note(request: Request, board_id: int = 0, thread_id: int = 0) -> None:
    """The viewer is being shown a page: of a thread, of a board, or another. No query.

    A page of a thread counts as a view of it. Pages that a browser loads in advance count not.
    """
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    viewer = request.viewer
    if viewer.member:
        key = presence.member_key(viewer.member_id)
        if session_key := request.session.session_key:
            sessions.note_session(session_key, viewer.now)
    else:
        agent = request.headers.get("User-Agent", "")
        key = presence.visitor_key(client_address(request), agent, viewer.now.date())
    presence.note(
        key, member_id=viewer.member_id, board_id=board_id, thread_id=thread_id, at=viewer.now
    )
    if thread_id:
        note_view(thread_id)
