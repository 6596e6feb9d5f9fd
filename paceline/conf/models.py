"""The one row that every page asks for first: settings and the versions that caches stand on."""

from django.db import models


class SiteState(models.Model):
    """The site as a whole; there is one row, with id 1.

    `rights_version` grows with every change of boards, groups, rights or moderators: what is
    kept in a process under an older number is thrown away.
    """

    settings = models.JSONField(default=dict)
    settings_version = models.PositiveIntegerField(default=1)
    rights_version = models.PositiveIntegerField(default=1)
    notices_version = models.PositiveIntegerField(default=1)
    # Of the board's own codes and smilies.
    markup_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="site_state_is_one_row"),
        ]

    def __str__(self) -> str:
        return "the site"
