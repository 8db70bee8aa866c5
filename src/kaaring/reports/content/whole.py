"""The whole of a participant's report, chapter by chapter."""

from kaaring.reports.content.channels import channels
from kaaring.reports.content.chapters import About, ParticipantContent
from kaaring.reports.content.enquiries import enquiries
from kaaring.reports.content.feelings import feelings
from kaaring.reports.content.method import method
from kaaring.reports.content.next_steps import next_steps
from kaaring.reports.content.over_time import over_time
from kaaring.reports.content.performances import Weighed, lifts, performances
from kaaring.reports.content.results import areas, results, summary, themes
from kaaring.reports.content.shared import EditionContent, edition_content
from kaaring.reports.content.start_to_end import start_to_end
from kaaring.reports.content.stored import made_for, uncounted_for
from kaaring.results.models import Run
from kaaring.survey.models import Participant


def participant_content(
    run: Run, participant: Participant, *, shared: EditionContent | None = None
) -> ParticipantContent:
    """Return what a participant's report says: scores and places of the run, the rest from its enquiries.

    Reports of many participants pass the same ``shared``, read once with ``edition_content(run)``.
    """
    shared = shared or edition_content(run, only_class=participant.competition_class_id)
    basis = shared.basis(participant)
    made = made_for(participant, basis)
    weighed = Weighed(made, is_pooled=shared.is_pooled)
    first = summary(shared, participant, made)
    fifth = performances(shared, participant, weighed)
    eleventh = lifts(shared, participant, weighed, fifth)
    return ParticipantContent(
        about=_about(shared, participant),
        summary=first,
        results=results(shared, participant),
        areas=areas(shared, participant),
        themes=themes(shared, participant),
        performances=fifth,
        channels=channels(shared, participant, made),
        over_time=over_time(made, is_pooled=shared.is_pooled),
        start_to_end=start_to_end(shared, made),
        feelings=feelings(shared, participant, made),
        enquiries=enquiries(shared, made),
        lifts=eleventh,
        method=method(shared, participant, made, uncounted_for(participant, basis)),
        next_steps=next_steps(shared, participant, first, eleventh),
    )


def _about(shared: EditionContent, participant: Participant) -> About:
    edition = shared.run.edition
    return About(
        participant=participant.name,
        participant_code=participant.code,
        class_name=participant.competition_class.name,
        programme=edition.programme.name,
        edition=edition.slug,
        organiser=edition.programme.organiser.name,
        accent=edition.programme.organiser.accent,
        illustrative=edition.illustrative,
        run=shared.run.public_id,
        run_number=shared.run.number,
        digest=shared.run.digest,
        published_at=shared.run.published_at,
    )
