"""What a participant's report and own pages say: figures of the published run, details of its enquiries."""

from kaaring.reports.content.chapters import ParticipantContent as ParticipantContent
from kaaring.reports.content.shared import EditionContent as EditionContent
from kaaring.reports.content.shared import edition_content as edition_content
from kaaring.reports.content.whole import participant_content as participant_content
