"""`make bench`: every measurement in one run, as tables; `--write` keeps them in docs/performance.md."""

import importlib
import platform
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PARTS = (
    *("scoring", "juried_scoring", "assignment", "imports", "pages", "juried_pages", "public", "reports"),
    "serving",
)
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
START, END = "<!-- figures -->", "<!-- end of figures -->"


def main(arguments: list[str]) -> None:
    """Run the named parts, or all, and print their tables."""
    write = "--write" in arguments
    wanted = [name for name in arguments if not name.startswith("-")] or list(PARTS)
    tables = []
    for name in wanted:
        part = importlib.import_module(f"bench.{name}")
        title = (part.__doc__ or name).splitlines()[0]
        text = f"### {title}\n\n{table(part.run())}"
        print(text, flush=True)
        tables.append(text)
    if write:
        keep("\n".join(tables))


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as a Markdown table."""
    listed = list(rows)
    if not listed:
        return "(nothing measured)\n"
    columns = list(dict.fromkeys(column for row in listed for column in row))
    head = f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
    return head + "".join(
        f"| {' | '.join(shown(row.get(column, '')) for column in columns)} |\n" for row in listed
    )


def shown(value: object) -> str:
    """Return a value with as many digits as a reader can use."""
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def keep(tables: str) -> None:
    """Put the tables between the marks in the page."""
    machine = f"{platform.machine()}, Python {platform.python_version()}, {platform.system()}"
    text = PAGE.read_text(encoding="utf-8")
    before, _start, rest = text.partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\nMeasured on {machine}.\n\n{tables}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
