"""The profile fields that the administrator defined, kept in the process."""

from dataclasses import dataclass

from paceline.accounts.models import ProfileField
from paceline.conf.site import Site
from paceline.lib.kept import Kept


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field as pages show it."""

    key: str
    label: str
    help_text: str
    longest: int
    is_beside_posts: bool
    is_editable: bool


_kept: Kept[tuple[FieldInfo, ...]] = Kept()


def profile_fields(site: Site) -> tuple[FieldInfo, ...]:
    """All fields in their order. No query while the rights' version stands, else one."""
    return _kept.at(site.rights_version, _read_fields)


def _read_fields() -> tuple[FieldInfo, ...]:
    return tuple(
        FieldInfo(
            row.key, row.label, row.help_text, row.longest, row.is_beside_posts, row.is_editable
        )
        for row in ProfileField.objects.order_by("position", "id")
    )


def shown_fields(
    fields: tuple[FieldInfo, ...], values: dict[str, str], *, beside_posts: bool
) -> tuple[tuple[str, str], ...]:
    """(label, value) of what a member filled in, in the fields' order."""
    return tuple(
        (field.label, values[field.key])
        for field in fields
        if values.get(field.key) and (field.is_beside_posts or not beside_posts)
    )
