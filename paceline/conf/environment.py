"""Typed readers of the environment. A value that cannot be read stops the start with a sentence."""

import os
import secrets
from pathlib import Path


class BadSetting(Exception):
    """A setting cannot be used as it stands; the message says which and why."""


def read_text(name: str, default: str = "") -> str:
    """The value of `name`, or what the file named by `name_FILE` holds, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE cannot be read: {error.strerror}.") from error
    return os.environ.get(name, default)


def read_flag(name: str, *, default: bool = False) -> bool:
    """Yes or no: 1, true, yes, on; 0, false, no, off."""
    value = read_text(name).strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} must be yes or no, not {value!r}.")


def read_number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, at least `least`."""
    value = read_text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise BadSetting(f"{name} must be a whole number, not {value!r}.") from error
    if number < least:
        raise BadSetting(f"{name} must be at least {least}.")
    return number


def read_list(name: str) -> list[str]:
    """Values separated by commas, without blanks."""
    return [part.strip() for part in read_text(name).split(",") if part.strip()]


def read_or_make_secret(folder: Path) -> str:
    """The secret key kept in the data folder, made on the first start; only its owner reads it."""
    path = folder / "secret_key"
    try:
        if not path.exists():
            _make_secret(folder, path)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"The secret key cannot be kept in {path}: {error}.") from error
    if not kept:
        raise BadSetting(f"{path} is empty. Remove it, and a new key is made; all sign in anew.")
    return kept


def _make_secret(folder: Path, path: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and linked whole: another process finds no key or all of it.
    draft = folder / f".secret_key.{secrets.token_hex(8)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # made by another process meanwhile
    finally:
        draft.unlink()
