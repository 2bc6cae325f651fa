"""Dates as people type them: found in a text, and read with the precision that they have."""

from briefpress.typed_dates.finder import Finder, Found, finder_of

__all__ = ["Finder", "Found", "finder_of"]
