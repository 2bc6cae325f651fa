"""A text as a date: read, and written in every language. It never becomes more precise."""

from __future__ import annotations

import re

from briefpress import dates
from briefpress.content.labels import read_labels
from briefpress.look import BUILT_IN, find_templates

LANGUAGES = ("en", "ja", "ru", "kk")
_LABELS = [read_labels(find_templates(BUILT_IN), language) for language in LANGUAGES]


def target(data: bytes) -> None:
    """What is written has no number that wasn't given, whatever the language."""
    text = data.decode("utf-8", "replace")
    try:
        date = dates.parse(text)
    except dates.DateError as error:
        assert str(error)
        return
    assert dates.parse(date.edtf) == date
    assert date.edtf == text
    given = _numbers(text.replace("X", "0"))
    for point in date.points:
        parts = {point.year, point.month, point.day} - {None}
        assert parts <= given
        assert point.first_day <= point.last_day
    date.sort_key()
    for labels in _LABELS:
        written = dates.write(date, labels.locale, labels.date_words())
        assert written.strip()
        assert _numbers(written) <= given, (labels.locale, text, written)


def _numbers(text: str) -> set[int | None]:
    return {int(number) for number in re.findall(r"[0-9]+", text)}
