"""The examples of the manual on definition files: each is a file, or fits into one, and has no fault."""

import re
from pathlib import Path

import pytest

from kaaring.programmes.definition.reading import Reading, read

MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "definition.md"
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", MANUAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def sections(example: str) -> dict[str, str]:
    """The parts of an example by the key at the beginning of the line."""
    return {
        one.partition(":")[0]: one for one in re.split(r"^(?=[a-z_]+:)", example, flags=re.MULTILINE) if one
    }


MEASURED, JURIED, *PARTS = map(sections, EXAMPLES)
HEAD = {key: MEASURED[key] for key in ("kaaring", "programme", "edition")}


def reading(content: dict[str, str]) -> Reading:
    return read("\n".join(content.values()), file="manual.yaml")


def test_the_measured_example_is_a_whole_file() -> None:
    assert reading(MEASURED).errors == ()


@pytest.mark.parametrize("part", [{}, *PARTS], ids=lambda part: ", ".join(part) or "alone")
def test_every_other_example_fits_into_the_juried_one(part: dict[str, str]) -> None:
    assert reading(HEAD | JURIED | part).faults == ()


@pytest.mark.parametrize(
    "setting",
    [
        "discretion: ceiling",
        "severity: adjusted",
        "levels: [",
        "points: 20",
        "count: borda",
        "count: schulze",
        "count: stv",
        "threshold: ",
        "percentile: ",
        "margin: ",
        "ties: all_in",
        "ties: all_out",
    ],
)
def test_what_organisers_set_for_a_jury_is_in_an_example(setting: str) -> None:
    assert any(setting in example for example in EXAMPLES)
