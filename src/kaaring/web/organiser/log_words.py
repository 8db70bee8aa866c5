"""What stands in the log, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "account_opened": _("Account opened"),
    "award_decided": _("Award decided"),
    "contact_ended": _("Contact ended"),
    "contact_named": _("Contact named"),
    "dates_changed": _("Dates changed"),
    "decision_revoked": _("Decision revoked"),
    "enquiries_planned": _("Enquiries planned"),
    "evaluation_approved": _("Evaluation approved"),
    "evaluation_excluded": _("Evaluation excluded"),
    "evaluation_held": _("Evaluation held for review"),
    "evaluation_included": _("Evaluation included again"),
    "evaluation_rejected": _("Evaluation rejected"),
    "evaluations_submitted": _("Evaluations submitted"),
    "import_asked_for": _("Import started"),
    "invitation_accepted": _("Invitation accepted"),
    "invitation_sent": _("Invitation sent"),
    "invitation_withdrawn": _("Invitation withdrawn"),
    "juror_answered": _("Juror's question answered"),
    "juror_asked": _("Question from a juror"),
    "letter_in_doubt_released": _("Letter in doubt made a draft again"),
    "letter_withdrawn": _("Letter withdrawn"),
    "letters_sent": _("Letters sent"),
    "look_changed": _("Look changed"),
    "marks_imported": _("Marks imported"),
    "membership_changed": _("Membership changed"),
    "membership_ended": _("Membership ended"),
    "membership_given": _("Membership given"),
    "organiser_made": _("Organiser made"),
    "part_ended": _("Part ended"),
    "part_given": _("Part given"),
    "participant_added": _("Participant added"),
    "participant_changed": _("Participant changed"),
    "participant_removed": _("Participant removed"),
    "participants_added": _("Participants added"),
    "person_introduced": _("Name and language given"),
    "reports_asked_for": _("Reports started"),
    "rounding_published": _("Rounding published"),
    "rounding_replaced": _("Rounding replaced"),
    "rounding_withdrawn": _("Rounding withdrawn"),
    "rules_frozen": _("Rules frozen"),
    "rules_stored": _("Rules stored"),
    "run_published": _("Results published"),
    "run_withdrawn": _("Results withdrawn"),
    "scorecard_reopened": _("Scorecard reopened"),
    "scorecard_started": _("Scorecard started"),
    "scorecard_submitted": _("Scorecard submitted"),
    "shoppers_added": _("Shoppers added"),
}


def in_words(doing: str) -> str:
    """Return what was done in the reader's language; what has no words yet is shown as it is stored."""
    return str(WORDS.get(doing, doing.replace("_", " ").capitalize()))
