from paceline.browsing.drafts_page import load_drafts_page
from paceline.forum.models import Draft
from paceline.posting.drafts import save_draft


def test_drafts_say_what_they_are_for_the_latest_first(world, bo, cy):
    post = world.reply()
    save_draft(bo, f"reply:{world.thread.pk}", "Half")
    save_draft(bo, f"thread:{world.training.pk}", "Half", title="On pain")
    save_draft(bo, f"edit:{post.pk}", "Half")
    save_draft(cy, f"reply:{world.thread.pk}", "Theirs")

    rows = load_drafts_page(bo)

    assert [(row.kind, row.about) for row in rows] == [
        ("edit", "Back pain on long rides"),
        ("thread", "Training"),
        ("reply", "Back pain on long rides"),
    ]
    assert rows[1].title == "On pain"


def test_a_draft_outlives_its_place_but_tells_nothing_of_it(world, bo):
    secret = world.hidden_board()
    plans = world.start_thread("Plans", board=secret, author=world.root)
    for place in (f"reply:{plans.pk}", f"thread:{secret.pk}", "edit:9223372036854775807"):
        save_draft(bo, place, "Half")
    Draft.objects.create(member=world.bo, place="reply:9999999999999999999", source="Half")

    rows = load_drafts_page(world.viewer(world.bo))

    assert [(row.about, row.source) for row in rows] == [("", "Half")] * 4


def test_a_visitor_has_none(world, nobody, queries):
    assert queries(load_drafts_page, nobody) == (0, ())


def test_queries_do_not_grow_with_the_drafts(world, bo, queries):
    post = world.reply()
    save_draft(bo, f"reply:{world.thread.pk}", "Half")
    save_draft(bo, f"edit:{post.pk}", "Half")
    few, _ = queries(load_drafts_page, bo)
    for each in world.posts(5):
        save_draft(bo, f"edit:{each.pk}", "Half")
    many, rows = queries(load_drafts_page, bo)

    assert len(rows) == 7
    assert (few, many) == (3, 3)
