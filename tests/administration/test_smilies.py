"""The board's own smilies: an emoji or a small picture, read aloud by its name."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from paceline.administration.boards import BoardValues, change_board
from paceline.administration.smilies import (
    SmilieValues,
    Upload,
    add_smilie,
    change_smilie,
    delete_smilie,
    load_smilies,
    move_smilie,
)
from paceline.forum.models import OwnSmilie
from paceline.jobs.worker import run_all
from paceline.lib.errors import Invalid, NotFound
from paceline.media.smilie_pictures import read_smilie_picture

BIKE = SmilieValues(":roadie:", "bike", "🚲")


def picture(kind: str = "PNG", side: int = 20) -> Upload:
    file = io.BytesIO()
    Image.new("RGB", (side, side), "green").save(file, kind)
    size = file.tell()
    file.seek(0)
    return Upload(file, size)


def test_a_smilie_is_shown_from_the_next_post_on_and_older_ones_follow(world, root, lines):
    before = world.reply("Out :roadie: now")
    run_all()

    add_smilie(root, BIKE)
    run_all()

    before.refresh_from_db()
    assert before.html == (
        '<p>Out <span class="smilie" role="img" aria-label="bike">🚲</span> now</p>'
    )
    assert world.reply(":roadie:").html.count("🚲") == 1
    assert lines() == [("add smilie", ":roadie:")]


def test_a_picture_takes_the_emoji_s_place_and_can_go_again(world, root, client):
    bike = add_smilie(root, BIKE)
    post = world.reply(":roadie:")

    change_smilie(root, bike, BIKE, picture())
    run_all()
    post.refresh_from_db()
    name = OwnSmilie.objects.get().picture
    assert f'src="/smilies/{name}" alt="bike"' in post.html
    answer = client.get(f"/smilies/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "sandbox" in answer["Content-Security-Policy"]

    change_smilie(root, bike, BIKE)
    assert OwnSmilie.objects.get().picture == name
    change_smilie(root, bike, BIKE, drops_picture=True)
    run_all()
    post.refresh_from_db()
    assert "🚲" in post.html


def test_they_are_ordered_changed_and_deleted(world, root, lines):
    bike = add_smilie(root, BIKE)
    hill = add_smilie(root, SmilieValues(":hill:", "hill", "⛰️"))
    move_smilie(root, hill, "up")
    assert [line.values.code for line in load_smilies(root)] == [":hill:", ":roadie:"]
    post = world.reply(":roadie: :racer:")

    change_smilie(root, bike, SmilieValues(":racer:", "bike", "🚲"))
    change_smilie(root, bike, SmilieValues(":racer:", "bike", "🚲"))
    delete_smilie(root, hill)
    run_all()

    post.refresh_from_db()
    assert post.html.startswith("<p>:roadie: <span")
    verbs = [verb for verb, _ in lines()]
    assert verbs[2:] == ["change smilie", "change smilie", "delete smilie"]


def test_a_board_without_smilies_shows_none(world, root):
    add_smilie(root, BIKE)
    change_board(root, world.training.pk, BoardValues("Training", allows_smilies=False))

    assert world.reply(":roadie:").html == "<p>:roadie:</p>"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("code", SmilieValues("", "bike", "🚲")),
        ("code", SmilieValues("bike", "bike", "🚲")),
        ("code", SmilieValues(":", "bike", "🚲")),
        ("code", SmilieValues(": bike:", "bike", "🚲")),
        ("code", SmilieValues("[bike]", "bike", "🚲")),
        ("code", SmilieValues("@bike", "bike", "🚲")),
        ("code", SmilieValues(":x:", "bike", "🚲")),
        ("name", SmilieValues(":b:", "", "🚲")),
        ("emoji", SmilieValues(":b:", "bike")),
    ],
)
def test_what_cannot_work_is_refused_with_a_sentence(root, field, values):
    add_smilie(root, SmilieValues(":x:", "x", "❌"))

    with pytest.raises(Invalid) as refusal:
        add_smilie(root, values)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    "upload",
    [
        Upload(io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), 55),
        Upload(io.BytesIO(b"\x89PNG\r\n\x1a\nnonsense"), 16),
        Upload(io.BytesIO(b""), 0),
        Upload(io.BytesIO(b"x"), 10**6),
        picture(side=400),
        picture("BMP"),
    ],
)
def test_what_is_no_small_picture_is_refused_and_nothing_is_left(root, upload):
    with pytest.raises(Invalid) as refusal:
        add_smilie(root, BIKE, upload)

    assert refusal.value.field == "picture"
    assert not OwnSmilie.objects.exists()
    assert not _files()


def test_a_picture_of_a_smilie_that_is_refused_is_not_kept(root):
    add_smilie(root, BIKE)

    with pytest.raises(Invalid):
        add_smilie(root, BIKE, picture())

    assert not _files()


@pytest.mark.parametrize("name", ["x.png", "../secret_key", "a" * 22 + ".svg", "a" * 22 + ".png"])
def test_a_name_that_is_none_is_answered_as_not_there(db, name):
    with pytest.raises(NotFound):
        read_smilie_picture(name)


def _files() -> list[str]:
    return default_storage.listdir("smilies")[1] if default_storage.exists("smilies") else []
