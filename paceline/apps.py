"""Tells Django that all rooms together are one app."""

from django.apps import AppConfig


class PacelineConfig(AppConfig):
    """One app, one history of migrations (docs/decisions/one-app.md)."""

    name = "paceline"
    default_auto_field = "django.db.models.BigAutoField"
