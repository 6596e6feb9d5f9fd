"""Pictures of elsewhere: their room, and taking one away for good."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from paceline.administration.overview import load_attention
from paceline.administration.pictures import forget_picture, load_pictures
from paceline.lib.errors import Invalid, NotFound
from paceline.media.fetch import Neighbours
from paceline.media.models import RemotePicture
from paceline.media.remote_pictures import fetch_pictures
from paceline.media.signing import picture_path
from tests.media.bad_server import bad_server
from tests.samples import picture


@pytest.fixture
def server(settings):
    with bad_server() as running:
        names = {"pictures.example": ("127.0.0.1",)}
        settings.FETCH_NEIGHBOURS = Neighbours(names, frozenset({running.port}))
        for path in ("/a.png", "/same.png"):
            running.says(path, picture())
        running.says("/other.png", picture(colour="red"))
        yield running


@pytest.fixture
def fetched(world, server):
    """Three pictures that are here, two of them the same, and one that is not to be had."""
    fetch_pictures(server.url(path) for path in ("/a.png", "/same.png", "/other.png", "/none"))
    return server


def test_the_page_says_how_much_room_they_take(root, fetched):
    page = load_pictures(root)

    assert (page.kept_count, page.missing_count) == (3, 1)
    assert 0 < page.kept_bytes < 10_000
    assert page.most_bytes == 5_000_000_000


@pytest.mark.parametrize("is_own_address", [True, False])
def test_a_picture_that_is_taken_away_never_comes_back(
    root, fetched, lines, is_own_address, django_capture_on_commit_callbacks
):
    address = fetched.url("/a.png")
    path = picture_path(address)
    key = RemotePicture.objects.get(address=address).key
    asked = len(fetched.asked)

    with django_capture_on_commit_callbacks(execute=True):
        forget_picture(root, f"https://board.example{path}" if is_own_address else address)

    assert not default_storage.exists(key)
    # The same picture at another address goes too; others stay.
    statuses = [
        Client().get(picture_path(fetched.url(one))).status_code
        for one in ("/a.png", "/same.png", "/other.png")
    ]
    assert statuses == [404, 404, 200]
    fetch_pictures([address, fetched.url("/same.png")])
    assert len(fetched.asked) == asked
    assert lines() == [("take picture away", address)]


def test_one_that_was_never_fetched_is_not_fetched_then(root, fetched):
    fetched.says("/new.png", picture(colour="blue"))
    forget_picture(root, fetched.url("/new.png"))

    assert Client().get(picture_path(fetched.url("/new.png"))).status_code == 404
    assert "/new.png" not in fetched.asked


@pytest.mark.parametrize(
    "typed",
    ["", "a.png", "javascript:alert(1)", "/picture/x/y", "http://[", "mailto:bo@example.com"],
)
def test_what_is_no_address_is_refused(root, typed):
    with pytest.raises(Invalid):
        forget_picture(root, typed)


def test_nobody_but_an_administrator_does_it(ada, fetched):
    with pytest.raises(NotFound):
        forget_picture(ada, fetched.url("/a.png"))
    with pytest.raises(NotFound):
        load_pictures(ada)


def test_administrators_hear_when_the_room_ends(world, fetched):
    def sentences():
        return " ".join(load_attention(world.viewer(world.root)).sentences)

    assert "remote_picture_megabytes" not in sentences()
    RemotePicture.objects.update(size=5_000_000_000)
    assert "remote_picture_megabytes" in sentences()
    world.set(keep_remote_pictures="no")
    assert "remote_picture_megabytes" not in sentences()
