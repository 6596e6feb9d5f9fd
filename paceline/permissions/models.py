"""Tables of rights: what a group may do on a board, and who moderates which board."""

from django.conf import settings
from django.db import models

from paceline.accounts.models import Group
from paceline.forum.models import Board


class GroupRights(models.Model):
    """What a group is given or denied on a board and, unless said otherwise there, below it.

    `board` is null for the site: where the tree begins. `allow` and `deny` are sums of
    `Right` values; a right in neither is inherited.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="rights")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, null=True, related_name="rights")
    allow = models.BigIntegerField(default=0)
    deny = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "board"], name="rights_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"rights of {self.group_id} on {self.board_id}"


class BoardModerator(models.Model):
    """A member moderates a board and all boards in it."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="moderators")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderates"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "member"], name="moderator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} moderates {self.board_id}"
