"""How often one reader may ask for what costs much: members each, visitors by network."""

import math
import time

from paceline.lib.buckets import Buckets, network_of
from paceline.lib.errors import TooMany
from paceline.lib.kept import forget_also
from paceline.web.answers import Request
from paceline.web.client_address import client_address

_searches = Buckets(60)
_letters = Buckets(3600)
_suggestions = Buckets(60)
_uploads = Buckets(60)
forget_also(_searches.clear)
forget_also(_letters.clear)
forget_also(_suggestions.clear)
forget_also(_uploads.clear)
# Far more than somebody types names in; too few to read the list of members by them.
MOST_SUGGESTIONS = 120
# Making a picture anew costs up to a second; nobody chooses so many in earnest.
MOST_UPLOADS = 60


def check_searches(request: Request) -> None:
    """Raise TooMany where the reader has searched as often as the board allows in a minute."""
    most = request.viewer.site.settings.searches_per_minute
    wait_s = _searches.take(_who(request), most, time.monotonic())
    if wait_s:
        raise TooMany(
            f"That is {most:,} searches in a minute, as many as this board answers for one"
            f" reader. Ask again in {_seconds(wait_s)}.",
            retry_after_s=math.ceil(wait_s),
        )


def check_suggestions(request: Request) -> None:
    """Raise TooMany where the reader has looked up names as often as anybody types in a minute."""
    wait_s = _suggestions.take(_who(request), MOST_SUGGESTIONS, time.monotonic())
    if wait_s:
        raise TooMany(
            f"That is {MOST_SUGGESTIONS:,} look-ups in a minute. Ask again in {_seconds(wait_s)}.",
            retry_after_s=math.ceil(wait_s),
        )


def check_uploads(request: Request) -> None:
    """Raise TooMany where the member has sent as many files as anybody attaches in a minute."""
    wait_s = _uploads.take(_who(request), MOST_UPLOADS, time.monotonic())
    if wait_s:
        raise TooMany(
            f"That is {MOST_UPLOADS:,} files in a minute. Send more in {_seconds(wait_s)}.",
            retry_after_s=math.ceil(wait_s),
        )


def check_letters(request: Request) -> None:
    """Raise TooMany where the reader has sent as many letters as the board takes in an hour."""
    most = request.viewer.site.settings.reports_per_hour
    wait_s = _letters.take(_who(request), most, time.monotonic())
    if wait_s:
        raise TooMany(
            f"That is {most:,} letters in an hour, as many as this board takes from one sender."
            f" Try again in {_seconds(wait_s)}; your text is still here.",
            retry_after_s=math.ceil(wait_s),
        )


def _who(request: Request) -> str:
    if request.viewer.member_id:
        return f"member {request.viewer.member_id}"
    return network_of(client_address(request))


def _seconds(wait_s: float) -> str:
    seconds = math.ceil(wait_s)
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{math.ceil(seconds / 60)} minutes"
