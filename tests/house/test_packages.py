"""Every package that is installed has a reason in the docs, and a lock that names no registry."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def names(requirements: list[object]) -> list[str]:
    found = [re.match(r"[\w.-]+", one) for one in requirements if isinstance(one, str)]
    return [match.group().lower() for match in found if match]


RUN = names(
    PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["postgres"]
)
# Not in run.txt, which every board is installed from: few boards keep their files elsewhere.
S3 = names(PROJECT["project"]["optional-dependencies"]["s3"])
DEV = names(PROJECT["dependency-groups"]["dev"] + PROJECT["dependency-groups"]["build"])


@pytest.mark.parametrize("name", RUN + S3 + DEV)
def test_a_package_has_its_reason(name):
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert f"**{name}**" in text


@pytest.mark.parametrize(("lock", "wanted"), [("run.txt", RUN), ("dev.txt", RUN + S3 + DEV)])
def test_a_lock_holds_what_the_project_asks_for(lock, wanted):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    assert set(wanted) <= locked


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_packages_and_hashes_and_nothing_else(lock):
    line = re.compile(r"[\w.-]+==[\w.+!-]+( ; [^/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    odd = [
        text for text in lock.read_text(encoding="utf-8").splitlines() if not line.fullmatch(text)
    ]
    assert not odd


def test_both_locks_hold_the_same_versions():
    def versions(lock: str) -> dict[str, str]:
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
        return dict(re.findall(r"^([\w.-]+)==([^ ]+)", text, re.MULTILINE))

    run, dev = versions("run.txt"), versions("dev.txt")
    assert {name: dev[name] for name in run} == run
