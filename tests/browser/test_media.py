"""Cards of films and sounds: nothing of their hosts before the click, a sandboxed player after."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MEMBER
from tests.browser.test_access import RULES, faults

pytestmark = pytest.mark.browser

FILM = "https://youtu.be/wZZ7oFKsKzY"
PLAYER = "https://www.youtube-nocookie.com/embed/wZZ7oFKsKzY"


@pytest.fixture(scope="module")
def thread(site):
    """A thread with a card of each kind; its address."""
    made = site.machine.script(
        f"""
import json
from paceline.accounts.models import Member
from paceline.accounts.viewer import load_viewer
from paceline.conf.site import load_site
from paceline.forum.models import Board
from django.utils import timezone
from paceline.media.models import LinkPreview, RemotePicture
from paceline.media.remote_pictures import hash_address
from paceline.posting.start_thread import start_thread
who = load_viewer(load_site(), Member.objects.get(name="tom_k"))
source = '''See this:
{FILM}
https://open.spotify.com/track/3lDpjvbifbmrmzWGE8F9zd
https://www.komoot.com/tour/123456
https://example.com/sounds/ride.mp3

https://example.com/a/page

[img]http://127.0.0.1:9/gone.png[/img]
That is all.'''
page = LinkPreview(
    address="https://example.com/a/page",
    address_hash=hash_address("https://example.com/a/page"),
    title="A long day out",
    site="Rides of Example",
    description="Over three passes and back again, with everything that went wrong. " * 3,
    picture="http://127.0.0.1:9/passes.jpg",
    fetched_at=timezone.now(),
)
page.save()
film = LinkPreview(
    address="{FILM}",
    address_hash=hash_address("{FILM}"),
    title="Over the pass and back",
    picture=page.picture,
    fetched_at=timezone.now(),
)
film.save()
RemotePicture.objects.create(
    address=page.picture, address_hash=hash_address(page.picture), width=600, height=400
)
post = start_thread(who, Board.objects.get(name="Workshop").pk, "Films and sounds", source)
print(json.dumps(post.thread_id))
"""
    )
    return f"/t/{made}/"


@pytest.fixture
def asked():
    """The addresses of other servers that pages asked for."""
    return []


def open_thread(visit, site, thread, asked, **how):
    page = visit(thread, **how)

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<title>A player</title>")

    page.route(lambda address: not address.startswith(site.address), answer)
    page.reload()
    page.wait_for_load_state("networkidle")
    return page


def test_nothing_is_asked_of_a_host_before_the_click(visit, site, thread, asked):
    page = open_thread(visit, site, thread, asked)

    assert page.locator(".text .media").count() == 4
    assert page.locator("iframe, video, audio").count() == 0
    assert asked == []


def test_a_click_brings_the_player_in_a_sandbox_and_another_takes_it_away(
    visit, site, thread, asked
):
    page = open_thread(visit, site, thread, asked)
    button = page.get_by_role("button", name="Play here: YouTube")
    button.press("Enter")

    frame = page.locator(".media iframe")
    expect(page.locator(".media .link-picture")).to_be_hidden()
    expect(frame).to_have_attribute("src", PLAYER + "?autoplay=1")
    sandbox = frame.get_attribute("sandbox")
    assert "allow-scripts" in sandbox
    assert "top-navigation" not in sandbox
    assert frame.get_attribute("title").startswith("YouTube")
    page.wait_for_load_state("networkidle")
    assert asked == [PLAYER + "?autoplay=1"]

    page.get_by_role("button", name="Close YouTube").click()
    expect(frame).to_have_count(0)
    expect(page.locator(".media .link-picture")).to_be_visible()
    expect(page.get_by_role("link", name="YouTube")).to_have_attribute("href", FILM)
    expect(page.get_by_role("link", name="YouTube Over the pass and back")).to_be_visible()


def test_a_sound_file_plays_where_it_stands(visit, site, thread, asked):
    page = open_thread(visit, site, thread, asked)
    page.get_by_role("button", name="Play here: Sound").click()

    expect(page.locator(".media audio")).to_have_attribute(
        "src", "https://example.com/sounds/ride.mp3"
    )


def test_without_script_a_card_is_a_link(visit, thread):
    page = visit(thread, script=False)

    assert page.locator(".media button").count() == 0
    assert page.get_by_role("link", name="YouTube").get_attribute("href") == FILM


def test_cards_are_found_by_everybody_in_the_dark_and_on_a_phone(visit, site, thread, asked):
    page = open_thread(visit, site, thread, asked, by=MEMBER, width=390, height=844, dark=True)
    page.get_by_role("button", name="Show here: komoot").click()

    assert faults(page, RULES) == []
    box = page.get_by_role("button", name="Play here: YouTube").bounding_box()
    assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_picture_that_is_not_to_be_had_is_a_frame(visit, site, thread, asked):
    """The board looks for it, and finds that it may not; the browser asks the board alone."""
    page = open_thread(visit, site, thread, asked)
    picture = page.get_by_alt_text("gone.png")
    picture.scroll_into_view_if_needed()
    page.wait_for_function(
        "image => image.complete && image.naturalWidth", arg=picture.element_handle()
    )

    assert picture.evaluate("image => image.naturalWidth") == 320
    assert picture.get_attribute("src").startswith("/picture/")
    assert asked == []


def test_the_card_of_a_page_is_a_link_with_a_picture_that_takes_its_room(
    visit, site, thread, asked
):
    page = open_thread(visit, site, thread, asked, width=390, height=844)
    card = page.locator(".link-card")

    expect(card.get_by_role("link")).to_have_text("A long day out")
    assert card.locator("img").get_attribute("width") == "600"
    assert card.locator("img").bounding_box()["height"] > 50
    assert card.bounding_box()["width"] <= 390
    assert faults(page, RULES) == []
