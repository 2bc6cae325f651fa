"""Numbers as decimals with the digits that their source gives, and how a language writes them.

As with dates, precision is never raised nor lowered: "1.50" has two decimals wherever it is shown.
CLDR writes them through Babel (UTS #35, Part 3: Numbers).
"""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import NumberPattern

# As files of data have them: ASCII digits with a point before decimals, and nothing between them.
# Exponents aren't for readers, and 1e308 would leave no room for any other number.
_NUMBER = re.compile(r"[-+\u2212]?[0-9]{1,15}(?:\.[0-9]{1,10})?")

# A hyphen is lost at the end of a line, and looks like a dash before a number.
_MINUS = "\N{MINUS SIGN}"


def parse(text: str) -> Decimal | None:
    """The number that a text is, or None."""
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(_MINUS, "-"))


def write(number: Decimal, locale: str) -> str:
    """Write a number with all its decimals and no others, as a locale such as `en-GB` has it."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    written = _pattern(locale, max(-exponent, 0)).apply(abs(number), _locale(locale))
    return f"{_MINUS}{written}" if number < 0 else str(written)


@cache
def _pattern(locale: str, decimals: int) -> NumberPattern:
    """The locale's pattern for numbers, with so many decimals."""
    pattern: NumberPattern = copy(_locale(locale).decimal_formats[None])
    pattern.frac_prec = (decimals, decimals)
    return pattern


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")
