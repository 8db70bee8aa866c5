"""Chapters 12 and 13 in words: method and sample, and the next steps."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.figures import difference, figure
from kaaring.reports.content.chapters import LeftOut, Method, ParticipantContent, Previous, Sample
from kaaring.reports.printed.blocks import (
    Block,
    bullets,
    column,
    heading,
    in_language,
    lead,
    note,
    paragraph,
    table,
    wide,
)
from kaaring.reports.wording import changed_since, gain_in_words, moment_in_words, place_in_words


def method(content: ParticipantContent) -> list[Block]:
    """Return chapter 12."""
    chapter = content.method
    blocks = [lead(_extent(chapter)), *(paragraph(sentence) for sentence in _how(chapter))]
    if chapter.sample:
        blocks += [heading(_("Your enquiries")), _sample(chapter.sample), *_period(chapter)]
    blocks += [heading(_("What does not count")), *_left_out(chapter)]
    if changed := changed_since(chapter):
        blocks.append(note(changed))
    blocks += [
        heading(_("Proof")),
        paragraph(
            _("The figures are those of run %(number)d, under version %(version)d of the rules.")
            % {"number": content.about.run_number, "version": chapter.rules_number}
        ),
        {"kind": "digest", "name": _("Fingerprint of the run (SHA-256)"), "text": content.about.digest},
    ]
    return blocks


def _extent(chapter: Method) -> str:
    participants = ngettext("%(count)d participant", "%(count)d participants", chapter.participants)
    enquiries = ngettext("%(count)d enquiry", "%(count)d enquiries", chapter.evaluations)
    return _("The edition rests on %(enquiries)s to %(participants)s with a result.") % {
        "participants": participants % {"count": chapter.participants},
        "enquiries": enquiries % {"count": chapter.evaluations},
    }


def _how(chapter: Method) -> Iterator[str]:
    yield _(
        "An enquiry's score is the points earned of those possible, times 100. What did not apply leaves "
        "both sums. Areas and themes are scored in the same way."
    )
    if chapter.is_pooled:
        yield _("A participant's score is all points earned of all possible over its enquiries.")
    else:
        yield _("A participant's score is the mean of its enquiries; every enquiry weighs the same.")
    if chapter.counts_unanswered_as_zero:
        yield _("An enquiry nobody answered scores 0 in the total.")
    else:
        yield _("An enquiry nobody answered is left out of the total.")
    yield _("Means of the class and of all are means of participants, not of enquiries.")
    if chapter.shares_when_rounded_equal:
        yield _("Places are shared where the figures shown are equal.")
    yield ngettext(
        "With fewer than %(count)d enquiry there is no score.",
        "With fewer than %(count)d enquiries there is no score.",
        chapter.minimum_enquiries,
    ) % {"count": chapter.minimum_enquiries}


def _sample(sample: Sequence[Sample]) -> Block:
    columns = [
        wide(_("Channel")),
        column(_("Count"), shows="strong"),
        column(_("Without an answer"), 34),
    ]
    rows = [(in_language(one.name), str(one.counted), str(one.unanswered)) for one in sample]
    return table(columns, rows)


def _period(chapter: Method) -> Iterator[Block]:
    if chapter.first is not None and chapter.last is not None:
        text = _("Made from week %(first)d to week %(last)d.")
        yield note(text % {"first": chapter.first.week, "last": chapter.last.week})


def _left_out(chapter: Method) -> Iterator[Block]:
    if chapter.left_out:
        yield _left_out_table(chapter.left_out)
    else:
        yield paragraph(_("No enquiry to you was left out."))
    counted = (
        (
            chapter.held,
            ngettext("%(count)d is held for review.", "%(count)d are held for review.", chapter.held),
        ),
        (chapter.rejected, ngettext("%(count)d was rejected.", "%(count)d were rejected.", chapter.rejected)),
        (
            chapter.thin,
            ngettext(
                "%(count)d counts though little could be observed: a reviewer approved it with a reason.",
                "%(count)d count though little could be observed: a reviewer approved them with a reason.",
                chapter.thin,
            ),
        ),
    )
    sentences = [sentence % {"count": count} for count, sentence in counted if count]
    if sentences:
        yield bullets(sentences)


def _left_out_table(left_out: Sequence[LeftOut]) -> Block:
    columns = [
        column(_("When"), 38, shows="text"),
        column(_("Channel"), 22, shows="text"),
        wide(_("Why")),
    ]
    rows = [(moment_in_words(one.moment), in_language(one.channel_name), one.reason) for one in left_out]
    return table(columns, rows)


def next_steps(content: ParticipantContent) -> list[Block]:
    """Return chapter 13."""
    chapter = content.next_steps
    blocks = [
        lead(_("A report changes nothing by itself. Here is a way to put it to use.")),
        {"kind": "steps", "items": _steps()},
    ]
    if chapter.train:
        blocks += [
            heading(_("What to train")),
            bullets(
                {
                    "main": in_language(one.text),
                    "after": _("up to %(gain)s") % {"gain": gain_in_words(one.gain)},
                }
                for one in chapter.train
            ),
        ]
    if chapter.keep:
        blocks += [heading(_("What to keep")), bullets(in_language(one.text) for one in chapter.keep)]
    if chapter.previous:
        blocks += list(_previous(chapter.previous, content.about.edition))
    return blocks


def _steps() -> list[Block]:
    return [
        {
            "title": _("Observation"),
            "time": _("part of 3 hours"),
            "text": _("Somebody from outside listens in at the contact centre, with this report at hand."),
        },
        {
            "title": _("Insight workshop"),
            "time": _("the rest of the 3 hours"),
            "text": _(
                "The managers agree on two or three performances to work on, and on who leads the training."
            ),
        },
        {
            "title": _("Follow-up"),
            "time": _("4 hours, some weeks later"),
            "text": _(
                "Managers and chosen staff train on your own enquiries, then look at what has changed."
            ),
        },
    ]


def _previous(previous: Previous, edition: str) -> Iterator[Block]:
    yield heading(_("Compared with %(edition)s") % {"edition": previous.edition})
    yield paragraph(
        _("The result in %(edition)s. In the class: %(class_place)s. Among all: %(place)s.")
        % {
            "edition": previous.edition,
            "class_place": place_in_words(previous.class_place),
            "place": place_in_words(previous.place),
        }
    )
    columns = [
        wide(""),
        column(previous.edition, 20),
        column(edition, 20, shows="strong"),
        column(_("Difference"), 22),
    ]
    rows = [
        (in_language(one.name), figure(one.before), figure(one.now), difference(one.now, one.before))
        for one in previous.measures
    ]
    yield table(columns, rows)
    yield note(_("Questions may have changed between the editions; compare with care."))
