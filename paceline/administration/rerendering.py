"""How far the rendering of stored posts has come, for whoever waits for it."""

from dataclasses import dataclass
from datetime import datetime

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Rerendering
from paceline.permissions.members import check_administrator

Stage = Rerendering.Stage


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run over stored HTML. `share` is 0 to 1, `per_s` rows a second of work, pauses left out.

    `left_s` is what is left of work in seconds, None where it cannot be said yet.
    """

    what: str
    stage: str
    seen: int
    changed: int
    share: float
    per_s: float
    left_s: float | None
    begun_at: datetime
    finished_at: datetime | None

    @property
    def percent(self) -> int:
        """Whole percents, 100 only for what is done."""
        return 100 if self.finished_at else min(99, int(100 * self.share))


def load_runs(viewer: Viewer) -> tuple[RunLine, ...]:
    """What is being rendered anew. One query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    return unfinished_runs()


def unfinished_runs() -> tuple[RunLine, ...]:
    """The runs that are not done, the one that is being done first. One query."""
    return _lines(finished_at__isnull=True)


def find_run(run_id: int) -> RunLine | None:
    """A run, or None where it was dropped for one that covers it. One query."""
    return next(iter(_lines(id=run_id)), None)


def _lines(**meant: object) -> tuple[RunLine, ...]:
    runs = Rerendering.objects.filter(**meant).select_related("board").order_by("id")
    return tuple(_line(run) for run in runs)


def _line(run: Rerendering) -> RunLine:
    is_at_posts = run.stage == Stage.POSTS
    share = min(1.0, run.after_id / run.highest_id) if is_at_posts and run.highest_id else 0.0
    what = f"the posts of {run.board.name}" if run.board else "all posts"
    return RunLine(
        what=f"{what} that an older version rendered" if run.only_older else what,
        stage=Stage(run.stage).label,
        seen=run.seen_count,
        changed=run.changed_count,
        share=1.0 if run.finished_at else share,
        per_s=run.seen_count / run.spent_s if run.spent_s else 0.0,
        left_s=run.spent_s * (1 - share) / share if share else None,
        begun_at=run.begun_at,
        finished_at=run.finished_at,
    )
