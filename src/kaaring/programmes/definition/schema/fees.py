"""What an entry costs, by date and membership, and who sends the invoice."""

from typing import Annotated

from pydantic import Field, StringConstraints

from kaaring.programmes.definition.schema.values import Country, Day, Named, Part, Points, Share, Some, Text

Money = Annotated[Points, Field(description="An amount in the currency, without value added tax.")]


class Price(Named):
    """A price and the last day it is given; the last price has no such day."""

    until: Day | None = None
    price: Money
    member: Annotated[Money | None, Field(description="For members; the price where left out.")] = None


class Seller(Part):
    """Who sends the invoice, as it must stand on it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    number: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    vat_number: Annotated[str | None, StringConstraints(max_length=40)] = None
    registration: Annotated[
        str | None,
        StringConstraints(min_length=1, max_length=80),
        Field(description="What the law has invoices say of the seller's registration: Foretaksregisteret."),
    ] = None
    street: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    postcode: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    city: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    country: Country
    account: Annotated[str, StringConstraints(min_length=4, max_length=40)]
    email: Annotated[str | None, StringConstraints(max_length=254)] = None
    endpoint: Annotated[
        str | None,
        StringConstraints(pattern=r"^\d{4}:\S+$"),
        Field(description="The seller's electronic address, such as 0192:123456785."),
    ] = None


class Fees(Part):
    """Prices per entry; the first whose day has not passed applies."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    vat: Annotated[Share, Field(description="Value added tax, such as 25%.")]
    prices: Some[Price]
    due_days: Annotated[int, Field(ge=0, le=365)] = 14
    seller: Seller
    note: Text | None = None
