"""The board's own codes: a short form for members, a template of BB code for what it becomes."""

from dataclasses import dataclass

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.administration.ordering import move_among, place_behind
from paceline.administration.words import check_line, check_text
from paceline.conf.site import markup_changed
from paceline.forum.models import OwnCode
from paceline.forum.rendering import made_up_example
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid, NotFound
from paceline.markup.custom_codes import MAX_TEMPLATE_CHARS, check_custom_code
from paceline.markup.options import CustomCode, Options
from paceline.markup.render import render
from paceline.permissions.members import check_administrator
from paceline.posting.rerender import begin_run

# Each is looked for in every post.
MOST_CODES = 100


@dataclass(frozen=True, slots=True)
class CodeValues:
    """What an administrator says of a code. `example` may be empty."""

    name: str
    template: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code in the list; `shown` is the HTML that its example, or a made-up one, becomes."""

    id: int
    values: CodeValues
    shown: str


def load_codes(viewer: Viewer) -> tuple[CodeLine, ...]:
    """All codes in their order. One query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    return tuple(_line(row) for row in OwnCode.objects.all())


def load_code(viewer: Viewer, code_id: int) -> CodeLine:
    """One code. One query. Raises NotFound."""
    check_administrator(viewer)
    return _line(_find(code_id))


def try_code(viewer: Viewer, values: CodeValues) -> str:
    """The HTML that an example of the code becomes; nothing is kept. Raises Invalid by field."""
    check_administrator(viewer)
    return _show(_check(values))


def add_code(viewer: Viewer, values: CodeValues) -> int:
    """Add a code behind the others; answers its id. Raises NotFound, or Invalid by field.

    Posts that hold it already, as typed, are rendered anew in the background; so with each change.
    """
    check_administrator(viewer)
    values = _check(values)
    with transaction.atomic():
        _check_free(values.name, 0)
        if OwnCode.objects.count() >= MOST_CODES:
            raise Invalid("name", f"There are {MOST_CODES} codes already; that is the most.")
        row = OwnCode.objects.create(
            name=values.name,
            template=values.template,
            example=values.example,
            position=place_behind(OwnCode.objects.all()),
        )
        log_site(viewer, Verb.ADD_CODE, str(row), more=values.template[:400])
        _follow(values.name)
    return row.pk


def change_code(viewer: Viewer, code_id: int, values: CodeValues) -> None:
    """Change a code. Raises NotFound, or Invalid by field."""
    check_administrator(viewer)
    values = _check(values)
    with transaction.atomic():
        row = _find(code_id)
        before = _values(row)
        if before == values:
            return
        _check_free(values.name, code_id)
        row.name, row.template, row.example = values.name, values.template, values.example
        row.save(update_fields=["name", "template", "example"])
        log_site(viewer, Verb.CHANGE_CODE, str(row), more=values.template[:400])
        if (before.name, before.template) != (values.name, values.template):
            _follow(before.name, values.name)


def move_code(viewer: Viewer, code_id: int, direction: str) -> None:
    """Move a code `up` or `down` in the list. Raises NotFound, or Invalid("direction", ...)."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(code_id)
        if move_among(list(OwnCode.objects.all()), code_id, direction):
            log_site(viewer, Verb.CHANGE_CODE, str(row), more=direction)


def delete_code(viewer: Viewer, code_id: int) -> None:
    """Delete a code: posts show it as typed from then on. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(code_id)
        log_site(viewer, Verb.DELETE_CODE, str(row), more=row.template[:400])
        row.delete()
        _follow(row.name)


def _follow(*names: str) -> None:
    markup_changed()
    begin_run(words=[f"[{name}" for name in names])


def _find(code_id: int) -> OwnCode:
    row = OwnCode.objects.filter(id=code_id).first()
    if row is None:
        raise NotFound("There is no such code.")
    return row


def _values(row: OwnCode) -> CodeValues:
    return CodeValues(row.name, row.template, row.example)


def _line(row: OwnCode) -> CodeLine:
    values = _values(row)
    return CodeLine(row.pk, values, _show(values))


def _check(values: CodeValues) -> CodeValues:
    name = check_line("name", values.name, most=30, must="A code needs a name.").lower()
    name = name.strip("[]")
    template = check_text("template", values.template, most=MAX_TEMPLATE_CHARS)
    example = check_line("example", values.example, most=200)
    if wrong := check_custom_code(name, "{text}"):
        raise Invalid("name", wrong)
    if wrong := check_custom_code(name, template):
        raise Invalid("template", wrong)
    return CodeValues(name, template, example)


def _check_free(name: str, code_id: int) -> None:
    if OwnCode.objects.filter(name=name).exclude(id=code_id).exists():
        raise Invalid("name", f"This board has a code [{name}] already.")


def _show(values: CodeValues) -> str:
    code = CustomCode(values.name, values.template)
    example = values.example or made_up_example(code)
    return render(example, Options(custom_codes=(code,))).html
