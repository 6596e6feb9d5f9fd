"""Token buckets and the networks they are kept by."""

import pytest

from paceline.lib.buckets import Buckets, network_of


def test_a_full_bucket_gives_its_size_at_once_and_then_one_by_one():
    buckets = Buckets(60)

    assert [buckets.take("a", 3, 0) for _ in range(4)] == [0, 0, 0, 20]
    assert buckets.take("a", 3, 10) == pytest.approx(10)
    assert buckets.take("a", 3, 20) == 0
    assert buckets.take("a", 3, 20) == pytest.approx(20)


def test_a_bucket_is_never_more_than_full():
    buckets = Buckets(60)
    assert [bool(buckets.take("a", 2, 0)) for _ in range(3)] == [False, False, True]
    assert [bool(buckets.take("a", 2, 9999)) for _ in range(3)] == [False, False, True]


def test_one_sender_does_not_use_up_what_is_anothers():
    buckets = Buckets(60)
    assert buckets.take("a", 1, 0) == 0
    assert buckets.take("a", 1, 0) > 0
    assert buckets.take("b", 1, 0) == 0


def test_no_size_is_no_limit_and_a_clock_that_stands_still_gives_nothing():
    buckets = Buckets(60)
    assert [buckets.take("a", 0, 0) for _ in range(100)] == [0] * 100
    assert buckets.take("b", 1, 100) == 0
    assert buckets.take("b", 1, 50) > 0


def test_only_so_many_senders_are_remembered_the_last_ones():
    buckets = Buckets(60, most_keys=2)
    for key in "abc":
        buckets.take(key, 1, 0)

    assert buckets.take("b", 1, 0) > 0
    assert buckets.take("c", 1, 0) > 0
    assert buckets.take("a", 1, 0) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
    ],
)
def test_addresses_of_one_network_are_one_sender(address, network):
    assert network_of(address) == network


def test_what_is_no_address_is_refused():
    with pytest.raises(ValueError):
        network_of("nowhere")
