"""`kaaring audit`: what is stored equals a recomputation from raw answers, and the audit chains hold."""

import sys
from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaaring.audit.models import AuditLine
from kaaring.audit.queries import Break, first_break
from kaaring.fieldwork.queries import Deviation, deviations_in, evaluations_of
from kaaring.jobs.commands import INPUT_AT_FAULT
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jury.queries import deviations as jury
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of, edition_at

BREAKS = {
    "missing": gettext_lazy("The log %(chain)s does not hold: line %(number)d is missing."),
    "changed": gettext_lazy(
        "The log %(chain)s does not hold: line %(number)d was changed after it was written."
    ),
    "not_linked": gettext_lazy(
        "The log %(chain)s does not hold: line %(number)d does not follow the line before it."
    ),
}


class Command(KaaringCommand):
    help = "Prove that stored sums equal a recomputation from raw answers, and that the audit chains hold."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", nargs="?", help="programme/edition; all editions where left out")

    def handle(self, *args: Any, edition: str | None, as_json: bool, **options: Any) -> None:
        editions = [edition_at(edition)] if edition else list(Edition.objects.select_related("programme"))
        names = [chain_of(editions[0])] if edition else _all_chains()
        count = sum(evaluations_of(one).count() for one in editions)
        cards = sum(jury.final_scorecards_of(one).count() for one in editions)
        deviations = [(one, deviation) for one in editions for deviation in deviations_in(one)]
        scores = [(one, deviation) for one in editions for deviation in jury.deviations_in(one)]
        breaks = [found for name in names if (found := first_break(name))]
        content = {
            "evaluations": count,
            **({"scorecards": cards} if cards else {}),
            "deviations": [
                *({"edition": str(one), **deviation._asdict()} for one, deviation in deviations),
                *({"edition": str(one), **deviation._asdict()} for one, deviation in scores),
            ],
            "breaks": [found._asdict() for found in breaks],
        }
        sentences = [_deviation(one, deviation) for one, deviation in deviations]
        sentences += [_score_deviation(one, deviation) for one, deviation in scores]
        sentences += [_break(found) for found in breaks]
        self.answer(content, "\n".join(sentences) or _all_good(count, cards), as_json=as_json)
        if sentences:
            sys.exit(INPUT_AT_FAULT)


def _all_chains() -> list[str]:
    return list(AuditLine.objects.order_by("chain").values_list("chain", flat=True).distinct())


def _deviation(edition: Edition, deviation: Deviation) -> str:
    values = {"edition": str(edition), **deviation._asdict()}
    said = _(
        "%(edition)s, enquiry %(enquiry)s, %(measure)s: stored %(stored)s, the answers give %(recomputed)s."
    )
    return said % {**values, "stored": deviation.stored or "–", "recomputed": deviation.recomputed or "–"}


def _score_deviation(edition: Edition, deviation: jury.ScoreDeviation) -> str:
    said = _(
        "%(edition)s, stage %(stage)s, entry %(entry)s, juror %(juror)s: "
        "stored %(stored)s, the marks give %(recomputed)s."
    )
    values = {"edition": str(edition), **deviation._asdict()}
    return said % {**values, "stored": deviation.stored or "–", "recomputed": deviation.recomputed or "–"}


def _break(found: Break) -> str:
    return str(BREAKS[found.what]) % found._asdict()


def _all_good(count: int, cards: int) -> str:
    if cards:
        values = {"evaluations": count, "scorecards": cards}
        sentence = _(
            "Evaluations: %(evaluations)d, scorecards: %(scorecards)d. Every stored sum and score equals its "
            "recomputation, and the logs hold."
        )
        return sentence % values
    said = ngettext(
        "%(count)d evaluation: every stored sum equals its recomputation, and the logs hold.",
        "%(count)d evaluations: every stored sum equals its recomputation, and the logs hold.",
        count,
    )
    return said % {"count": count}
