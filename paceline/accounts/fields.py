"""The profile fields that the administrator defined, kept in the process."""

from dataclasses import dataclass

from paceline.accounts.models import ProfileField
from paceline.conf.site import Site


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field as pages show it."""

    key: str
    label: str
    help_text: str
    longest: int
    is_beside_posts: bool
    is_editable: bool


_kept: tuple[int, tuple[FieldInfo, ...]] | None = None


def profile_fields(site: Site) -> tuple[FieldInfo, ...]:
    """All fields in their order. No query while the rights' version stands, else one."""
    global _kept
    if _kept is None or _kept[0] != site.rights_version:
        rows = ProfileField.objects.order_by("position", "id")
        _kept = (
            site.rights_version,
            tuple(
                FieldInfo(
                    row.key,
                    row.label,
                    row.help_text,
                    row.longest,
                    row.is_beside_posts,
                    row.is_editable,
                )
                for row in rows
            ),
        )
    return _kept[1]


def forget_fields() -> None:
    """For tests, whose databases come and go."""
    global _kept
    _kept = None


def shown_fields(
    fields: tuple[FieldInfo, ...], values: dict[str, str], *, beside_posts: bool
) -> tuple[tuple[str, str], ...]:
    """(label, value) of what a member filled in, in the fields' order."""
    return tuple(
        (field.label, values[field.key])
        for field in fields
        if values.get(field.key) and (field.is_beside_posts or not beside_posts)
    )
