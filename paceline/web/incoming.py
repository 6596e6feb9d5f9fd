"""Files on their way in: counted while they come, refused before they fill memory or disk."""

import tempfile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from paceline.lib.errors import Invalid, Refusal, SignInFirst
from paceline.media.files import too_large
from paceline.media.store import NoRoom, is_full

# Beside a file of the largest size the form's own fields.
FIELDS_BYTES = 512 * 1024
# What is no larger is kept in memory until it is looked at.
_IN_MEMORY_BYTES = 512 * 1024
UPLOADS = "/attachments/"


class TooLarge(Invalid):
    """More than the board takes; found out before it was read."""

    status = 413


class Incoming(FileUploadHandler):
    """Keeps the files of a form in temporary files that have no name and go by themselves.

    A file that is not taken is left out of `request.FILES`, and why stands in `refused_upload`;
    the fields of the form come through all the same. Visitors send no files.
    """

    request: Any
    file: IO[bytes]

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, "MultiValueDict[str, UploadedFile[Any]]"] | None:
        """Read nothing at all of an upload whose length is too much already."""
        self._most = _most_bytes(self.request)
        if self.request.path != UPLOADS or content_length <= self._most + FIELDS_BYTES:
            return None
        self._refuse(TooLarge("file", too_large(self.request.viewer.site.settings)))
        return QueryDict(), MultiValueDict()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request.viewer.is_visitor:
            self._refuse(SignInFirst("Sign in first, then files can be sent."))
            raise SkipFile
        self.file = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self._most:
            self._refuse(TooLarge("file", too_large(self.request.viewer.site.settings)))
            raise SkipFile
        try:
            self.file.write(raw_data)
        except OSError as error:
            if not is_full(error):
                raise
            self._refuse(NoRoom())
            raise SkipFile from error

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        try:
            self.file.seek(0)
        except OSError as error:
            if not is_full(error):
                raise
            self.file.close()
            self._refuse(NoRoom())
            return None
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _refuse(self, refusal: Refusal) -> None:
        # The first reason is the one that is told.
        if not hasattr(self.request, "refused_upload"):
            self.request.refused_upload = refusal


def refused_upload(request: HttpRequest) -> Refusal | None:
    """Why a file that was sent along is not in `request.FILES`; None where all are."""
    # Files are read when the form is first asked for.
    assert request.POST is not None
    return getattr(request, "refused_upload", None)


def _most_bytes(request: Any) -> int:
    """Of one file. Avatars have a limit of their own, which may be above that of attachments."""
    settings = request.viewer.site.settings
    kilobytes: int = max(settings.attachment_kilobytes, settings.avatar_kilobytes)
    return kilobytes * 1024
