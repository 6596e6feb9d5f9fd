"""What jobs of this room call."""

from datetime import timedelta

from django.utils import timezone

from paceline.jobs.queue import daily, task
from paceline.media import files, remote_pictures, store
from paceline.media.models import Attachment, StoredFile

# So long somebody may go on writing who has attached a file.
WAITING = timedelta(days=1)
_BATCH = 500


@daily("forget_unposted_attachments")
def forget_unposted_attachments() -> None:
    """What was sent more than a day ago and not posted goes, then every file that nothing refers
    to, then what lies in the store and no row knows."""
    old = Attachment.objects.filter(post__isnull=True, created_at__lt=timezone.now() - WAITING)
    old.delete()
    before = timezone.now() - files.BEING_WRITTEN
    unused = StoredFile.objects.filter(attachments__isnull=True, stored_at__lt=before)
    ids = list(unused.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), _BATCH):
        files.forget_unused(ids[start : start + _BATCH])
    for key in files.find_strays():
        store.remove(key)


@daily("let_go_of_passing_pictures")
def let_go_of_passing_pictures() -> None:
    """Pictures of elsewhere that are not the board's own copies go after a day."""
    remote_pictures.sweep_pictures()


@task("forget_unused_files")
def forget_unused_files(file_ids: list[int]) -> None:
    """Those of these files go that nothing refers to any more."""
    files.forget_unused(file_ids)
