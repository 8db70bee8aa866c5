"""A logo is a drawing and nothing else."""

import pytest

from kaaring.kernel.refused import Refused
from kaaring.people.contrast import contrast
from kaaring.people.logo import LARGEST, cleaned_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def test_a_plain_drawing_stays_as_it_is() -> None:
    drawing = SVG.format('<g fill="#abc"><path d="M0 0h9"></path></g>')

    assert cleaned_logo(drawing) == drawing


def test_cleaning_twice_changes_nothing_more() -> None:
    once = cleaned_logo(SVG.format("<title>A &amp; B</title><text x='1' y=\"2\">&lt;3</text>"))

    assert cleaned_logo(once) == once


def test_a_drawing_may_answer_dark_paper_by_itself() -> None:
    style = "<style>.a{fill:#000}@media (prefers-color-scheme:dark){.a{fill:#fff}}</style>"

    assert cleaned_logo(SVG.format(style)) == SVG.format(style)


def test_paint_from_within_the_drawing_stays() -> None:
    inner = '<linearGradient id="g"></linearGradient><rect fill="url(#g)"></rect><use href="#g"></use>'

    assert cleaned_logo(SVG.format(inner)) == SVG.format(inner)


def test_an_old_reference_within_the_drawing_becomes_a_plain_one() -> None:
    source = SVG.replace("viewBox", 'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox')

    assert '<use href="#g">' in cleaned_logo(source.format('<use xlink:href="#g"/>'))


def test_comments_instructions_and_editors_notes_are_left_out() -> None:
    noise = (
        "<!-- secret --><?php echo 1 ?><metadata><x>secret</x></metadata>"
        '<i:pgf xmlns:i="urn:editor" note="secret">secret<script2/></i:pgf>'
        '<path d="M0 0" data-name="secret"/>'
    )

    assert cleaned_logo(SVG.format(noise)) == SVG.format('<path d="M0 0"></path>')


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<metadata><script>alert(1)</script></metadata>",
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        "<foreignObject><p>hello</p></foreignObject>",
        '<a href="#x"><path d="M0 0"/></a>',
        '<rect onload="alert(1)"/>',
        '<rect ONCLICK="alert(1)"/>',
        '<animate attributeName="x"/>',
    ],
)
def test_what_could_act_is_refused(inner: str) -> None:
    with pytest.raises(Refused, match="logo_acts"):
        cleaned_logo(SVG.format(inner))


@pytest.mark.parametrize(
    "inner",
    [
        '<image href="https://example.org/a.png"/>',
        '<use href="https://example.org/a.svg#g"/>',
        '<use href=" javascript:alert(1)"/>',
        '<rect fill="url(https://example.org/a.svg#g)"/>',
        '<rect fill="URL( https://example.org )"/>',
        '<rect style="background:url(//example.org)"/>',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>.a{fill:u<!-- -->rl(//example.org)}</style>",
        "<style>.a{fill:u\\72l(//example.org)}</style>",
        "<style>.a{background:image-set('//example.org/a.png' 1x)}</style>",
    ],
)
def test_what_refers_to_elsewhere_is_refused(inner: str) -> None:
    with pytest.raises(Refused, match="logo_fetches"):
        cleaned_logo(SVG.format(inner))


@pytest.mark.parametrize(
    "source", ["", "hello", "<svg", "<html><body/></html>", "<svg></svg>", '<svg xmlns="urn:other"/>']
)
def test_what_is_not_svg_is_refused(source: str) -> None:
    with pytest.raises(Refused, match="logo_not_svg"):
        cleaned_logo(source)


def test_entities_cannot_be_declared() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("<text>&b;</text>")

    with pytest.raises(Refused, match="logo_declares_entities"):
        cleaned_logo(bomb)


def test_a_drawing_larger_than_the_limit_is_refused_with_both_figures() -> None:
    with pytest.raises(Refused, match="logo_too_large") as refusal:
        cleaned_logo(SVG.format("<desc>" + "ø" * LARGEST + "</desc>"))

    assert str(LARGEST) in str(refusal.value.reason)


def test_contrast_agrees_with_published_figures() -> None:
    """#767676 on white is the lightest grey with 4.54 to 1; black on white has 21 (WebAIM)."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#ffffff", "#767676") == contrast("#767676", "#ffffff")
