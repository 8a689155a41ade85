"""A limit on uploads that stops a body before it is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


class SizeLimit(FileUploadHandler):
    """Refuses a form with files that is larger than its place allows; editors may send more."""

    request: HttpRequest

    def handle_raw_input(
        self, input_data: Any, META: dict, content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        """Judge by the announced length; the server passes on no more bytes than announced.

        Raises:
            RequestDataTooBig: the announced length is over the limit.
        """
        in_admin = self.request.path_info.startswith("/admin/")
        limit = (
            settings.OPORA_EDITOR_UPLOAD_MAX_BYTES if in_admin else settings.OPORA_UPLOAD_MAX_BYTES
        )
        if content_length > limit:
            raise RequestDataTooBig(f"{content_length} bytes sent, at most {limit} allowed")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on unchanged."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
