"""What a member says of themselves, and how it is changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from paceline.accounts.fields import profile_fields
from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.conf.own_addresses import own_hosts
from paceline.lib.errors import Invalid, NotAllowed, SignInFirst
from paceline.lib.texts import clean_line, clean_text
from paceline.markup.render import RENDERER_VERSION, Options, Rendered, render

LONGEST_LOCATION = 100


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member says of themselves, as they type it; `fields` is by the fields' keys."""

    location: str
    signature: str
    fields: Mapping[str, str]


def own_profile(viewer: Viewer) -> Profile:
    """The member's profile as a form shows it. Raises SignInFirst. No query."""
    if viewer.member is None:
        raise SignInFirst("Sign in first, then you see your profile.")
    member = viewer.member
    return Profile(member.location, member.signature_source, dict(member.fields))


def change_profile(viewer: Viewer, profile: Profile) -> None:
    """Set the member's location, signature and the profile fields that they may edit.

    A field that is not in it is emptied, one that members may not edit stays. Raises
    SignInFirst, NotAllowed for a banned member, or Invalid for "location", "signature", or
    "field_<key>", and then changes nothing. One query.
    """
    member = _member(viewer)
    location = clean_line(profile.location)
    if len(location) > LONGEST_LOCATION:
        raise Invalid("location", f"At most {LONGEST_LOCATION} characters.")
    values = dict(member.fields)
    for field in profile_fields(viewer.site):
        if not field.is_editable:
            continue
        value = clean_line(profile.fields.get(field.key, ""))
        if len(value) > field.longest:
            raise Invalid(f"field_{field.key}", f"At most {field.longest:,} characters.")
        values[field.key] = value
    source, rendered = render_signature(viewer, profile.signature)
    member.location = location
    member.fields = {key: value for key, value in values.items() if value}
    member.signature_source = source
    member.signature_html = rendered.html
    member.signature_renderer = RENDERER_VERSION
    signature = ("signature_source", "signature_html", "signature_renderer")
    member.save(update_fields=["location", "fields", *signature])


def signature_options() -> Options:
    """What a signature may hold: no pictures, since a page with one beside each post is a wall."""
    return Options(images=False, own_hosts=own_hosts(settings.SITE_URL))


def render_signature(viewer: Viewer, source: str) -> tuple[str, Rendered]:
    """A signature as typed, cleaned, and what it renders to. Raises Invalid("signature", ...)."""
    source = clean_text(source).strip()
    longest = viewer.site.settings.signature_length
    if len(source) > longest:
        raise Invalid(
            "signature",
            f"That is {len(source):,} characters; a signature has at most {longest:,}.",
        )
    return source, render(source, signature_options())


def _member(viewer: Viewer) -> Member:
    if viewer.member is None:
        raise SignInFirst("Sign in first, then you can change your profile.")
    if viewer.is_banned:
        raise NotAllowed("While you are banned, your profile stays as it is.")
    return viewer.member
