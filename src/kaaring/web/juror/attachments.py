"""The files of a case, for those who mark it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaaring.entries.content import kind_called
from kaaring.entries.queries.submitted import attachments_submitted
from kaaring.web.attached import file_of
from kaaring.web.juror.desk import Where, desk_at
from kaaring.web.request import SignedIn


@login_required
@require_safe
def attachment(
    request: SignedIn, *, programme: str, edition: str, stage: str, entry: str, attachment: str
) -> FileResponse:
    """Send a file of the case; where names are hidden, under its number instead of its name."""
    desk = desk_at(request, Where(programme, edition, stage, entry))
    files = attachments_submitted(desk.assignment.entry)
    found = next(((at, one) for at, one in enumerate(files, start=1) if one.public_id == attachment), None)
    if found is None:
        raise Http404
    number, file = found
    if desk.blank.stage.sees.names:
        return file_of(file, name=file.name)
    kind = kind_called(file.content_type)
    name = _("Attachment %(number)d") % {"number": number}
    return file_of(file, name=name + (kind.ending if kind else ""))


urlpatterns = [
    path("<slug:stage>/<slug:entry>/attachments/<slug:attachment>/", attachment, name="attachment")
]
