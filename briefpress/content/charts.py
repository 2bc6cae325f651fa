"""Charts, from their entries in the YAML and rows of data to the model.

A writer says which columns are drawn, and nothing of how: no specification of Vega-Lite comes
through, since its expressions and addresses would be a stranger's program. What can't be drawn
without guessing is a fault: dates of several precisions, an area above what isn't known.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from briefpress import model, numbers
from briefpress.content.context import Context, date_at
from briefpress.content.drawn_shapes import ChartEntry
from briefpress.content.grid import Grid, grid_of
from briefpress.content.read import Node, Scalar, at
from briefpress.dates import Precision
from briefpress.diagnostics import Code, listed
from briefpress.limits import CHART_BARS, CHART_CATEGORIES, CHART_DIGITS

_DRAWN = (Precision.YEAR, Precision.MONTH, Precision.DAY)

_Numbers = tuple[Decimal | None, ...]


def chart(entry: ChartEntry, node: Node, context: Context) -> model.Blocks:
    """The block for a chart; nothing where it has faults, which are kept in the scope."""
    context.count_chart(node)
    # Texts are read in the order in which they are shown, so that footnotes are numbered in it.
    alt = context.plain(node, "alt")
    caption = context.line(node, "caption")
    credit = context.line(node, "credit")
    unit = context.title(node, "unit")
    grid = grid_of(node, entry.file, context) if _is_whole(entry, node, context) else None
    data = _data(entry, node, grid, context) if grid else None
    if data is None:
        return ()
    return (
        model.Chart(
            name=context.name_drawing("chart"),
            mark=entry.type,
            file=entry.file,
            alt=alt,
            caption=caption,
            credit=credit,
            unit=unit,
            values=tuple(tuple(None if v is None else float(v) for v in row) for _, row in data),
            table=_table(entry, node, unit, data, context),
        ),
    )


# What names each row, and its numbers.
_Data = list[tuple[model.Inlines, _Numbers]]


def _data(entry: ChartEntry, node: Node, grid: Grid, context: Context) -> _Data | None:
    """The rows that are drawn; None where they can't be, which is kept in the scope."""
    columns = _columns(entry, node, grid, context)
    if columns is None:
        return None
    found = len(context.scope.faults)
    headers = _headers(entry, [row[columns[0]] for row in grid.rows], context)
    values = [tuple(_number(row[c], context) for c in columns[1:]) for row in grid.rows]
    if len(context.scope.faults) > found or not _can_be_drawn(entry, node, values, context):
        return None
    return list(zip(headers, values, strict=True))


def _table(
    entry: ChartEntry, node: Node, unit: model.Inlines, data: _Data, context: Context
) -> model.Table:
    """The table that says what the chart shows."""
    own = "dates" if entry.dates else "categories"
    titles = ((own, "title"), *(("values", i, "title") for i in range(len(entry.values))))
    caption = _text(context.scope.labels.words["data"])
    return model.Table(
        caption=(*caption, *_text(" · "), *unit) if unit else caption,
        head=tuple(context.title(node, *path) for path in titles),
        numeric=(False, *(True for _ in entry.values)),
        rows=tuple(_row(header, values, context) for header, values in data),
        notes=context.line(node, "note"),
    )


def _is_whole(entry: ChartEntry, node: Node, context: Context) -> bool:
    """Whether an entry says from where its data are, and over what they are drawn."""
    rows = "head" in entry.model_fields_set or "rows" in entry.model_fields_set
    for pair, first, second in (
        ("`file`, or `head` and `rows`", entry.file is not None, rows),
        ("`dates` or `categories`", entry.dates is not None, entry.categories is not None),
    ):
        if first == second:
            message = f"a chart has either {pair}; this one has {'both' if first else 'neither'}"
            context.scope.fault(Code.WRONG_VALUE, node.span, message, "give it one of them")
            return False
    if entry.dates is None and entry.type in {"line", "area"}:
        message = f"{entry.type} charts are drawn over dates"
        place = at(node, ["type"]).span
        hint = "give it `dates` in the place of `categories`, or make it bar or point"
        context.scope.fault(Code.WRONG_VALUE, place, message, hint)
        return False
    return True


def _columns(entry: ChartEntry, node: Node, grid: Grid, context: Context) -> list[int] | None:
    """Which columns of the data are drawn, that of dates or categories first."""
    own = "dates" if entry.dates else "categories"
    paths = ((own, "field"), *(("values", i, "field") for i in range(len(entry.values))))
    found: list[int] = []
    for path in paths:
        field = at(node, path)
        name = field.text if isinstance(field, Scalar) else ""
        column = grid.column(name)
        if column is None or column in found:
            message = f"the data have no column {name!r}"
            hint = f"the columns are: {listed([each.text for each in grid.names])}"
            if column is not None:
                message, hint = f"{name!r} is drawn twice", "delete one, or name another column"
            context.scope.fault(Code.WRONG_VALUE, field.span, message, hint)
            return None
        found.append(column)
    return found


# Dates and categories


def _headers(entry: ChartEntry, cells: Sequence[Scalar], context: Context) -> list[model.Inlines]:
    """What names each row. Whatever is wrong is kept in the scope."""
    if entry.dates:
        mentions = [_mention(cell, context) for cell in cells]
        _check_order(mentions, context)
        return [(mention,) if mention else () for mention in mentions]
    _check_height(entry, cells, context)
    seen = set[str]()
    for cell in cells:
        if cell.text in seen or not cell.text:
            message = f"{cell.text!r} stands here again" if cell.text else "the category is empty"
            context.scope.fault(Code.BAD_DATA, cell.span, message, "name each category once")
        seen.add(cell.text)
    return [context.title(cell) for cell in cells]


def _check_height(entry: ChartEntry, cells: Sequence[Scalar], context: Context) -> None:
    """Keep a fault where the rows would fit on a page only if they were too small to be read."""
    bars = len(entry.values) if entry.type == "bar" else 1
    for limit, most in (
        (CHART_CATEGORIES, CHART_CATEGORIES.most),
        (CHART_BARS, CHART_BARS.most // bars),
    ):
        if len(cells) > most:
            message = f"{limit.of} can't have more than {limit}"
            hint = "sum up the smaller ones, or show a table"
            context.scope.fault(Code.TOO_LARGE, cells[most].span, message, hint)
            return


def _mention(cell: Scalar, context: Context) -> model.DateMention | None:
    """The date of a cell, if it has a place on an axis."""
    date = date_at(cell, context.scope)
    if date is None:
        return None
    point = date.points[0]
    if date.html is None or point.precision not in _DRAWN:
        message = f"{cell.text!r} has no one place on an axis"
        hint = "write a year, a month or a day: 1992, 1992-05 or 1992-05-03"
        context.scope.fault(Code.BAD_DATA, cell.span, message, hint)
        return None
    return model.DateMention(date=date, span=cell.span)


def _check_order(mentions: Sequence[model.DateMention | None], context: Context) -> None:
    """Keep a fault where dates aren't of one precision, and where one isn't after that before."""
    before: model.DateMention | None = None
    for mention in mentions:
        if mention is None:
            continue
        if before is not None:
            here, there = mention.date.points[0], before.date.points[0]
            message = hint = ""
            if here.precision is not there.precision:
                message = f"{mention.date.edtf} is of another precision than {before.date.edtf}"
                hint = "write all dates of a chart as years, as months or as days"
            elif here.first_day <= there.first_day:
                message = f"{mention.date.edtf} doesn't come after {before.date.edtf}"
                hint = "put the rows in the order of time, one for each date"
            if message:
                context.scope.fault(Code.BAD_DATA, mention.span, message, hint)
        before = mention


# Values


def _number(cell: Scalar, context: Context) -> Decimal | None:
    """The number of a cell; None for an empty one."""
    number = numbers.parse(cell.text)
    if number is None and cell.text:
        context.scope.fault(
            Code.BAD_DATA,
            cell.span,
            f"{cell.text!r} isn't a number",
            "write digits, with a point before decimals, such as 1234.5; leave the cell empty "
            "where there is no number",
        )
    elif sum(map(str.isdigit, cell.text)) > CHART_DIGITS.most:
        message = f"{CHART_DIGITS.of} can't have more than {CHART_DIGITS}"
        hint = "round it, or measure in a larger unit"
        context.scope.fault(Code.TOO_LARGE, cell.span, message, hint)
    return number


def _can_be_drawn(
    entry: ChartEntry, node: Node, values: Sequence[_Numbers], context: Context
) -> bool:
    """Whether there is something to draw, and an area stands on what is known."""
    for index in range(len(entry.values)):
        column = [row[index] for row in values]
        reason = ""
        if all(number is None for number in column):
            reason = "the column has no number"
        elif entry.type == "area" and any(number is not None and number < 0 for number in column):
            reason = "an area can't be drawn below nought"
        elif entry.type == "area" and len(entry.values) > 1 and None in column:
            reason = "an area can't be stacked where a number is missing"
        if reason:
            place = at(node, ["values", index, "field"]).span
            hint = "draw it as a line, or leave it out"
            context.scope.fault(Code.BAD_DATA, place, reason, hint)
            return False
    return True


def _row(header: model.Inlines, values: _Numbers, context: Context) -> model.Row:
    labels = context.scope.labels
    cells = tuple(
        _text(labels.words["no-data"] if each is None else numbers.write(each, labels.locale))
        for each in values
    )
    return model.Row(header=header, cells=cells)


def _text(words: str) -> model.Inlines:
    return (model.Words(text=words),)
