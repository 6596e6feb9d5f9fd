"""The packages that others install and build hold all that they need, and nothing else."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def build(kind: str, folder: Path) -> Path:
    """The package of that kind, made in the folder."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("paceline-*")
    return made


def tracked(part: str) -> set[str]:
    """The files of a part of the repository, those among them that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", part],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return {name for name in listed if (ROOT / name).exists()}


def test_the_wheel_holds_the_whole_package(tmp_path):
    names = zipfile.ZipFile(build("wheel", tmp_path)).namelist()

    assert {name for name in names if ".dist-info/" not in name} == tracked("paceline")


def test_the_source_archive_holds_the_whole_repository(tmp_path):
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}

    assert names - {"PKG-INFO"} == tracked(".")
