"""Profile fields are added, ordered, changed, deleted; pages follow at once."""

import pytest

from paceline.accounts.fields import profile_fields
from paceline.accounts.models import Member, ProfileField
from paceline.administration.fields import (
    MOST_FIELDS,
    FieldValues,
    add_field,
    change_field,
    delete_field,
    load_fields,
    move_field,
)
from paceline.browsing.thread_page import load_thread_page
from paceline.lib.errors import Invalid, NotFound


def test_a_field_stands_beside_posts_as_soon_as_it_is_there(world, root, lines):
    add_field(root, FieldValues("Bikes"))
    key = profile_fields(world.viewer(None).site)[0].key
    Member.objects.filter(id=world.bo.pk).update(fields={key: "A blue one"})

    page = load_thread_page(world.viewer(world.cy), world.thread.pk)
    assert page.posts[0].author.fields == (("Bikes", "A blue one"),)
    assert lines() == [("add field", "Bikes")]


def test_two_fields_of_one_label_have_keys_of_their_own(root):
    for label in ("Bikes", "Bikes", "自転車", "自転車"):
        add_field(root, FieldValues(label))
    keys = ProfileField.objects.order_by("id").values_list("key", flat=True)
    assert list(keys) == ["bikes", "bikes-2", "field", "field-2"]


def test_fields_are_changed_ordered_and_deleted(world, root, lines):
    bikes, shoes = add_field(root, FieldValues("Bikes")), add_field(root, FieldValues("Shoes"))
    move_field(root, shoes, "up")
    move_field(root, shoes, "up")
    for _ in range(2):
        change_field(root, bikes, FieldValues("My bikes", longest=50, is_beside_posts=False))
    assert [field.values.label for field in load_fields(root)] == ["Shoes", "My bikes"]
    delete_field(root, shoes)
    with pytest.raises(NotFound):
        delete_field(root, shoes)
    assert [verb for verb, _ in lines()[2:]] == ["change field", "change field", "delete field"]
    assert [field.label for field in profile_fields(world.viewer(None).site)] == ["My bikes"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("label", FieldValues(" ")),
        ("label", FieldValues("x" * 61)),
        ("help_text", FieldValues("A", help_text="x" * 201)),
        ("longest", FieldValues("A", longest=0)),
        ("longest", FieldValues("A", longest=1001)),
    ],
)
def test_what_does_not_fit_is_refused(root, field, values):
    with pytest.raises(Invalid) as refusal:
        add_field(root, values)
    assert refusal.value.field == field


def test_there_is_an_end_to_fields(root):
    for n in range(MOST_FIELDS):
        add_field(root, FieldValues(f"Field {n}"))
    with pytest.raises(Invalid):
        add_field(root, FieldValues("One more"))
