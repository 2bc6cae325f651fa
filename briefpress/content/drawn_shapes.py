"""What blocks may hold that the press draws; see `block_shapes`."""

from __future__ import annotations

from pydantic import Field, model_validator

from briefpress.content.shape import Shape, fault
from briefpress.content.texts import Edtf, Id, Text
from briefpress.diagnostics import Code


class TimelineEntry(Shape):
    """Events along an axis of time, drawn by the press."""

    alt: Text
    """What it shows, in a sentence or two, for those who don't see it."""

    caption: Text
    """What stands below it."""

    kind: list[Text] | None = None
    """The kinds of events to draw, such as `[milestone, visit]`; all events if left out."""

    events: list[Id] | None = Field(default=None, min_length=1)
    """The events to draw, by id, in the place of `kind`."""

    from_: Edtf | None = Field(default=None, alias="from")
    """When it begins, such as `1991`; with the first event if left out."""

    to: Edtf | None = None
    """When it ends, such as `1999-12`; with the last event if left out."""

    @model_validator(mode="after")
    def _chosen_once(self) -> TimelineEntry:
        if self.kind and self.events:
            hint = "name either the kinds of events, or the events"
            message = "`kind` and `events` both say which events are drawn"
            raise fault(Code.WRONG_VALUE, message, hint, key="kind")
        return self
