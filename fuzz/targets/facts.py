"""Bytes as the facts of a briefing, `facts.yaml`: read, shaped and checked."""

from __future__ import annotations

from briefpress.model.data import data_of
from fuzz.briefing import read_with


def target(data: bytes) -> None:
    """A briefing comes of it that can be written as data, or faults at places in the file."""
    briefing = read_with(facts=data)
    if briefing is not None:
        data_of(briefing)
