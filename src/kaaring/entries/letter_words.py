"""The wording of every letter to entrants, in one place: in the language of who reads it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kaaring.entries.models import Case, Correction, Entry, Nominee, Party
from kaaring.kernel.figures import local, until
from kaaring.kernel.text import Text, said


class Wording(NamedTuple):
    """A letter as plain text."""

    subject: str
    body: str


def received(entry: Entry, *, at: datetime, link: str, language: str) -> Wording:
    """Say that an entry is submitted, and what can still be done."""
    with translation.override(language):
        words = _words(entry)
        return _letter(
            _("Entry %(code)s is received: %(edition)s") % words,
            _("Hello,"),
            _("We received entry %(code)s, “%(case)s”, in the category “%(category)s” on %(at)s.")
            % {**words, "at": _moment(at, entry)},
            _(
                "It is locked now. As long as entries are open and the jury has not begun to read, you can "
                "take it back, change it and submit it again:"
            ),
            link,
            _signed(words),
        )


def correction_asked(entry: Entry, correction: Correction, *, link: str, language: str) -> Wording:
    """Say what is to be corrected, and until when."""
    with translation.override(language):
        words = _words(entry) | {"until": until(correction.until, entry.edition.timezone)}
        return _letter(
            _("Please correct entry %(code)s: %(edition)s") % words,
            _("Hello,"),
            _("Please look at entry %(code)s, “%(case)s”, once more. This is what we ask for:") % words,
            correction.wanted,
            _("You can change the entry until %(until)s. Then say on its page that it is done:") % words,
            link,
            _signed(words),
        )


def corrected(entry: Entry, *, at: datetime, link: str, language: str) -> Wording:
    """Say that a correction has come in."""
    with translation.override(language):
        words = _words(entry)
        return _letter(
            _("The correction of entry %(code)s is received: %(edition)s") % words,
            _("Hello,"),
            _("Thank you. Entry %(code)s, “%(case)s”, is with the jury again as you left it on %(at)s:")
            % {**words, "at": _moment(at, entry)},
            link,
            _signed(words),
        )


def consent_asked(nominee: Nominee, *, link: str, language: str) -> Wording:
    """Write to a nominee: who nominates them for what, the link, and that nothing happens without them."""
    case = nominee.case
    with translation.override(language):
        words = {
            "name": nominee.name,
            "organisation": case.organisation,
            "case": case.title,
            "edition": case.edition.title,
            "organiser": case.edition.programme.organiser.name,
        }
        return _letter(
            _("You are nominated in %(edition)s: do you agree?") % words,
            _("Hello %(name)s,") % words,
            _("%(organisation)s wants to nominate you in %(edition)s, with the case “%(case)s”.") % words,
            _(
                "Nobody judges it before you have agreed. Here you can read what is said about you, agree, "
                "or decline:"
            ),
            link,
            _(
                "The link is for you alone. Keep this message: until judging begins you can change your mind "
                "there."
            ),
            _signed(words),
        )


def approval_asked(party: Party, *, link: str, language: str) -> Wording:
    """Ask a partner to read a case and approve its part."""
    case = party.case
    with translation.override(language):
        words = {
            "case": case.title,
            "organisation": case.organisation,
            "party": party.organisation,
            "edition": case.edition.title,
            "organiser": case.edition.programme.organiser.name,
        }
        return _letter(
            _("%(organisation)s names %(party)s as its partner: %(edition)s") % words,
            _("Hello,"),
            _("%(organisation)s enters “%(case)s” in %(edition)s, together with %(party)s.") % words,
            _("It can be submitted once %(party)s has read and approved it. Here you can do both:") % words,
            link,
            _signed(words),
        )


def merge_asked(case: Case, into: Case, *, link: str, language: str) -> Wording:
    """Ask one side to make one case of two that tell of the same partnership."""
    with translation.override(language):
        words = _both(case, into)
        return _letter(
            _("%(organisation)s asks to make one case of two: %(edition)s") % words,
            _("Hello,"),
            _(
                "%(organisation)s has entered “%(case)s”, which seems to tell of the same partnership as "
                "your case “%(into)s”, and asks to make one case of both."
            )
            % words,
            _(
                "If you agree, your case stays, and %(organisation)s stands behind it with you. Here you can "
                "agree or keep two cases:"
            )
            % words,
            link,
            _signed(words),
        )


def merged(case: Case, into: Case, *, link: str, language: str) -> Wording:
    """Say that two cases are one, and where one goes on."""
    with translation.override(language):
        words = _both(case, into)
        return _letter(
            _("“%(case)s” is part of “%(into)s” now: %(edition)s") % words,
            _("Hello,"),
            _(
                "%(other)s has agreed: “%(case)s” and “%(into)s” are one case now. What you wrote can still "
                "be read, and you approve the case that stays as a partner. It stands here:"
            )
            % words,
            link,
            _signed(words),
        )


def _both(case: Case, into: Case) -> dict[str, object]:
    return {
        "case": case.title,
        "into": into.title,
        "organisation": case.organisation,
        "other": into.organisation,
        "edition": case.edition.title,
        "organiser": case.edition.programme.organiser.name,
    }


class Move(NamedTuple):
    """From which stage to which, and what says who goes on: a check, a shortlist, or somebody's choice."""

    before: Text
    stage: Text
    by: Literal["check", "shortlist", "choice"]


def goes_on(entry: Entry, move: Move, *, link: str, language: str) -> Wording:
    """Say that an entry goes on to a stage; it is on a shortlist only where the rules make one."""
    with translation.override(language):
        words = _words(entry) | {"before": said(move.before), "stage": said(move.stage)}
        subject = _("Entry %(code)s goes on to the next stage: %(edition)s")
        told = _("Good news: entry %(code)s, “%(case)s”, in “%(category)s” goes on to the stage “%(stage)s”.")
        if move.by == "check":
            told = _(
                "Good news: entry %(code)s, “%(case)s”, in “%(category)s” has passed the check “%(before)s” "
                "and goes on to the stage “%(stage)s”."
            )
        if move.by == "shortlist":
            subject = _("Entry %(code)s is on the shortlist: %(edition)s")
            told = _(
                "Good news: entry %(code)s, “%(case)s”, is on the shortlist in “%(category)s” and goes on to "
                "the stage “%(stage)s”."
            )
        return _letter(subject % words, _("Hello,"), told % words, link, _signed(words))


def does_not_go_on(entry: Entry, move: Move, *, link: str, language: str) -> Wording:
    """Say that an entry does not go on to a stage."""
    with translation.override(language):
        words = _words(entry) | {"before": said(move.before), "stage": said(move.stage)}
        subject = _("Entry %(code)s does not go on to the next stage: %(edition)s")
        told = _(
            "Thank you for entry %(code)s, “%(case)s”, in “%(category)s”. The jury has chosen which "
            "entries go on to the stage “%(stage)s”, and this one is not among them."
        )
        if move.by == "check":
            told = _(
                "Thank you for entry %(code)s, “%(case)s”, in “%(category)s”. It has not passed the check "
                "“%(before)s” and does not go on to the stage “%(stage)s”."
            )
        if move.by == "shortlist":
            subject = _("Entry %(code)s and the shortlist: %(edition)s")
        return _letter(
            subject % words,
            _("Hello,"),
            told % words,
            _("What you entered can still be read here:"),
            link,
            _signed(words),
        )


class Given(NamedTuple):
    """What a jury gave an entry: the award's name, the level in words, and the citation if there is one."""

    award: Text
    level: str | Promise
    citation: Text


def result(entry: Entry, given: list[Given], *, link: str, results: str, language: str) -> Wording:
    """Say what an entry has won, or that it has won nothing; ``results`` is where all of them stand."""
    with translation.override(language):
        words = _words(entry)
        if not given:
            return _letter(
                _("The result of entry %(code)s: %(edition)s") % words,
                _("Hello,"),
                _("The results of %(edition)s are published.") % words,
                _("Entry %(code)s, “%(case)s”, in “%(category)s” has not won an award this time.") % words,
                _("All results stand here:"),
                results,
                _signed(words),
            )
        return _letter(
            _("Congratulations on entry %(code)s. %(edition)s") % words,
            _("Hello,"),
            _("The results of %(edition)s are published.") % words,
            _("Entry %(code)s, “%(case)s”, in “%(category)s” receives:") % words,
            *(_award(one) for one in given),
            _("All results stand here:"),
            results,
            _("And this is your entry:"),
            link,
            _signed(words),
        )


def _award(one: Given) -> str:
    head = f"{said(one.award)}: {one.level}"
    citation = said(one.citation) if one.citation else ""
    return f"{head}\n{citation}" if citation else head


def feedback(entry: Entry, *, link: str, language: str) -> Wording:
    """Say that the report on an entry can be read."""
    with translation.override(language):
        words = _words(entry)
        return _letter(
            _("Feedback on entry %(code)s: %(edition)s") % words,
            _("Hello,"),
            _(
                "The report on entry %(code)s, “%(case)s”, in “%(category)s” is ready: how the jury marked "
                "it, beside the others in the category, and what jurors wrote."
            )
            % words,
            link,
            _signed(words),
        )


def _words(entry: Entry) -> dict[str, str]:
    return {
        "code": entry.code,
        "case": entry.case.title,
        "category": said(entry.category.name),
        "edition": entry.edition.title,
        "organiser": entry.edition.programme.organiser.name,
    }


def _moment(at: datetime, entry: Entry) -> str:
    return date_format(local(at, entry.edition.timezone), "DATETIME_FORMAT")


def _signed(words: Mapping[str, object]) -> str:
    return _("%(edition)s is run by %(organiser)s.") % words


def _letter(subject: str, *paragraphs: str) -> Wording:
    return Wording(subject[:200], "\n\n".join(paragraphs) + "\n")
