"""The same form sent twice posts once."""

from hashlib import blake2b

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post

# Forms send 32 hexadecimal digits; what is longer was not made by one of ours.
LONGEST_KEY = 200


def key_of(form_key: str | None, place: str, source: str) -> str | None:
    """What is kept of a form that was sent: its key, its place and its text in one.

    Sent again with another text (after the browser's Back button), it is another post. 40
    characters; None where the form had no key.
    """
    if not form_key:
        return None
    parts = "\0".join((form_key[:LONGEST_KEY], place, source))
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def find_sent(viewer: Viewer, once_key: str | None) -> Post | None:
    """The post that this member's form has made already. One query where there is a key."""
    if not once_key:
        return None
    sent = Post.objects.filter(author_id=viewer.member_id, once_key=once_key)
    return sent.select_related("thread").first()
