"""The fields of a profile, such as "Bikes"."""

from dataclasses import asdict, dataclass

from django.db import transaction

from paceline.accounts.models import ProfileField
from paceline.accounts.viewer import Viewer
from paceline.administration.ordering import move_among, place_behind
from paceline.administration.words import check_line
from paceline.conf.site import rights_changed
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid, NotFound
from paceline.lib.texts import slugify
from paceline.permissions.members import check_administrator

# Beside every post they would push it off the page.
MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class FieldValues:
    """What an administrator says of a field. `longest` is in characters."""

    label: str
    help_text: str = ""
    is_beside_posts: bool = True
    is_editable: bool = True
    longest: int = 200


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field in the list, and in its form."""

    id: int
    key: str
    values: FieldValues


def load_fields(viewer: Viewer) -> tuple[FieldLine, ...]:
    """All fields in their order. One query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    return tuple(_line(row) for row in ProfileField.objects.all())


def load_field(viewer: Viewer, field_id: int) -> FieldLine:
    """One field. One query. Raises NotFound."""
    check_administrator(viewer)
    return _line(_find(field_id))


def add_field(viewer: Viewer, values: FieldValues) -> int:
    """Add a field behind the others; answers its id. Raises NotFound, or Invalid by field."""
    check_administrator(viewer)
    columns = _check(values)
    with transaction.atomic():
        if ProfileField.objects.count() >= MOST_FIELDS:
            raise Invalid("label", f"There are {MOST_FIELDS} fields already; that is the most.")
        row = ProfileField.objects.create(
            key=_free_key(str(columns["label"])),
            position=place_behind(ProfileField.objects.all()),
            **columns,
        )
        log_site(viewer, Verb.ADD_FIELD, row.label)
        rights_changed()
    return row.pk


def change_field(viewer: Viewer, field_id: int, values: FieldValues) -> None:
    """Change a field. What members have in it stays, longer than it may be now or not.

    Raises NotFound, or Invalid by field.
    """
    check_administrator(viewer)
    columns = _check(values)
    with transaction.atomic():
        row = _find(field_id)
        if all(getattr(row, name) == value for name, value in columns.items()):
            return
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        log_site(viewer, Verb.CHANGE_FIELD, row.label)
        rights_changed()


def move_field(viewer: Viewer, field_id: int, direction: str) -> None:
    """Move a field `up` or `down`. Raises NotFound, or Invalid("direction", ...)."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(field_id)
        if move_among(list(ProfileField.objects.all()), field_id, direction):
            log_site(viewer, Verb.CHANGE_FIELD, row.label, more=direction)
            rights_changed()


def delete_field(viewer: Viewer, field_id: int) -> None:
    """Show a field no more. What members had in it stays in their rows. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(field_id)
        log_site(viewer, Verb.DELETE_FIELD, row.label)
        row.delete()
        rights_changed()


def _line(row: ProfileField) -> FieldLine:
    values = FieldValues(**{name: getattr(row, name) for name in FieldValues.__dataclass_fields__})
    return FieldLine(row.pk, row.key, values)


def _find(field_id: int) -> ProfileField:
    row = ProfileField.objects.filter(id=field_id).first()
    if row is None:
        raise NotFound("There is no such field.")
    return row


def _check(values: FieldValues) -> dict[str, str | bool | int]:
    columns = asdict(values)
    columns["label"] = check_line("label", values.label, most=60, must="A field needs a label.")
    columns["help_text"] = check_line("help_text", values.help_text, most=200)
    if not 1 <= values.longest <= 1000:
        raise Invalid("longest", "Write a number from 1 to 1,000.")
    return columns


def _free_key(label: str) -> str:
    stem = slugify(label, limit=30).strip("-") or "field"
    taken = set(ProfileField.objects.values_list("key", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, MOST_FIELDS + 2))
    return next(key for key in (stem, *numbered) if key not in taken)
