"""The table that remembers what was brought in from where, so that nothing comes in twice."""

from django.db import models


class ImportedItem(models.Model):
    """Something of an old board, and which row it became here.

    `source` is the old board's name, folded; `source_id` its own id, or for what has none a
    natural key that begins with `n:`. A row may be known by both, and stays when
    what it points to is gone: what was deleted here does not come back with the next page.
    `about` holds what was stated and has no column of its own.
    """

    class Kind(models.TextChoices):
        BOARD = "board", "a board"
        MEMBER = "member", "a member"
        THREAD = "thread", "a thread"
        POST = "post", "a post"
        TOTALS = "totals", "what an old board counted of a member; by the member's id here"
        QUOTE = "quote", "a quote that waits for its post; by `old id/id here`"
        ASIDE = "aside", "a post shown out of its place, kept until its page comes"
        HOME = "home", "where the old board stood: host and folder; it became no row"

    source = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    source_id = models.CharField(max_length=200)
    target_id = models.BigIntegerField()
    about = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "source_id"], name="imported_item_once"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "target_id"], name="imported_item_by_target"),
            # An old address says the id, and not always of which of the old boards.
            models.Index(fields=["kind", "source_id"], name="imported_item_by_old_id"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} of {self.source}"
