"""From the model to markup, through the templates.

In: a briefing, the labels of its language, and where things can be found in the format at hand.
Out: HTML as text, well-formed as XML. The templates are sandboxed, every name in them must exist,
and everything that is set is escaped, whatever a template is called.
"""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from briefpress import __version__, dates, model
from briefpress.content.labels import Labels
from briefpress.look import Templates
from briefpress.phrases import parter
from briefpress.sandbox import macros, render

# Types of files by their names are to be Python's own: each machine has a list of others.
mimetypes.knownfiles.clear()


@dataclass(frozen=True, slots=True)
class Target:
    """What pages are made for.

    `folder` is the format's own among the templates, `xml` says whether it is read as XML,
    `scrolls` whether what is too wide moves in a box of its own; `anchor` gives the URL of an
    anchor by its id, `picture` that of a picture by its file, and `narrow` that of a picture that
    the press has drawn for narrow screens, if the format has such.
    """

    folder: str
    anchor: Callable[[str], str]
    picture: Callable[[str], str]
    narrow: Callable[[str], str] | None = None
    xml: bool = False
    scrolls: bool = False


class Pages:
    """Renders the templates of one format for one briefing."""

    def __init__(
        self,
        templates: Templates,
        briefing: model.Briefing,
        labels: Labels,
        target: Target,
    ) -> None:
        self.templates = templates
        self.context: dict[str, object] = {
            "briefing": briefing,
            "labels": labels.words,
            "direction": labels.direction,
            "format": target.folder,
            "xml": target.xml,
            "scrolls": target.scrolls,
            "narrow": target.narrow,
            "version": __version__,
            "href": target.anchor,
            "anchored": anchored_events(briefing),
            **_functions(briefing, labels, target),
        }
        self.context |= macros(
            templates, "inlines.html.j2", ("text", "phrased", "citation"), self.context
        )

    def render(self, template: str, **more: object) -> str:
        """Render a template with the briefing and whatever else it needs."""
        return render(self.templates, template, {**self.context, **more})


def _functions(
    briefing: model.Briefing, labels: Labels, target: Target
) -> dict[str, Callable[..., object]]:
    """What the templates can ask of a part of the model."""
    numbers = {s.id: number_of(s, labels) or "" for _, s in briefing.all_sections()}
    titles = {s.id: s.title for _, s in briefing.all_sections()}
    written = writer(labels)

    def plain(inlines: model.Inlines) -> str:
        return model.text_of(inlines, written)

    return {
        "written": written,
        "plain": plain,
        "phrases": parter(labels.locale.partition("-")[0], written),
        "blocks_plain": lambda blocks: " ".join(plain(i) for i in paragraphs(blocks)),
        # WeasyPrint counts from what CSS says, and not from an attribute.
        "before": lambda number: number - 1,
        "number": lambda section: numbers[section.id],
        "reference": lambda id_: numbers[id_] or plain(titles[id_]),
        "notes_in": lambda node: [n for n in model.walk(node) if isinstance(n, model.Note)],
        "target": lambda href: target.anchor(href[1:]) if href.startswith("#") else href,
        "picture": target.picture,
    }


def writer(labels: Labels) -> Callable[[dates.Date], str]:
    """A function that writes dates in the language of the labels."""
    words = labels.date_words()

    @cache
    def written(date: dates.Date) -> str:
        return dates.write(date, labels.locale, words)

    return written


def number_of(section: model.Section, labels: Labels) -> str | None:
    """What is printed before a section's title: "3.1", or "Annex A" as the language says it."""
    if section.number is None or not section.annex:
        return section.number
    return labels.words["annex"].format(number=section.number)


def anchored_events(briefing: model.Briefing) -> frozenset[str]:
    """The events that a chronology shows, to which dates link."""
    chronologies = (n for n in model.walk(briefing.sections) if isinstance(n, model.Chronology))
    return frozenset[str]().union(*(c.anchored for c in chronologies))


def anchors_in(part: model.Section | model.Blocks) -> Iterator[str]:
    """The ids of every anchor that the templates set in a part of the briefing."""
    for node in model.walk(part):
        match node:
            case model.Section(id=id_):
                yield id_
            case model.Chronology(anchored=events):
                yield from (f"event-{id_}" for id_ in events)
            case model.Note(number=number):
                yield f"note-{number}"
                yield f"call-{number}"


def characters(briefing: model.Briefing, labels: Labels) -> frozenset[str]:
    """Every character that a document of the briefing can show, so that fonts can be cut to it."""
    written = writer(labels)
    # What is said of the accessibility stands in metadata, and isn't shown.
    shown = (words for key, words in labels.words.items() if not key.startswith("accessible-"))
    found = set(_SET_BY_TEMPLATES).union(*shown)
    found.update(*filter(None, (briefing.number, briefing.author, briefing.handling)))
    found.update(briefing.series.title, briefing.series.publisher or "", briefing.id)
    found.update(*briefing.files)
    # Footnotes name sources that no list may show.
    for node in model.walk((briefing, *briefing.sources.values())):
        match node:
            case model.Words(text=text) | model.Code(text=text) | model.CodeBlock(text=text):
                found.update(text)
            case model.DateMention(date=date):
                found.update(written(date))
            case model.Source(href=str(href)):
                found.update(href)
    return frozenset(found)


# ASCII, and what the templates and stylesheets add of their own.
_SET_BY_TEMPLATES = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0–—·←↩•"


def stylesheets(templates: Templates, *names: str) -> Iterator[Path]:
    """The files of stylesheets; after them what the theme adds in every format, if it does."""
    yield from (templates.file(f"css/{name}.css") for name in names)
    added = templates.file("css/theme.css")
    if added.is_file():
        yield added


def stylesheet(templates: Templates, *names: str) -> str:
    """Stylesheets, one after the other, as one that needs no other file.

    Raises `ContentError` where one loads what isn't a picture of the templates.
    """
    return "\n".join(_standing_alone(templates, file) for file in stylesheets(templates, *names))


def _standing_alone(templates: Templates, file: Path) -> str:
    """A stylesheet with its pictures in it."""
    css = templates.read(file)

    def data_url(loads: re.Match[str]) -> str:
        url = loads["url"] or ""
        if url.startswith(("data:", "#")):
            return loads[0]
        picture = file.parent / unquote(url)
        media_type, _ = mimetypes.guess_type(url)
        if media_type not in _PICTURES or not templates.contains(picture) or not picture.is_file():
            line = css.count("\n", 0, loads.start()) + 1
            hint = (
                "let it load PNG, JPEG or SVG files in the folder of templates, and no stylesheets"
            )
            raise templates.fault(file, f"{loads[0]} can't be loaded", hint, line=line)
        return f"url(data:{media_type};base64,{b64encode(picture.read_bytes()).decode('ascii')})"

    return _LOADS.sub(data_url, css)


_LOADS = re.compile(r"@import[^;]*|url\(\s*([\"']?)(?P<url>[^\"'()\s]+)\1\s*\)", re.IGNORECASE)
_PICTURES = {"image/png", "image/jpeg", "image/svg+xml"}


def paragraphs(blocks: model.Blocks) -> Iterator[model.Inlines]:
    """The texts of the paragraphs among some blocks."""
    return (block.inlines for block in blocks if isinstance(block, model.Paragraph))
