"""How often somebody may do something: token buckets in memory, the clock passed in.

A bucket holds `size` tokens when it is full and fills up evenly in `period_s`. Each process has
its own buckets, so over all of a server's workers the limit is as many times higher; what must
hold exactly is counted in the database.
"""

import threading
from dataclasses import dataclass
from ipaddress import ip_address, ip_network


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """Buckets by key, all of one size. Safe to use from many threads.

    At most `most_keys` are kept: beyond, whoever came longest ago is forgotten.
    """

    def __init__(self, period_s: float, *, most_keys: int = 20_000) -> None:
        self._period_s = period_s
        self._most_keys = most_keys
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, key: str, size: int, now: float) -> float:
        """Take a token; answers 0, or in how many seconds there will be one, taking none.

        `now` is in seconds, of any clock that does not go back. A size of 0 sets no limit.
        """
        if size <= 0:
            return 0.0
        a_second = size / self._period_s
        with self._lock:
            bucket = self._buckets.pop(key, None) or _Bucket(float(size), now)
            grown = max(now - bucket.at, 0.0) * a_second
            bucket.tokens, bucket.at = min(bucket.tokens + grown, float(size)), now
            # Put back as the newest; the first of the dict is the one that came longest ago.
            self._buckets[key] = bucket
            if len(self._buckets) > self._most_keys:
                del self._buckets[next(iter(self._buckets))]
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0.0
            return (1 - bucket.tokens) / a_second

    def clear(self) -> None:
        """Forget everybody. For tests."""
        with self._lock:
            self._buckets.clear()


def network_of(address: str) -> str:
    """The network that an address belongs to, as one sender: /24 of IPv4, /48 of IPv6.

    A household is given a /56 or a /48 of IPv6 and can choose among its addresses at will. An
    IPv4 address written as IPv6 is the IPv4 address. Raises ValueError where it is no address.
    """
    parsed = ip_address(address)
    if parsed.version == 6 and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))
