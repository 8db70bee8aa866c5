"""Chapter 12: how the figures came about, what they rest on and what was left out."""

from collections.abc import Sequence

from kaaring.fieldwork.models import Evaluation
from kaaring.reports.content.chapters import LeftOut, Method, Sample
from kaaring.reports.content.shared import EditionContent
from kaaring.reports.content.stored import Made, Uncounted, moment_of
from kaaring.survey.models import Participant


def method(
    shared: EditionContent, participant: Participant, made: Sequence[Made], uncounted: Sequence[Uncounted]
) -> Method:
    """Return chapter 12."""
    scoring = shared.survey.scoring
    open_ones = [one.why for one in uncounted if not one.reason]
    return Method(
        is_pooled=shared.is_pooled,
        counts_unanswered_as_zero=scoring.unanswered == "zero",
        minimum_enquiries=scoring.minimum_enquiries,
        least_observed=scoring.least_observed,
        shares_when_rounded_equal=scoring.shared_when == "rounded_equal",
        rules_number=shared.run.rules.number,
        participants=shared.participants,
        evaluations=shared.run.evaluation_count,
        first=moment_of(made[0].at) if made else None,
        last=moment_of(made[-1].at) if made else None,
        sample=_sample(shared, made),
        left_out=tuple(
            LeftOut(moment_of(one.at), shared.survey.channels[one.channel].name, one.reason)
            for one in uncounted
            if one.reason
        ),
        held=open_ones.count(Evaluation.Review.HELD),
        rejected=open_ones.count(Evaluation.Review.REJECTED),
        thin=sum(enquiry.is_thin for enquiry in made),
        is_as_published=_is_as_published(shared, participant, made),
    )


def _sample(shared: EditionContent, made: Sequence[Made]) -> tuple[Sample, ...]:
    samples = []
    for code, channel in shared.survey.channels.items():
        counted = [enquiry for enquiry in made if enquiry.channel == code]
        if counted:
            unanswered = sum(not enquiry.is_answered for enquiry in counted)
            samples.append(Sample(code, channel.name, len(counted), unanswered))
    return tuple(samples)


def _is_as_published(shared: EditionContent, participant: Participant, made: Sequence[Made]) -> bool:
    counted = shared.basis(participant).counted
    if len(made) != len(counted) or not shared.sent_again.isdisjoint(counted):
        return False
    return all(enquiry.is_as_counted for enquiry in made)
