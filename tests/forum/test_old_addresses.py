import pytest

from paceline.forum.old_addresses import OldPlace, name_post, read_old_address


def read(address):
    address, _, fragment = address.partition("#")
    path, _, query = address.partition("?")
    return [(each.kind, each.id, each.page) for each in read_old_address(path, query, fragment)]


@pytest.mark.parametrize(
    ("address", "places"),
    [
        # vBulletin 3
        ("/showthread.php?t=123", [("thread", 123, 1)]),
        ("/forums/showthread.php?s=0af&t=123&page=2", [("thread", 123, 2)]),
        ("/a/showthread.php?t=123&page=2#post456", [("post", 456, 1), ("thread", 123, 2)]),
        ("/showthread.php?p=456#post456", [("post", 456, 1)]),
        ("/showthread.php?threadid=123&postid=456", [("post", 456, 1), ("thread", 123, 1)]),
        ("/showpost.php?p=456&postcount=7", [("post", 456, 1)]),
        ("/member.php?u=7", [("member", 7, 1)]),
        ("/forumdisplay.php?f=3&order=desc", [("board", 3, 1)]),
        ("/printthread.php?t=123", [("thread", 123, 1)]),
        ("/archive/index.php/t-123.html", [("thread", 123, 1)]),
        ("/archive/index.php/t-123-p-2.html", [("thread", 123, 1)]),
        ("/archive/index.php/f-3.html", [("board", 3, 1)]),
        # vBulletin 4, and names of pages as vBSEO made them
        ("/showthread.php?123-On-saddles&p=456", [("post", 456, 1), ("thread", 123, 1)]),
        ("/showthread.php/123-On-saddles/page2", [("thread", 123, 1)]),
        ("/member.php/7-bo", [("member", 7, 1)]),
        ("/training-nutrition/123-on-saddles.html", [("thread", 123, 1)]),
        ("/training/123-on-saddles-2.html#post456", [("post", 456, 1), ("thread", 123, 2)]),
        ("/456-post7.html", [("post", 456, 1)]),
        ("/forums/members/7-bo.html", [("member", 7, 1)]),
        # phpBB
        ("/viewtopic.php?f=3&t=123&start=20", [("thread", 123, 1)]),
        ("/phpBB3/viewtopic.php?p=456#p456", [("post", 456, 1)]),
        ("/viewforum.php?f=3", [("board", 3, 1)]),
        ("/memberlist.php?mode=viewprofile&u=7", [("member", 7, 1)]),
        # SMF
        ("/index.php?topic=123.0", [("thread", 123, 1)]),
        ("/index.php?topic=123.msg456#msg456", [("post", 456, 1), ("thread", 123, 1)]),
        ("/index.php/topic,123.20.html", [("thread", 123, 1)]),
        ("/index.php?board=3.0", [("board", 3, 1)]),
        ("/index.php?action=profile;u=7", [("member", 7, 1)]),
        # MyBB
        ("/showthread.php?tid=123&pid=456#pid456", [("post", 456, 1), ("thread", 123, 1)]),
        ("/forumdisplay.php?fid=3", [("board", 3, 1)]),
        ("/member.php?action=profile&uid=7", [("member", 7, 1)]),
        # None of theirs, or nothing in particular
        *((path, []) for path in ("/", "/index.php", "/showthread.php", "/forums/", "/x.php?t=1")),
        *((f"/showthread.php?t={odd}", []) for odd in ("0", "-1", "x", "", "%00", "1" * 30)),
        ("/search.php?t=5", []),
        ("//showthread.php?t=5", []),
        ("/a b/showthread.php?t=5", []),
        ("/showthread.php?" + "&".join(f"a{n}=1" for n in range(99)) + "&t=5", []),
    ],
)
def test_what_an_old_address_asks_for(address, places):
    assert read(address) == places


@pytest.mark.parametrize(
    ("query", "fragment", "named"),
    [
        ("t=123&page=2", "post456", "t=123&page=2&p=456"),
        ("t=123&p=456", "post456", "t=123&p=456"),
        ("t=123", "top", "t=123"),
        ("tid=123", "pid456", "tid=123&pid=456"),
    ],
)
def test_a_post_that_only_the_fragment_names_comes_into_the_query(query, fragment, named):
    assert name_post("/showthread.php", query, fragment) == named
    if fragment != "top":
        assert read_old_address("/showthread.php", named)[0] == OldPlace("post", 456)
