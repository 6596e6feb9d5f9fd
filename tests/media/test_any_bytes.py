"""Whatever bytes or names come: an answer or a refusal, and no other exception."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from paceline.lib.errors import Invalid
from paceline.lib.file_kinds import KINDS, PICTURES, kind_of
from paceline.lib.texts import clean_line
from paceline.media.moving import strip_moving
from paceline.media.names import LONGEST_NAME, clean_name
from paceline.media.pictures import clean_picture
from tests import samples

WHOLE = {kind: samples.film(kind.upper(), (12, 9)) for kind in ("gif", "webp", "png")} | {
    kind: samples.picture(kind.upper(), (12, 9)) for kind in ("jpeg", "avif")
}


@st.composite
def spoilt(draw: st.DrawFn, kind: str) -> bytes:
    """A picture with some bytes changed, taken out or put in, or cut off."""
    data = bytearray(WHOLE[kind])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        piece = draw(st.binary(max_size=6))
        data[at : at + draw(st.integers(0, 6))] = piece
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


@pytest.mark.parametrize("kind", PICTURES)
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_spoilt_picture_is_made_sound_or_refused(kind, data):
    with suppress(Invalid):
        made = clean_picture(kind, data.draw(spoilt(kind)))
        image = Image.open(BytesIO(made.data))
        assert image.format == kind.upper()
        assert image.size == (made.width, made.height)
        assert Image.open(BytesIO(made.small)).format == "WEBP"


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_spoilt_film_is_taken_apart_or_refused_and_never_grows(kind, data):
    sent = data.draw(st.one_of(spoilt(kind), st.binary(max_size=200)))
    with suppress(ValueError):
        # A chunk of odd length, or a loop, gets its filling byte.
        assert len(strip_moving(kind, sent).data) <= len(sent) + 16


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_of_a_known_kind_or_of_none(data):
    assert kind_of(data, data) in {"", *KINDS}


@given(st.text(max_size=300), st.sampled_from(sorted(KINDS)))
@settings(max_examples=300, deadline=None)
def test_any_name_becomes_one_that_is_a_name_everywhere(typed, kind):
    name = clean_name(typed, kind)

    assert 3 < len(name) <= LONGEST_NAME
    assert name == clean_line(name)
    assert not set(name) & set('/\\:*?"<>|%#;')
    assert not name.startswith(".")
    assert name.rpartition(".")[2].lower() in KINDS[kind].extensions
