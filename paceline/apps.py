"""Tells Django that all rooms together are one app, and where the rooms keep work for later."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig

PACKAGE = Path(__file__).resolve().parent


class PacelineConfig(AppConfig):
    """One app, one history of migrations (docs/decisions/one-app.md)."""

    name = "paceline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import each room's tasks.py, so that a worker finds the work by its name, what must
        see every session that allauth keeps, and who knows what old addresses lead to."""
        for path in sorted(PACKAGE.glob("*/tasks.py")):
            import_module(f"paceline.{path.parent.name}.tasks")
        import_module("paceline.accounts.sessions")
        import_module("paceline.imports.old_addresses")
