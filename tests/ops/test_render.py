"""`paceline render`: texts in, renderings out, as a program beside the board would use it."""

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from paceline.markup.render import Options, render
from tests.machine import ROOT

COMMAND = [sys.executable, "-m", "paceline", "render"]


def run(*arguments: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    """The command with these arguments and that on its standard input."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        timeout=60,
        check=False,
    )


def jsonl(*lines: object) -> tuple[int, list[dict]]:
    """The status, and the answers to these lines."""
    given = b"".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines
    )
    end = run("--jsonl", given=given)
    assert b"Traceback" not in end.stderr
    return end.returncode, [json.loads(line) for line in end.stdout.splitlines()]


def test_each_line_is_answered_in_its_turn_with_what_the_board_keeps():
    source = '[quote="Ada;12"]No.[/quote] @Bo, see [b]http://example.com/a[/b]'

    status, answers = jsonl(
        {"markup": "bbcode", "source": source},
        {"markup": "bbcode", "source": "Second.", "options": {"nofollow": False}},
        {"markup": "plain", "source": "[b]3[/b]", "id": 7},
    )

    kept = render(source)
    assert status == 0
    assert answers[0] == {
        "html": kept.html,
        "text": kept.text,
        "mentions": ["Bo"],
        "links": ["http://example.com/a"],
        "quotes": [{"author": "Ada", "post_id": 12}],
        "attachments": [],
    }
    assert [answer["text"] for answer in answers[1:]] == ["Second.", "[b]3[/b]"]


def test_markdown_is_the_board_s_too():
    status, [answer] = jsonl({"markup": "markdown", "source": "**x** <b>y</b>"})

    assert status == 0
    assert "<strong>x</strong>" in answer["html"]
    assert answer["html"] == render("**x** <b>y</b>", language="markdown").html


def test_a_board_s_own_codes_and_smilies_are_options_too():
    own = {
        "custom_codes": [{"name": "loud", "template": "[b]{text}[/b]"}],
        "custom_smilies": [{"code": ":roadie:", "emoji": "🚲", "name": "bike"}],
    }

    status, [answer] = jsonl(
        {"markup": "bbcode", "source": "[loud]x[/loud] :roadie:", "options": own}
    )

    assert status == 0
    assert answer["html"].startswith("<p><b>x</b> <span")
    assert "🚲" in answer["html"]


def test_every_switch_of_a_board_is_an_option():
    plain = {field.name: field.default for field in fields(Options)}
    simple = {name: value for name, value in plain.items() if isinstance(value, bool | int)}

    status, [answer] = jsonl({"markup": "bbcode", "source": "x", "options": simple})
    assert (status, answer["text"]) == (0, "x")
    status, [off] = jsonl(
        {"markup": "bbcode", "source": "[b]x[/b] http://a.example", "options": {"bbcode": False}}
    )
    assert (status, off["text"]) == (0, "[b]x[/b] http://a.example")
    status, [own] = jsonl(
        {"markup": "bbcode", "source": "x", "options": {"own_hosts": ["board.example"]}}
    )
    assert (status, own["text"]) == (0, "x")


BAD_LINES = [
    (b"nonsense\n", "not JSON"),
    (b"[1]\n", "not an object"),
    (b'{"markup":"bbcode","source":"\xff"}\n', "not UTF-8 at byte 30"),
    (b"[" * 200_000 + b"\n", "nested too deeply"),
    (b'{"markup":"bbcode","source":"x","options":{"size":' + b"9" * 9000 + b"}}\n", "too big"),
    ({"source": "x"}, '"markup" must be one of bbcode, markdown, plain'),
    ({"markup": "html", "source": "x"}, '"markup" must be one of'),
    ({"markup": "bbcode", "source": 3}, '"source" must be a text'),
    ({"markup": "bbcode"}, '"source" must be a text'),
    ({"markup": "bbcode", "source": "x", "options": []}, '"options" must be an object'),
    ({"markup": "bbcode", "source": "x", "options": {"html": True}}, 'has no "html"'),
    (
        {"markup": "bbcode", "source": "x", "options": {"images": "no"}},
        '"images" must be true or false',
    ),
    (
        {"markup": "bbcode", "source": "x", "options": {"heading_level": True}},
        '"heading_level" must be a whole number',
    ),
    (
        {"markup": "bbcode", "source": "x", "options": {"custom_codes": [{"name": "x"}]}},
        '"custom_codes[0]" needs "template"',
    ),
    (
        {
            "markup": "bbcode",
            "source": "x",
            "options": {"custom_codes": [{"name": "b", "template": "x"}]},
        },
        "[b] is a code already",
    ),
    (
        {"markup": "bbcode", "source": "x", "options": {"own_hosts": ["a", 1]}},
        '"own_hosts[1]" must be a text',
    ),
]


def test_a_bad_line_is_answered_in_its_place_with_a_sentence():
    good = {"markup": "bbcode", "source": "good"}

    # All in one run: a command takes its time to start.
    status, answers = jsonl(good, *(line for bad, _ in BAD_LINES for line in (bad, good)))

    assert status == 1
    assert [answer.get("text") for answer in answers[0::2]] == ["good"] * (len(BAD_LINES) + 1)
    for (line, says), answer in zip(BAD_LINES, answers[1::2], strict=True):
        assert list(answer) == ["error"], line
        assert says in answer["error"]


def test_the_reason_for_the_status_is_one_line():
    end = run("--jsonl", given=b"x\n\n" + b'{"markup":"bbcode","source":"y"}')

    assert end.returncode == 1
    assert end.stderr.decode().splitlines() == ["paceline: 1 of 2 lines could not be rendered."]
    assert len(end.stdout.splitlines()) == 2  # the blank line has none; the last has no line end


def test_it_is_utf_8_whatever_the_locale_says():
    line = '{"markup": "bbcode", "source": "Grüße 🚲 \\ud83d\\udeb2 \\ud83d\\u0000."}\n'.encode()

    for more in ({"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "latin-1"}):
        end = run("--jsonl", given=b"\xef\xbb\xbf" + line, **more)
        assert end.returncode == 0, end.stderr
        assert (
            json.loads(end.stdout.decode("utf-8"))["text"]
            == "Grüße 🚲 🚲 \N{REPLACEMENT CHARACTER}."
        )


@pytest.mark.slow
def test_a_line_of_ten_megabytes_is_a_line():
    source = "A sentence about riding. " * 400_000

    status, answers = jsonl(
        {"markup": "bbcode", "source": source}, {"markup": "bbcode", "source": "after"}
    )

    assert status == 0
    assert len(answers[0]["text"]) == len(source) - 1
    assert answers[1]["text"] == "after"


def test_a_line_is_answered_before_the_next_is_written():
    with subprocess.Popen(
        [*COMMAND, "--jsonl"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for word in ("one", "two", "three"):
            running.stdin.write(json.dumps({"markup": "bbcode", "source": word}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["text"] == word
        running.stdin.close()
        assert running.wait(30) == 0


def test_a_reader_that_has_gone_is_no_matter():
    lines = b'{"markup":"bbcode","source":"x"}\n' * 20_000
    with subprocess.Popen(
        [*COMMAND, "--jsonl"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        try:
            running.stdin.write(lines)
            running.stdin.close()
        except BrokenPipeError:
            pass
        assert running.stderr.read() == b""
        assert running.wait(30) == 141


def test_a_single_text_comes_from_a_file_or_from_a_pipe(tmp_path: Path):
    file = tmp_path / "post.txt"
    file.write_text("[b]Grüße[/b] :)", encoding="utf-8")

    assert run(str(file)).stdout.decode() == render("[b]Grüße[/b] :)").html + "\n"
    assert run(given=b"[b]x[/b]").stdout == b"<p><b>x</b></p>\n"
    assert run("--text", given=b"[b]x[/b]").stdout == b"x\n"
    assert run("--markup", "plain", given=b"[b]x[/b]").stdout == b"<p>[b]x[/b]</p>\n"
    assert run(str(tmp_path / "none")).returncode == 2


def test_it_needs_neither_a_board_nor_django(tmp_path: Path):
    code = (
        "import sys, paceline.ops.cli as cli\n"
        "try: cli.main(['--data', sys.argv[1], 'render', '--jsonl'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert 'django' not in sys.modules, 'django'\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "none")],
        input=b'{"markup":"bbcode","source":"x"}\n',
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert not (tmp_path / "none").exists()
