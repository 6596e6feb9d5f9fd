import pytest

from paceline.forum.models import Draft
from paceline.lib.errors import Invalid, SignInFirst
from paceline.posting import drafts
from paceline.posting.drafts import LONGEST_DRAFT, forget_draft, load_draft, save_draft
from paceline.posting.reply import post_reply


def test_a_draft_is_kept_for_its_member_and_place(world, bo, cy):
    save_draft(bo, "reply:12", "Half")
    save_draft(bo, "reply:12", "Half a\r\nthought\x00", title=" On  pain ")

    draft = load_draft(bo, "reply:12")
    assert draft
    assert (draft.source, draft.title) == ("Half a\nthought", "On pain")
    assert load_draft(bo, "reply:13") is None
    assert load_draft(cy, "reply:12") is None


def test_an_empty_text_forgets_the_draft(world, bo):
    save_draft(bo, "thread:1", "Half", title="On pain")
    save_draft(bo, "thread:1", " ", title="")

    assert not Draft.objects.exists()


def test_a_title_alone_is_a_draft(world, bo):
    save_draft(bo, "thread:1", "", title="On pain")

    assert Draft.objects.exists()


@pytest.mark.parametrize("place", ["", "reply:", "reply:0", "reply:-1", "else:1", "reply:1\n", "é"])
def test_a_place_is_one_of_ours(world, bo, place):
    with pytest.raises(Invalid) as refused:
        save_draft(bo, place, "Half")
    assert refused.value.field == "place"


def test_drafts_are_not_endless(world, bo):
    with pytest.raises(Invalid):
        save_draft(bo, "reply:1", "x" * (LONGEST_DRAFT + 1))


def test_visitors_have_no_drafts(world, nobody):
    with pytest.raises(SignInFirst):
        save_draft(nobody, "reply:1", "Half")
    assert load_draft(nobody, "reply:1") is None


def test_the_oldest_draft_goes_where_there_are_too_many(world, bo, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    for number in (1, 2, 3):
        save_draft(bo, f"reply:{number}", "Half")

    assert set(Draft.objects.values_list("place", flat=True)) == {"reply:2", "reply:3"}


def test_the_oldest_drafts_go_where_all_are_too_long_together(world, bo, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_CHARACTERS", 10)
    for number, text in ((1, "x" * 4), (2, "x" * 4), (3, "x" * 6)):
        save_draft(bo, f"reply:{number}", text)
    assert set(Draft.objects.values_list("place", flat=True)) == {"reply:2", "reply:3"}

    save_draft(bo, "reply:3", "x" * 20)

    assert set(Draft.objects.values_list("place", flat=True)) == {"reply:3"}


def test_a_draft_saved_after_its_text_was_sent_does_not_come_back(world, bo):
    place = f"reply:{world.thread.pk}"
    post_reply(bo, world.thread.pk, "A whole thought.", once_key="k1")

    save_draft(bo, place, "A whole thought.\n", once_key="k1")
    assert load_draft(bo, place) is None

    save_draft(bo, place, "A whole thought. And one more.", once_key="k1")
    assert load_draft(bo, place)


def test_forgetting_what_is_not_there(world, bo):
    forget_draft(bo, "reply:1")
