"""The model as plain data, for programs that read what a briefing says."""

from __future__ import annotations

from briefpress.dates import Date
from briefpress.diagnostics import Span
from briefpress.model.node import Node

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]


def data_of(part: object) -> Data:
    """A part of the model as what JSON can hold.

    A node is an object with its fields, those without a value left out; a date is its EDTF. Where
    in the source something stands is left out, since that differs from machine to machine.
    """
    match part:
        case Node():
            fields = ((name, getattr(part, name)) for name in type(part).model_fields)
            return {name: data_of(value) for name, value in fields if _is_said(value)}
        case Date():
            return part.edtf
        case dict():
            return {str(key): data_of(value) for key, value in part.items()}
        case frozenset():
            return [data_of(each) for each in sorted(part)]
        case tuple():
            return [data_of(each) for each in part]
        case None | bool() | int() | float() | str():
            return part
    raise TypeError(f"{type(part).__name__} has no form in JSON")


def _is_said(value: object) -> bool:
    return not isinstance(value, Span) and value not in (None, (), "", {}, frozenset())
