"""What the generator hands over: an edition as rows of the import spreadsheets."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GeneratedEdition:
    """Rows by spreadsheet, every cell as text, in the columns that ``kaaring import`` reads.

    ``enquiries`` are all planned ones, ``evaluations`` those that were made.
    """

    participants: list[dict[str, str]]
    shoppers: list[dict[str, str]]
    enquiries: list[dict[str, str]]
    evaluations: list[dict[str, str]]
