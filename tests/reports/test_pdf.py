"""The report as a file: whole in three languages, tagged, the same bytes each time, and telling nothing."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from django.utils import translation

from kaaring.fieldwork.actions import EvaluationRow
from kaaring.programmes.models import Edition
from kaaring.reports import typesetting
from kaaring.reports.content import participant_content
from kaaring.reports.pdf import is_report_of, participant_pdf
from kaaring.reports.printed.document import CHAPTERS, document
from kaaring.results.models import Run
from kaaring.survey.models import Participant
from tests.reports.build import (
    BEST,
    BY_EMAIL,
    DEFINITION,
    SHOPPER,
    UNANSWERED,
    made,
    of_the_best,
    on,
    published,
)

pytestmark = pytest.mark.django_db

OWN = [
    made(1, on(2), BEST, comments={"talk": "Varm stemme."}),
    made(2, on(3), {**BEST, "S1": "1"}, comments={"close": "Kort svar."}),
    made(3, on(5), BY_EMAIL, channel="email"),
    made(4, on(5), UNANSWERED, attempts=2),
    made(5, on(6), BEST, excluded="Linjen brøt."),
]
LANGUAGES = ("nb", "en", "ru")


def report(rows: list[EvaluationRow], language: str = "en", **how: object) -> bytes:
    run, participant = published([*rows, *of_the_best()], **how)
    return participant_pdf(run, participant, language)


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def titles_in(language: str) -> list[str]:
    with translation.override(language):
        return [str(title) for title, _chapter, _new_page in CHAPTERS]


def test_days_and_hours_too_few_to_show_stand_together_without_a_name() -> None:
    rows = [made(number, on(number, hour=10, weekday=2), BEST) for number in (1, 2, 3)]
    text = text_of(report([*rows, made(4, on(4, hour=15, weekday=5), BEST)]))

    assert text.count("Others, too few to show 1 –") == 2
    assert "Tuesday 3" in text
    assert "Friday" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_thirteen_chapters_stand_in_every_language(language: str) -> None:
    outline = pypdf.PdfReader(io.BytesIO(report(OWN, language))).outline
    chapters = [one["/Title"] for one in outline if not isinstance(one, list)]

    assert len(CHAPTERS) == 13
    assert chapters == [f"{number} {title}" for number, title in enumerate(titles_in(language), start=1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_tagged_titled_and_names_its_language(language: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(report(OWN, language)))
    catalog = reader.trailer["/Root"]

    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == language
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert "Vårt Senter" in (reader.metadata.title or "")
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data().decode()


def test_every_font_is_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(report(OWN, "ru")))
    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()
    ]

    descriptors = [
        inner.get_object()["/FontDescriptor"]
        for font in fonts
        for inner in font.get("/DescendantFonts", [font])
    ]
    assert descriptors
    assert all(any(key.startswith("/FontFile") for key in one) for one in descriptors)


def test_nothing_in_the_file_tells_who_enquired_or_on_which_day() -> None:
    content = report(OWN, "nb")
    text = text_of(content)

    for secret in (
        SHOPPER.code,
        SHOPPER.name,
        SHOPPER.email,
        "own-1",
        "09.01.2030",
        "9. januar",
        "10:00",
        "2030-01-09",
    ):
        assert secret not in text
        assert secret.encode() not in content


def test_the_same_content_gives_the_same_bytes() -> None:
    run, participant = published([*OWN, *of_the_best()])

    assert participant_pdf(run, participant, "nb") == participant_pdf(run, participant, "nb")


def test_figures_have_the_comma_of_the_language() -> None:
    run, participant = published([*OWN, *of_the_best()])

    assert "49,7" in text_of(participant_pdf(run, participant, "nb"))
    assert "49.7" in text_of(participant_pdf(run, participant, "en"))


def test_the_report_says_of_which_publication_and_language_it_is() -> None:
    run, participant = published([*OWN, *of_the_best()])
    content = participant_pdf(run, participant, "nb")

    assert is_report_of(run, "nb", content)
    assert not is_report_of(run, "en", content)
    assert not is_report_of(run, "nb", content[:-100])
    assert not is_report_of(Run(public_id="another"), "nb", content)


def test_what_is_illustrative_is_said_on_the_cover() -> None:
    run, participant = published([*OWN, *of_the_best()])
    Edition.objects.filter(pk=run.edition.pk).update(illustrative={"en": "All of this is made up."})
    again = Run.objects.get(pk=run.pk)

    first = pypdf.PdfReader(io.BytesIO(participant_pdf(again, participant, "en"))).pages[0]

    assert "All of this is made up." in re.sub(r"\s+", " ", first.extract_text())


def test_what_people_wrote_is_printed_as_it_is_and_never_run() -> None:
    wicked = '#read("report.typ") *x* $y$ @ref \\u{41} <b>'

    assert wicked in text_of(report([made(1, on(2), BEST, comments={"talk": wicked})]))


@pytest.mark.parametrize(
    ("rows", "how"),
    [
        ([], {}),
        (OWN[:1], {}),
        (OWN[:2], {"definition": DEFINITION.replace("minimum_enquiries: 1", "minimum_enquiries: 3")}),
        ([made(number, on(number + 1), BEST) for number in (1, 2, 3)], {"channels": ("phone",)}),
        ([made(number, on(number + 1), UNANSWERED) for number in (1, 2, 3)], {}),
        (
            OWN,
            {
                "definition": DEFINITION.replace("themes: [warmth]", "themes: []").replace(
                    "themes: [{code: warmth, name: {en: Warmth, nb: Varme}}]", "themes: []"
                )
            },
        ),
    ],
    ids=[
        "nobody enquired",
        "one enquiry",
        "too few",
        "one channel, no comments",
        "never answered",
        "no themes",
    ],
)
def test_a_report_with_little_in_it_still_has_all_its_chapters(
    rows: list[EvaluationRow], how: dict[str, object]
) -> None:
    text = text_of(report(rows, "en", **how))

    assert all(title in text for title in titles_in("en"))


def test_the_best_of_the_class_is_told_that_nobody_is_ahead() -> None:
    run, _participant = published([*OWN, *of_the_best()])
    best = Participant.objects.select_related("competition_class", "edition").get(
        edition=run.edition, code="best"
    )

    assert "Nobody in your class is ahead of you" in text_of(participant_pdf(run, best, "en"))


def test_an_enquiry_reads_with_its_week_and_part_of_day_and_its_answers() -> None:
    text = text_of(report(OWN))

    assert "week 2, morning · Phone" in text
    assert "How long did it take? 45 seconds 4 / 4" in text
    assert "How interested was the agent? 6 of 6 5 / 5" in text
    assert "No answer after 2 attempts." in text
    assert "Linjen brøt." in text


def test_a_warning_of_the_typesetter_stops_the_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    templates = tmp_path / "typst"
    templates.mkdir()
    (templates / "blank.typ").write_text("")
    (templates / "report.typ").write_text('#set text(font: "Unknown Sans")\n#set document(title: "x")\n= x')
    monkeypatch.setattr(typesetting, "TEMPLATES", templates)
    monkeypatch.setattr(typesetting, "_own", type("Own", (), {})())
    run, participant = published(of_the_best())

    with pytest.raises(ValueError, match="own: warning: unknown font family"):
        participant_pdf(run, participant, "en")


def test_templates_evaluate_nothing_and_fetch_nothing() -> None:
    for template in typesetting.TEMPLATES.glob("*.typ"):
        assert not re.search(r"@preview|\beval\(|\bread\(|\bplugin\(|https?://", template.read_text("utf-8"))


def test_a_table_has_as_many_cells_in_each_row_as_it_has_columns() -> None:
    run, participant = published([*OWN, *of_the_best()])
    with translation.override("nb"):
        data = document(participant_content(run, participant), "nb", "Europe/Oslo")

    tables = [
        block for chapter in data["chapters"] for block in chapter["blocks"] if block["kind"] == "table"
    ]

    assert tables
    assert all(len(row) == len(table["columns"]) for table in tables for row in table["rows"])


def test_organisers_words_in_another_language_are_marked_with_it() -> None:
    run, participant = published([*OWN, *of_the_best()])
    with translation.override("ru"):
        data = document(participant_content(run, participant), "ru", "Europe/Oslo")

    assert {"text": "Conversation", "lang": "en"} in [
        row[0] for row in data["chapters"][2]["blocks"][1]["rows"]
    ]
