"""What an entrant is asked so that eligibility can be told: the facts that rules speak of."""

from typing import Annotated, Literal

from pydantic import Field

from kaaring.programmes.definition.schema.values import Code, Many, Named, Text

FactKind = Literal["number", "date", "choice", "choices", "yes_no", "countries", "text"]


class Term(Named):
    """What people see for a code that rules use: a role, a unit, a territory, a country."""


class FactOption(Named):
    """One answer to choose."""


class Fact(Named):
    """One thing asked about a case: the size of the team, where the client does business, what it works with.

    A protected fact, such as one about health, is stored apart and encrypted, and only those whom the rule
    needs may see it. One that belongs to a party is asked of that party and of nobody else. Where the name is
    a question, ``short`` is what reasons call it.
    """

    short: Annotated[Text | None, Field(description="What reasons call it: time in the job.")] = None
    kind: FactKind
    unit: Annotated[Code | None, Field(description="Of a number: people, seats …")] = None
    options: Annotated[Many[FactOption], Field(description="What can be chosen.")] = ()
    party: Annotated[Code | None, Field(description="The role of the party that it is about.")] = None
    protected: Annotated[bool, Field(description="Stored encrypted, shown to whom the rule needs.")] = False
    hint: Text | None = None
