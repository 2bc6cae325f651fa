"""What is done to an element of the markup, to its words and to its attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from lxml import etree

from tests.mutation.elements import is_within, kind_of, name_of, sense
from tests.proof.alterations import double, move_behind, remove, swap, words_of

_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_NEIGHBOURS = re.compile(r"([^\W_]+)(\s+)([^\W_]+)")
_SPACE = re.compile(r"(?<=[\w,.;:])\s+(?=[\w(“])")
_SILENT = {"script", "style", "head", ""}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Site:
    """An element, among the documents of its artefact by their file names, in reading order."""

    documents: dict[str, etree._Element]
    element: etree._Element
    kind: str
    chance: Random

    def fellows(self) -> list[etree._Element]:
        """All elements of the same kind and name, in reading order."""
        name = name_of(self.element)
        return [
            each
            for document in self.documents.values()
            for each in document.iter()
            if name_of(each) == name and kind_of(each) == self.kind
        ]

    def following(self) -> Iterator[etree._Element]:
        """Those of them that come after it, and aren't in it."""
        fellows = self.fellows()
        for each in fellows[fellows.index(self.element) + 1 :]:
            if not is_within(each, self.element):
                yield each


Operation: TypeAlias = Callable[[Site], str | None]
"""Does something to an element, and says what; None where it can't be done."""


# The element


def removed(site: Site) -> str:
    remove(site.element)
    return _shown(words_of(site.element))


def unwrapped(site: Site) -> str | None:
    """The words stay, and the element goes. Those of a cell go into the one before it."""
    element = site.element
    if not words_of(element).strip():
        return None
    what = _shown(words_of(element))
    if site.kind == "cell":
        before = element.getprevious()
        if before is None:
            return None
        etree.SubElement(before, element.tag).text = " "
        before[-1].extend([element])
        _unwrap(before[-1][-1])
        _unwrap(before[-1])
    else:
        _unwrap(element)
    return what


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    before, tail = element.getprevious(), element.tail or ""
    element.tail = None
    if before is not None:
        before.tail = (before.tail or "") + (element.text or "")
    else:
        parent.text = (parent.text or "") + (element.text or "")
    last = before
    for child in list(element):
        element.addprevious(child)
        last = child
    if last is not None:
        last.tail = (last.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def doubled(site: Site) -> str:
    double(site.element)
    return _shown(words_of(site.element))


def exchanged(site: Site) -> str | None:
    """With the next of its kind that says something else."""
    own = sense(site.element)
    other = next((each for each in site.following() if sense(each) != own), None)
    if other is None or name_of(other) != name_of(site.element):
        return None
    what = f"{_shown(words_of(site.element))} with {_shown(words_of(other))}"
    swap(site.element, other)
    return what


def moved(site: Site) -> str | None:
    """Behind the next of its kind that stands elsewhere."""
    parent = site.element.getparent()
    place = next((each for each in site.following() if each.getparent() is not parent), None)
    if place is None:
        return None
    return _move(site.element, place)


def moved_on(site: Site) -> str | None:
    """To the beginning of the next section."""
    headings = [e for d in site.documents.values() for e in d.iter() if _is_heading(e)]
    order = {e: n for n, e in enumerate(e for d in site.documents.values() for e in d.iter())}
    later = (h for h in headings if order[h] > order[site.element])
    place = next((h for h in later if not is_within(h, site.element)), None)
    if place is None or site.kind in {"cell", "row"}:
        return None
    return _move(site.element, place)


def _move(element: etree._Element, place: etree._Element) -> str:
    what = f"{_shown(words_of(element))} behind {_shown(words_of(place))}"
    move_behind(element, place)
    return what


def _is_heading(element: etree._Element) -> bool:
    return re.fullmatch("h[1-6]", name_of(element)) is not None and element.get("id") is not None


# Its words


@dataclass(frozen=True, slots=True)
class _Words:
    """The words before the first child of an element, or those behind an element."""

    element: etree._Element
    behind: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.behind else self.element.text) or ""

    def put(self, text: str) -> None:
        if self.behind:
            self.element.tail = text
        else:
            self.element.text = text


def _all_words(element: etree._Element) -> Iterator[_Words]:
    if name_of(element) in _SILENT:
        return
    yield _Words(element, behind=False)
    for child in element:
        yield from _all_words(child)
        yield _Words(child, behind=True)


def _own_words(site: Site) -> Iterator[_Words]:
    """The words of an element that aren't of something in it that is of another kind."""
    for words in _all_words(site.element):
        holder = words.element.getparent() if words.behind else words.element
        kinds = (kind_of(e) for e in _up_to(holder, site.element))
        if all(kind in {None, site.kind} for kind in kinds):
            yield words


def _up_to(element: etree._Element | None, end: etree._Element) -> Iterator[etree._Element]:
    while element is not None and element is not end:
        yield element
        element = element.getparent()


def _changing(
    pattern: re.Pattern[str], change: Callable[[re.Match[str], Random], str]
) -> Operation:
    """Changes one place of the words, by chance, that a pattern finds."""

    def run(site: Site) -> str | None:
        found = [(w, m) for w in _own_words(site) for m in pattern.finditer(w.text)]
        site.chance.shuffle(found)
        for words, match in found:
            new = change(match, site.chance)
            if new != match[0]:
                words.put(words.text[: match.start()] + new + words.text[match.end() :])
                return f"{match[0]!r} made {new!r} in {_shown(words.text)}"
        return None

    return run


def _other_letter(letter: str, chance: Random) -> str:
    return chance.choice([each for each in "aeinorst" if each != letter])


WORDS: dict[str, Operation] = {
    "word changed": _changing(_WORD, lambda match, _: "never" if match[0] != "never" else "ever"),
    "digit changed": _changing(_DIGIT, lambda match, _: str((int(match[0]) + 1) % 10)),
    "letter changed": _changing(_LETTER, lambda match, chance: _other_letter(match[0], chance)),
    "letter taken out": _changing(_LETTER, lambda *_: ""),
    "words exchanged": _changing(_NEIGHBOURS, lambda match, _: f"{match[3]}{match[2]}{match[1]}"),
}
SPACES: dict[str, Operation] = {"space taken out": _changing(_SPACE, lambda *_: "")}


def emptied(site: Site) -> str | None:
    words = words_of(site.element)
    if not words.strip():
        return None
    for each in _all_words(site.element):
        each.put("")
    return _shown(words)


# Its attributes


def _set(name: str, value: str) -> Operation:
    def run(site: Site) -> str | None:
        was = site.element.get(name)
        if was == value:
            return None
        site.element.set(name, value)
        return f"{name} {was!r} made {value!r}"

    return run


def _change(name: str, value: str) -> Operation:
    def run(site: Site) -> str | None:
        return _set(name, value)(site) if name in site.element.attrib else None

    return run


def _take(name: str) -> Operation:
    def run(site: Site) -> str | None:
        was = site.element.attrib.pop(name, None)
        return None if was is None else f"{name} {str(was)!r} taken away"

    return run


def led_elsewhere(site: Site) -> str | None:
    """To where another link inside leads."""
    own = site.element.get("href")
    if own is None or "://" in own:
        return None
    others = {e.get("href") for e in site.fellows()} - {own, None}
    inside = sorted(href for href in others if href and "://" not in href)
    return _set("href", site.chance.choice(inside))(site) if inside else None


def other_language(site: Site) -> str | None:
    if "lang" not in site.element.attrib:
        return None
    other = "de" if site.element.get("lang") != "de" else "fr"
    was = site.element.get("lang")
    for name in ("lang", _XML_LANG):
        if name in site.element.attrib:
            site.element.set(name, other)
    return f"{was} made {other}"


def no_language(site: Site) -> str | None:
    site.element.attrib.pop(_XML_LANG, None)
    return _take("lang")(site)


def other_level(site: Site) -> str | None:
    name = name_of(site.element)
    if not re.fullmatch("h[2-5]", name):
        return None
    site.element.tag = str(site.element.tag).replace(name, f"h{int(name[1]) + 1}")
    return f"{name} made h{int(name[1]) + 1}"


def other_cell(site: Site) -> str | None:
    """A head for a cell, and a cell for a head."""
    name = name_of(site.element)
    new = {"th": "td", "td": "th"}.get(name)
    if new is None:
        return None
    site.element.tag = str(site.element.tag).replace(name, new)
    return f"{name} made {new}: {_shown(words_of(site.element))}"


ELEMENT: dict[str, Operation] = {
    "removed": removed,
    "unwrapped": unwrapped,
    "emptied": emptied,
    "doubled": doubled,
    "exchanged": exchanged,
    "moved": moved,
    "moved to the next section": moved_on,
    "styled away": _set("style", "display: none"),
}
SCREEN: dict[str, Operation] = {
    "hidden": _set("hidden", "hidden"),
    "hidden from screen readers": _set("aria-hidden", "true"),
}
ATTRIBUTES: dict[str, dict[str, Operation]] = {
    "link": {
        "led elsewhere": led_elsewhere,
        "led nowhere": _change("href", "#nowhere"),
        "led to another host": _change("href", "https://evil.example/"),
        "target taken away": _take("href"),
    },
    "note": {
        "led elsewhere": led_elsewhere,
        "led nowhere": _change("href", "#nowhere"),
        "target taken away": _take("href"),
        "role taken away": _take("role"),
        "number changed": _change("value", "77"),
    },
    "date": {
        "other date for machines": _change("datetime", "1903-02"),
        "other EDTF": _change("data-edtf", "1903-02"),
        "EDTF taken away": _take("data-edtf"),
    },
    "language": {"other language": other_language, "language taken away": no_language},
    "page list": {"led elsewhere": led_elsewhere, "target taken away": _take("href")},
    "landmark": {"led elsewhere": led_elsewhere, "target taken away": _take("href")},
    "picture": {
        "alternative changed": _change("alt", "A picture"),
        "alternative taken away": _take("alt"),
    },
    "section": {"other level": other_level},
    "cell": {"head made cell": other_cell, "columns spanned": _set("colspan", "2")},
    "page break": {"number changed": _change("aria-label", "Page 77")},
}


def of_kind(kind: str, *, on_paper: bool) -> dict[str, Operation]:
    """All that can be done to elements of a kind.

    On paper, lines take spaces away and add some; a date is its words, without an element of its
    own; and how wide a cell is set is for eyes alone.
    """
    every = ELEMENT | WORDS | SPACES | SCREEN | ATTRIBUTES.get(kind, {})
    if not on_paper:
        return every
    left_out = {*SPACES, *SCREEN, "columns spanned"}
    if kind == "date":
        left_out |= {"unwrapped", *ATTRIBUTES["date"]}
    return {name: do for name, do in every.items() if name not in left_out}


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
