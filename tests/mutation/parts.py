"""Mutants of what a PDF has beside its text: links, bookmarks, metadata, pages, files, actions."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import TypeAlias

import pikepdf

from tests.mutation.editions import Publication
from tests.mutation.mutant import Made, Mutant
from tests.mutation.objects import save

Do: TypeAlias = Callable[[pikepdf.Pdf, Random], str | None]


def in_parts(publication: Publication) -> Iterator[Mutant]:
    """Everything that can be done to the parts of the PDF."""
    data = publication.files["pdf"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for kind, operation, place, do in _all(pdf):
            yield Mutant(kind, operation, place, partial(_make, data, do))


def _make(data: bytes, do: Do, chance: Random) -> Made | None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        what = do(pdf, chance)
        return (what, save(pdf)) if what is not None else None


Listed: TypeAlias = tuple[str, str, str, Do]


def _all(pdf: pikepdf.Pdf) -> Iterator[Listed]:
    for number, page in enumerate(pdf.pages):
        yield from _of_page(number, page)
    for index, bookmark in enumerate(_bookmarks(pdf)):
        for operation, change in BOOKMARKS.items():
            do: Do = partial(_at_bookmark, index, change)
            yield "bookmark", operation, str(bookmark.Title), do
    names = pdf.Root.Names.Dests.Names
    for index in range(0, len(names), 2):
        do = partial(_destination, index)
        yield "link", "named destination changed", str(names[index]), do
    for name in sorted(pdf.attachments):
        for operation, alter in FILES.items():
            yield "attachment", operation, name, partial(alter, name)
    yield "attachment", "added", "document", _file_added
    for kind, changes in (("metadata", METADATA), ("action", ACTIONS)):
        for operation, do in changes.items():
            yield kind, operation, "document", do


def _of_page(number: int, page: pikepdf.Page) -> Iterator[Listed]:
    for index, annotation in enumerate(page.get("/Annots", [])):
        if annotation.Subtype == pikepdf.Name.Link:
            for operation, change in LINKS.items():
                do = partial(_at_link, number, index, change)
                yield "link", operation, f"page {number + 1}, annotation {index}", do
    for operation, alter in PAGES.items():
        yield "page", operation, f"page {number + 1}", partial(alter, number)


# Links


def _at_link(
    page: int,
    index: int,
    change: Callable[[pikepdf.Pdf, pikepdf.Object, Random], str | None],
    pdf: pikepdf.Pdf,
    chance: Random,
) -> str | None:
    annotation = pdf.pages[page].Annots[index]
    return change(pdf, annotation, chance)


def _link_removed(_pdf: pikepdf.Pdf, link: pikepdf.Object, _: Random) -> str:
    link.Subtype = pikepdf.Name.Square
    said = str(link.get("/Contents"))
    for key in ("/A", "/Dest"):
        if key in link:
            del link[key]
    return said


def _led_elsewhere(pdf: pikepdf.Pdf, link: pikepdf.Object, chance: Random) -> str | None:
    """To a named destination at another point."""
    names = list(pdf.Root.Names.Dests.Names)
    points = {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
    if "/Dest" not in link or str(link.Dest) not in points:
        return None
    was = str(link.Dest)
    others = sorted(n for n, place in points.items() if not _is_near(place, points[was]))
    if not others:
        return None
    new = chance.choice(others)
    link.Dest = pikepdf.String(new)
    return f"{was} made {new}"


def _is_near(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    """Whether the same words are the first at both points: within a line of each other."""
    return one[0].objgen == other[0].objgen and abs(float(one[3]) - float(other[3])) < 20


def _other_address(_pdf: pikepdf.Pdf, link: pikepdf.Object, _: Random) -> str | None:
    if "/A" not in link or "/URI" not in link.A:
        return None
    was = str(link.A.URI)
    link.A.URI = pikepdf.String("https://evil.example/")
    return was


def _moved_away(_pdf: pikepdf.Pdf, link: pikepdf.Object, _: Random) -> str:
    link.Rect = pikepdf.Array([1, 1, 5, 5])
    return str(link.get("/Contents"))


def _runs(_pdf: pikepdf.Pdf, link: pikepdf.Object, _: Random) -> str:
    if "/Dest" in link:
        del link["/Dest"]
    link.A = _script()
    return str(link.get("/Contents"))


def _launches(_pdf: pikepdf.Pdf, link: pikepdf.Object, _: Random) -> str:
    if "/Dest" in link:
        del link["/Dest"]
    link.A = _launch()
    return str(link.get("/Contents"))


LINKS = {
    "removed": _link_removed,
    "led elsewhere": _led_elsewhere,
    "led to another host": _other_address,
    "moved away from its words": _moved_away,
    "made to run a script": _runs,
    "made to start a program": _launches,
}


def _destination(index: int, pdf: pikepdf.Pdf, chance: Random) -> str | None:
    names = pdf.Root.Names.Dests.Names
    used = {str(a.Dest) for page in pdf.pages for a in page.get("/Annots", []) if "/Dest" in a}
    if str(names[index]) not in used:
        return None
    others = [n for n in range(0, len(names), 2) if not _is_near(names[n + 1], names[index + 1])]
    if not others:
        return None
    other = chance.choice(others)
    names[index + 1] = names[other + 1]
    return f"{names[index]} made {names[other]}"


# Bookmarks


def _bookmarks(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = []
    waiting = [pdf.Root.Outlines.get("/First")]
    while waiting:
        bookmark = waiting.pop()
        if bookmark is not None:
            found.append(bookmark)
            waiting += [bookmark.get("/Next"), bookmark.get("/First")]
    return found


def _at_bookmark(
    index: int,
    change: Callable[[list[pikepdf.Object], int], str | None],
    pdf: pikepdf.Pdf,
    _: Random,
) -> str | None:
    return change(_bookmarks(pdf), index)


def _other_title(all_: list[pikepdf.Object], index: int) -> str:
    was = str(all_[index].Title)
    all_[index].Title = pikepdf.String(f"{was}s")
    return was


def _other_place(all_: list[pikepdf.Object], index: int) -> str:
    all_[index].Dest = all_[index - 1].Dest
    return f"{all_[index].Title} leads where {all_[index - 1].Title} does"


def _order_changed(all_: list[pikepdf.Object], index: int) -> str | None:
    if index + 1 == len(all_):
        return None
    one, other = all_[index], all_[index + 1]
    for key in ("/Title", "/Dest"):
        one[key], other[key] = other[key], one[key]
    return f"{one.Title} with {other.Title}"


def _bookmark_removed(all_: list[pikepdf.Object], index: int) -> str | None:
    bookmark = all_[index]
    before, after = bookmark.get("/Prev"), bookmark.get("/Next")
    if before is None or after is None:
        return None
    before.Next, after.Prev = after, before
    return str(bookmark.Title)


BOOKMARKS = {
    "title changed": _other_title,
    "destination changed": _other_place,
    "exchanged": _order_changed,
    "removed": _bookmark_removed,
}


# Pages


def _page_removed(number: int, pdf: pikepdf.Pdf, _: Random) -> str:
    del pdf.pages[number]
    return f"page {number + 1}"


def _pages_exchanged(number: int, pdf: pikepdf.Pdf, _: Random) -> str | None:
    if number + 1 == len(pdf.pages):
        return None
    page = pdf.pages[number]
    del pdf.pages[number]
    pdf.pages.insert(number + 1, page)
    return f"page {number + 1} behind the next"


def _page_doubled(number: int, pdf: pikepdf.Pdf, _: Random) -> str:
    pdf.pages.insert(number + 1, pdf.pages[number])
    return f"page {number + 1}"


PAGES: dict[str, Callable[[int, pikepdf.Pdf, Random], str | None]] = {
    "removed": _page_removed,
    "exchanged": _pages_exchanged,
    "doubled": _page_doubled,
}


# Metadata


def _info(key: str, value: str | None) -> Do:
    def run(pdf: pikepdf.Pdf, _: Random) -> str | None:
        if key not in pdf.docinfo:
            return None
        was = str(pdf.docinfo[key])
        if value is None:
            del pdf.docinfo[key]
        else:
            pdf.docinfo[key] = value
        return f"{key} {was!r} made {value!r}"

    return run


def _xmp(was: bytes, value: bytes) -> Do:
    """Text of an element of XMP, by the element before it."""

    def run(pdf: pikepdf.Pdf, _: Random) -> str | None:
        xmp = pdf.Root.Metadata.read_bytes()
        before, found, after = xmp.partition(was)
        inner, mark, rest = after.partition(b"</rdf:li>")
        if not found or not mark:
            return None
        opening, _bracket, text = inner.rpartition(b">")
        pdf.Root.Metadata.write(before + found + opening + b">" + value + mark + rest)
        return f"{was.decode()} {text.decode()!r} made {value.decode()!r}"

    return run


def _language(value: str | None) -> Do:
    def run(pdf: pikepdf.Pdf, _: Random) -> str:
        was = str(pdf.Root.Lang)
        if value is None:
            del pdf.Root["/Lang"]
        else:
            pdf.Root.Lang = pikepdf.String(value)
        return f"{was} made {value}"

    return run


METADATA: dict[str, Do] = {
    "title changed": _info("/Title", "Another"),
    "title taken away": _info("/Title", None),
    "author changed": _info("/Author", "Another"),
    "author taken away": _info("/Author", None),
    "subject changed": _info("/Subject", "Another"),
    "title in XMP changed": _xmp(b"<dc:title>", b"Another"),
    "author in XMP changed": _xmp(b"<dc:creator>", b"Another"),
    "description in XMP changed": _xmp(b"<dc:description>", b"Another"),
    "language in XMP changed": _xmp(b"<dc:language>", b"de"),
    "language changed": _language("de"),
    "language taken away": _language(None),
}


# Files


def _file_removed(name: str, pdf: pikepdf.Pdf, _: Random) -> str:
    del pdf.attachments[name]
    return name


def _file_changed(name: str, pdf: pikepdf.Pdf, _: Random) -> str:
    data = pdf.attachments[name].get_file().read_bytes()
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data[:-1] + b"~", filename=name)
    return name


def _file_renamed(name: str, pdf: pikepdf.Pdf, _: Random) -> str:
    data = pdf.attachments[name].get_file().read_bytes()
    del pdf.attachments[name]
    pdf.attachments[f"a{name}"] = pikepdf.AttachedFileSpec(pdf, data, filename=f"a{name}")
    return name


FILES: dict[str, Callable[[str, pikepdf.Pdf, Random], str]] = {
    "removed": _file_removed,
    "changed": _file_changed,
    "renamed": _file_renamed,
}


def _file_added(pdf: pikepdf.Pdf, _: Random) -> str:
    pdf.attachments["evil.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="evil.exe")
    return "evil.exe"


# Actions


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _launch() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("evil.exe"))


def _on_opening(action: Callable[[], pikepdf.Dictionary]) -> Do:
    def run(pdf: pikepdf.Pdf, _: Random) -> str:
        pdf.Root.OpenAction = action()
        return "OpenAction"

    return run


def _when_printed(pdf: pikepdf.Pdf, _: Random) -> str:
    pdf.Root.AA = pikepdf.Dictionary(WP=_script())
    return "AA of the catalogue"


def _when_turned_to(pdf: pikepdf.Pdf, _: Random) -> str:
    pdf.pages[0].AA = pikepdf.Dictionary(O=_script())
    return "AA of a page"


def _by_name(pdf: pikepdf.Pdf, _: Random) -> str:
    script = pdf.make_indirect(_script())
    names = pikepdf.Array([pikepdf.String("a"), script])
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=names)
    return "Names"


def _widget(pdf: pikepdf.Pdf, _: Random) -> str:
    rect = pikepdf.Array([0, 0, 99, 99])
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Screen, Rect=rect)
    link.A = _launch()
    annotations = list(pdf.pages[0].get("/Annots", []))
    pdf.pages[0].Annots = pikepdf.Array([*annotations, pdf.make_indirect(link)])
    return "an annotation"


ACTIONS: dict[str, Do] = {
    "script on opening": _on_opening(_script),
    "program on opening": _on_opening(_launch),
    "script on printing": _when_printed,
    "script on turning to a page": _when_turned_to,
    "script by name": _by_name,
    "program by an annotation": _widget,
}
