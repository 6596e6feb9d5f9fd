"""From which address a request comes, as far as the proxies before the board can be trusted."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The sender's address, or `0.0.0.0` where it is none.

    Behind `PROXY_HOPS` proxies it is the entry of X-Forwarded-For that the outermost of them
    wrote; entries before it are the sender's own words. A request that came past the proxies
    counts as its connection's.
    """
    hops = settings.PROXY_HOPS
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if hops and len(forwarded) >= hops and forwarded[-hops].strip():
        said = forwarded[-hops].strip()
    else:
        said = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(said))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 (no address, not one to listen at)
