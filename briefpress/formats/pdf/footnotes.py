"""Keeps footnotes that WeasyPrint 70 would lose.

A footnote that doesn't fit is carried over to the next page, while its call stays. WeasyPrint
loses some: where a page is made anew, since a page number on it has changed, it has forgotten what
the page before it carried over; a last page that holds nothing else is then left out; and where it
makes room for a last line by carrying over the footnotes before it, it forgets those of the line
itself. Here all are remembered from page to page. The proof would tell if one were lost even so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import weasyprint.layout.page

_make_page = weasyprint.layout.page.make_page

# For each document that is laid out, what each page carries over, by the number of the page.
_REMEMBERED = "_briefpress_carried_over"


def _make_page_with_all_footnotes(  # noqa: PLR0913, PLR0917 - WeasyPrint's signature
    context: Any, root_box: Any, page_type: Any, resume_at: Any, page_number: int, page_state: Any
) -> tuple[Any, Any, Any]:
    remembered = context.__dict__.setdefault(_REMEMBERED, {})
    context.reported_footnotes = [*remembered.get(page_number - 1, ())]
    made = _make_page(context, root_box, page_type, resume_at, page_number, page_state)
    for footnote in _forgotten(context, made[0]):
        context.footnotes.remove(footnote)
        context.reported_footnotes.append(footnote)
    carried = tuple(context.reported_footnotes)
    if carried != remembered.get(page_number, ()) and page_number < len(context.page_maker):
        # The page after this one isn't what it was, even if it begins with the same words.
        context.page_maker[page_number][-1]["content_changed"] = True
    if carried and made[1] is None:
        # A page that was made for footnotes alone is made only behind one that is made as well.
        context.page_maker[page_number - 1][-1]["pages_wanted"] = True
    remembered[page_number] = carried
    return made  # type: ignore[no-any-return]  # WeasyPrint has no types


def _forgotten(context: Any, page: Any) -> Iterator[Any]:
    """The footnotes that are called on a page, and wait to be laid out as if they weren't."""
    calling = [box for box in page.descendants() if box.footnote is not None]
    for box in calling:
        if any(box.footnote is waiting for waiting in context.footnotes):
            yield box.footnote


def keep_footnotes() -> None:
    """Have no page lose a footnote, from now on."""
    weasyprint.layout.page.make_page = _make_page_with_all_footnotes
