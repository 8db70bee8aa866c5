"""What entries cost, and what an invoice adds up to. Whole hundredths of the currency, nothing else."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Fees, Price


class Fee(NamedTuple):
    """What one entry costs: the price that applies, in hundredths without value added tax."""

    price: str
    name: Text
    amount: int
    is_member: bool
    currency: str


class Totals(NamedTuple):
    """What an invoice adds up to, in hundredths: without tax, the tax, and what is to be paid."""

    net: int
    vat: int
    gross: int


def fee_on(fees: Fees, day: date, *, is_member: bool) -> Fee:
    """Return the price of an entry submitted on a day: the first whose last day has not passed.

    After the last of them the last one stays: an entry that comes late by leave is not free.
    """
    price = next((one for one in fees.prices if one.until is None or day <= one.until), fees.prices[-1])
    return Fee(price.code, price.name, _hundredths(_amount(price, is_member)), is_member, fees.currency)


def _amount(price: Price, is_member: bool) -> Fraction:
    return price.member if is_member and price.member is not None else price.price


def _hundredths(amount: Fraction) -> int:
    return rounded_half_up(amount * 100)


def rounded_half_up(value: Fraction) -> int:
    """Return the nearest whole number; a half goes up.

    >>> rounded_half_up(Fraction(5, 2)), rounded_half_up(Fraction(249, 100))
    (3, 2)
    """
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def totals(amounts: Iterable[int], vat: Fraction) -> Totals:
    """Return what lines of one rate of tax add up to; ``vat`` is a share.

    The tax is counted once, on the sum, and rounded to hundredths, as EN 16931 has it (BR-CO-14, BR-CO-17):
    rounded line by line it could differ from what the buyer counts.

    >>> totals([333, 333, 333], Fraction(25, 100))
    Totals(net=999, vat=250, gross=1249)
    """
    net = sum(amounts)
    tax = rounded_half_up(net * vat)
    return Totals(net, tax, net + tax)
