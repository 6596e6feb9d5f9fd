"""`paceline render --jsonl`: sources in, renderings out, a line of JSON each.

The board's own renderer and nothing beside it: no database, no settings, no data folder.
"""

import json
import types
import typing
from collections.abc import Iterator
from dataclasses import MISSING, asdict, fields, is_dataclass
from typing import Any, BinaryIO

from paceline.lib.errors import Invalid
from paceline.markup.custom_codes import check_custom_code
from paceline.markup.render import LANGUAGES, Options, Rendered, render

# What a pipe holds on Linux: a writer that is ahead is answered in batches of about this size.
CHUNK_BYTES = 65_536


def render_lines(source: BinaryIO, target: BinaryIO) -> tuple[int, int]:
    """Answer every line of `source` with one in `target`; how many there were, how many bad.

    Lines of blanks alone are passed over. What has come in is answered before more is waited for,
    so that a program may write a line and read its answer. A line that cannot be rendered is
    answered with `{"error": sentence}`. Raises what reading and writing raises.
    """
    count = bad = 0
    for batch in _batches(source):
        answers = []
        for line in batch:
            if line.strip():
                answer, is_bad = _answer(line)
                count, bad = count + 1, bad + is_bad
                answers.append(answer)
        target.write(b"".join(answers))
        target.flush()
    return count, bad


def answer_of(rendered: Rendered) -> dict[str, Any]:
    """A rendering as the answer states it."""
    return {
        "html": rendered.html,
        "text": rendered.text,
        "mentions": list(rendered.mentions),
        "links": list(rendered.links),
        "quotes": [asdict(quote) for quote in rendered.quotes],
        "attachments": list(rendered.attachments),
    }


def read_options(values: object) -> Options:
    """`Options` from JSON. Raises Invalid("options", ...) that names what does not fit."""
    options = _read("options", Options, values)
    assert isinstance(options, Options)
    for code in options.custom_codes:
        if wrong := check_custom_code(code.name, code.template):
            raise Invalid("options", wrong)
    return options


def _batches(source: BinaryIO) -> Iterator[list[bytes]]:
    """The lines as they come in, those that came together in one batch."""
    begun: list[bytes] = []
    while chunk := source.read1(CHUNK_BYTES):  # type: ignore[attr-defined]
        first, *others = chunk.split(b"\n")
        begun.append(first)
        if others:
            yield [b"".join(begun), *others[:-1]]
            begun = [others[-1]]
    yield [b"".join(begun)]


def _answer(line: bytes) -> tuple[bytes, bool]:
    try:
        answer, is_bad = answer_of(_render(line)), False
    except Invalid as refusal:
        answer, is_bad = {"error": refusal.sentence}, True
    except Exception as mistake:
        # Ours; the lines after it must not go without their answers for it.
        answer, is_bad = {"error": f"The renderer failed ({type(mistake).__name__})."}, True
    words = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return words.encode("utf-8", "replace") + b"\n", is_bad


def _render(line: bytes) -> Rendered:
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Invalid("line", f"The line is not UTF-8 at byte {error.start + 1}.") from error
    except json.JSONDecodeError as error:
        raise Invalid("line", f"The line is not JSON: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise Invalid("line", "It is nested too deeply, or holds too big a number.") from error
    if not isinstance(asked, dict):
        raise Invalid("line", 'The line is not an object such as {"markup": …, "source": …}.')
    language, source = asked.get("markup"), asked.get("source")
    if language not in LANGUAGES:
        raise Invalid("markup", f'"markup" must be one of {", ".join(LANGUAGES)}.')
    if not isinstance(source, str):
        raise Invalid("source", '"source" must be a text.')
    options = asked.get("options")
    return render(source, read_options({} if options is None else options), language=language)


def _read(name: str, kind: Any, value: object) -> object:
    """A value of JSON as one of a type: a table of fields, a list of them, or a plain value."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_fields(name, kind, value)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and inner[1:] == (...,):
        if not isinstance(value, list):
            raise Invalid(name, f'"{name}" must be a list.')
        return tuple(_read(f"{name}[{at}]", inner[0], one) for at, one in enumerate(value))
    if origin is typing.Literal:
        if value not in inner:
            raise Invalid(name, f'"{name}" must be one of {", ".join(map(str, inner))}.')
        return value
    if origin in (typing.Union, types.UnionType) and value is None and type(None) in inner:
        return None
    if origin in (typing.Union, types.UnionType):
        kind = next(one for one in inner if one is not type(None))
    if kind not in _IN_WORDS or type(value) is not kind:
        raise Invalid(name, f'"{name}" must be {_IN_WORDS.get(kind, "left out")}.')
    return value


_IN_WORDS = {bool: "true or false", int: "a whole number", str: "a text"}


def _read_fields(name: str, kind: type, value: object) -> object:
    if not isinstance(value, dict):
        raise Invalid(name, f'"{name}" must be an object.')
    kinds = typing.get_type_hints(kind)
    known = [field.name for field in fields(kind)]
    for unknown in value:
        if unknown not in known:
            raise Invalid(name, f'"{name}" has no "{unknown}"; there are {", ".join(known)}.')
    for field in fields(kind):
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        if not has_default and field.name not in value:
            raise Invalid(name, f'"{name}" needs "{field.name}".')
    return kind(**{field: _read(field, kinds[field], one) for field, one in value.items()})
