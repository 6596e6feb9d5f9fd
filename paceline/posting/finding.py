"""Finding what a member wants to act on, and holding it while the deed is done.

The row of a thread is the one lock for all that happens in it: posts, likes, tags, reports.
"""

from paceline.accounts.viewer import Viewer
from paceline.forum import numbers
from paceline.forum.models import Post, State, Thread
from paceline.lib.errors import NotAllowed, NotFound, SignInFirst
from paceline.permissions.boards import banned_sentence
from paceline.permissions.posts import visible_posts
from paceline.permissions.threads import visible_threads


def find_thread(viewer: Viewer, thread_id: int) -> Thread:
    """The thread, where it is there for the viewer. Raises NotFound. One query."""
    thread = Thread.objects.filter(visible_threads(viewer), id=thread_id).first()
    if thread is None:
        raise NotFound("There is no such thread.")
    return thread


def find_post(viewer: Viewer, post_id: int) -> Post:
    """The post with its thread, where it is there for the viewer. Raises NotFound. One query."""
    posts = Post.objects.filter(visible_posts(viewer), id=post_id)
    post = posts.select_related("thread").first()
    if post is None:
        raise NotFound("There is no such post.")
    return post


def hold_thread(viewer: Viewer, thread_id: int) -> Thread:
    """The same thread, held until the caller's transaction ends. Two queries."""
    if numbers.lock_thread_row(thread_id) is None:
        raise NotFound("There is no such thread.")
    return find_thread(viewer, thread_id)


def hold_post(viewer: Viewer, post_id: int) -> Post:
    """The same post with its thread held until the caller's transaction ends. Three queries."""
    thread_id = find_post(viewer, post_id).thread_id
    numbers.lock_thread_row(thread_id)
    post = find_post(viewer, post_id)
    if post.thread_id != thread_id:
        # A moderator has moved it between the two queries; asked again, it is found.
        return hold_post(viewer, post_id)
    return post


def is_opening(post: Post) -> bool:
    """Whether the thread begins with the post, be it visible or not. One query or none."""
    if post.number == 1:
        return True
    earlier = Post.objects.filter(thread_id=post.thread_id, number__lt=post.number)
    return not earlier.exists()


def check_takes_part(viewer: Viewer) -> None:
    """Raise unless the viewer is a member who is not banned."""
    if viewer.is_banned:
        raise NotAllowed(banned_sentence(viewer))
    if viewer.is_visitor:
        raise SignInFirst("Sign in first, then it can be done.")


def check_shown(post: Post) -> None:
    """Raise unless everybody who reads the thread can see the post. `post.thread` is loaded."""
    if post.state != State.VISIBLE or post.thread.state != State.VISIBLE:
        raise NotAllowed("This can be done with posts only that everybody can see.")
