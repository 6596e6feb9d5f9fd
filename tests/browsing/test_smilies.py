from paceline.browsing.smilies import MOST_FOUND, all_smilies, find_emoji
from paceline.conf.site import load_site, markup_changed
from paceline.forum.models import OwnSmilie


def test_the_board_s_own_smilies_come_first_then_the_usual_ones(world):
    OwnSmilie.objects.create(code=":chain:", emoji="⛓️", name="a chain", position=1)
    markup_changed()
    load_site()

    rows = all_smilies()

    assert [row.code for row in rows[:2]] == [":chain:", ":)"]
    assert len({(row.emoji, row.picture) for row in rows}) == len(rows)


def test_emoji_are_found_by_a_word_those_that_begin_with_it_first():
    rows = find_emoji(" Bike ")

    assert rows[0].code == ":bike:"
    assert all("bike" in row.code for row in rows)
    assert len(find_emoji("a")) == MOST_FOUND
    assert find_emoji(":::") == ()
    assert find_emoji("x" * 10_000) == ()
