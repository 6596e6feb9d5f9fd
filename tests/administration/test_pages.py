"""The footer's pages are written by administrators."""

import pytest

from paceline.administration.pages import (
    PageValues,
    add_page,
    change_page,
    delete_page,
    load_pages,
    move_page,
)
from paceline.browsing.footer import footer_links
from paceline.forum.models import SitePage
from paceline.lib.errors import Invalid, NotFound


def footer(world):
    return [link.title for link in footer_links(world.viewer(None))][2:]


def test_a_page_is_added_changed_ordered_and_deleted(world, root, lines):
    before = footer(world)
    page_id = add_page(root, PageValues("Ride rules", source="Wear a [i]helmet[/i]."))
    page = SitePage.objects.get(id=page_id)
    assert page.slug == "ride-rules"
    assert "<em>helmet</em>" in page.html or "<i>helmet</i>" in page.html
    assert footer(world) == [*before, "Ride rules"]

    move_page(root, page_id, "up")
    assert footer(world)[-2] == "Ride rules"
    for _ in range(2):
        change_page(root, page_id, PageValues("Ride rules", "rules", is_in_footer=False))
    assert footer(world) == before
    delete_page(root, page_id)
    with pytest.raises(NotFound):
        delete_page(root, page_id)
    assert [verb for verb, _ in lines()] == [
        "add page",
        "change page",
        "change page",
        "delete page",
    ]


def test_a_page_needs_a_title_and_an_address_of_its_own(root):
    taken = load_pages(root)[0].values.slug
    for field, values in (
        ("title", PageValues(" ")),
        ("slug", PageValues("規則")),
        ("slug", PageValues("Another", taken)),
        ("source", PageValues("Long", source="x" * 100_001)),
    ):
        with pytest.raises(Invalid) as refusal:
            add_page(root, values)
        assert refusal.value.field == field


def test_what_a_page_says_is_rendered_and_not_trusted(root):
    page_id = add_page(root, PageValues("Evil", source="<script>alert(1)</script>"))
    assert "<script" not in SitePage.objects.get(id=page_id).html
