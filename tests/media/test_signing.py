"""Addresses for pictures of elsewhere, which nobody but the board can make."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from paceline.media.signing import address_in_path, picture_path

ADDRESS = "https://example.com/ride.jpg?size=größe"


def parts(address=ADDRESS):
    _, name, signature, encoded = picture_path(address).split("/")
    assert name == "picture"
    return signature, encoded


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_a_path_of_ours_names_its_address(address):
    signature, encoded = parts(address)

    assert address_in_path(signature, encoded) == address
    assert picture_path(address) == picture_path(address)


def test_a_path_that_somebody_else_made_names_nothing():
    signature, encoded = parts()
    other = base64.urlsafe_b64encode(b"http://example.com/other.png").decode().rstrip("=")

    for wrong in (
        (signature, other),
        (parts("https://example.com/")[0], encoded),
        (signature[:-1], encoded),
        (signature.swapcase(), encoded),
        ("", encoded),
        (signature, ""),
        (signature, encoded + "="),
        (signature, encoded + "A"),
        (signature, "%%%"),
        (signature, "_____w"),
        ("é", encoded),
    ):
        assert address_in_path(*wrong) is None, wrong


def test_an_address_has_one_spelling(settings):
    """The last letter of some hides bits that no decoder looks at."""
    signature, encoded = parts("https://example.com/a")
    spelled = [encoded[:-1] + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"]

    assert sum(address_in_path(signature, one) is not None for one in spelled) <= 1


def test_paths_hold_after_the_key_was_changed_while_the_old_one_is_known(settings):
    signature, encoded = parts()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert address_in_path(signature, encoded) == ADDRESS
    assert parts()[0] != signature
    settings.SECRET_KEY_FALLBACKS = []
    assert address_in_path(signature, encoded) is None
