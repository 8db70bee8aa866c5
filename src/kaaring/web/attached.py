"""Handing out the files of cases, once somebody has checked that the reader may have them."""

from urllib.parse import quote

from django.http import FileResponse, Http404

from kaaring.entries.content import kind_called
from kaaring.entries.files import path_of
from kaaring.entries.models import Attachment


def file_of(attachment: Attachment, *, name: str) -> FileResponse:
    """Answer with a file under a name; only kinds that can run nothing are shown by the browser itself."""
    path, kind = path_of(attachment.stored_as), kind_called(attachment.content_type)
    if not path.is_file():
        raise Http404
    is_shown = kind is not None and kind.shown
    response = FileResponse(path.open("rb"), content_type=attachment.content_type)
    how = "inline" if is_shown else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
