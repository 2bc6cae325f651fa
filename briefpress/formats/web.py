"""The web page: one HTML file that needs no other, on a screen of any size or on paper."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping

from briefpress import model
from briefpress.diagnostics import ContentError
from briefpress.drawing import drawings_of
from briefpress.fonts import Face, embedded
from briefpress.formats import Artefact, Edition, identifier_of
from briefpress.formats.accessibility import accessibility
from briefpress.formats.page_starts import mark_pages
from briefpress.look import Templates
from briefpress.pages import Pages, Target, characters, paragraphs, stylesheet, writer

_TAG = re.compile(r"<[^>]*>")


def publish(edition: Edition) -> Artefact:
    """Make the web page."""
    types = edition.pictures()
    wide, narrow = _drawn(edition, _WIDE), _drawn(edition, _NARROW)
    pages = Pages(
        edition.templates,
        edition.briefing,
        edition.labels,
        Target(
            folder="web",
            anchor=lambda id_: f"#{id_}",
            picture=lambda file: _data_url(types[file], wide.get(file) or edition.picture(file)),
            narrow=(lambda name: _data_url(types[name], narrow[name])) if narrow else None,
            scrolls=True,
        ),
    )
    bare, _ = mark_pages(
        pages.render("web/document.html.j2", css="", linked_data=""),
        edition.pdf.page_starts if edition.pdf else (),
        lambda page: pages.render("web/page-break.html.j2", page=page),
    )
    used = characters(edition.briefing, edition.labels)
    sheets = ("tokens", "dark", "text", "narrow", "web")
    html = styled(bare, edition.templates, used, *sheets).replace(
        '<script type="application/ld+json"></script>',
        f'<script type="application/ld+json">{in_a_script(linked_data(edition))}</script>',
        1,
    )
    return Artefact("html", html.encode())


# On most phones what is drawn is so wide, in CSS pixels, and no letters are much smaller than 12.
_NARROW = {"width": 380.0, "size": 14.5}
# As wide as a large screen's text, what is drawn for paper would have letters larger than that;
# these have letters of 16 there, and of 12 where the narrow ones take their place.
_WIDE = {"width": 600.0, "size": 14.5}


def _drawn(edition: Edition, measures: Mapping[str, float]) -> dict[str, bytes]:
    """What is drawn for screens; nothing if something has no room there."""
    try:
        return drawings_of(edition.briefing, edition.templates, edition.labels, **measures)
    except ContentError:
        return {}


def styled(html: str, templates: Templates, used: frozenset[str], *sheets: str) -> str:
    """A page with its stylesheets in it, and the fonts for the characters that are used."""
    css = stylesheet(templates, *sheets)
    fonts = embedded(templates, used, _font_url)
    return html.replace("<style></style>", f"<style>\n{fonts}\n{css}</style>", 1)


def characters_in(html: str) -> frozenset[str]:
    """The characters of a page, those of its tags left out."""
    return frozenset(_TAG.sub("", html))


def _font_url(_: Face, data: bytes) -> str:
    """A font as a URL that holds it."""
    return f"data:font/ttf;base64,{base64.b64encode(data).decode('ascii')}"


def _data_url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def linked_data(edition: Edition) -> dict[str, object]:
    """The briefing as a schema.org Report. What the model doesn't know is left out."""
    briefing, written = edition.briefing, writer(edition.labels)

    def text(inlines: model.Inlines) -> str:
        return model.text_of(inlines, written)

    series = briefing.series
    data = {
        "@context": "https://schema.org",
        "@type": "Report",
        "identifier": identifier_of(briefing),
        "name": text(briefing.title),
        "alternativeHeadline": text(briefing.subtitle),
        "abstract": " ".join(text(paragraph) for paragraph in paragraphs(briefing.summary)),
        "inLanguage": briefing.locale,
        "reportNumber": briefing.number,
        "datePublished": briefing.issued.date.html if briefing.issued else None,
        "author": _organisation(briefing.author),
        "publisher": _organisation(series.publisher),
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": series.title,
            "identifier": series.identifier,
        },
        "conditionsOfAccess": briefing.handling,
        "mentions": [
            {"@type": kind, "name": text(entry.name)}
            for index in model.walk(briefing.sections)
            if isinstance(index, model.Index)
            for kind, entries in (("Person", index.people), ("Place", index.places))
            for entry in entries
        ],
        "citation": [_citation(source, text) for source in briefing.sources.values()],
        **_accessibility(edition),
    }
    return _known(data)


def _citation(source: model.Source, text: Callable[[model.Inlines], str]) -> dict[str, object]:
    """A source. Whether its author is a person isn't known, so the author is given as text."""
    nodes = model.walk(source.published)
    dates = (node.date for node in nodes if isinstance(node, model.DateMention))
    return _known(
        {
            "@type": "CreativeWork",
            "name": text(source.title),
            "creditText": text(source.author),
            "publisher": _organisation(text(source.publisher)),
            "datePublished": next((date.html for date in dates), None),
            "url": source.href,
        }
    )


def _accessibility(edition: Edition) -> dict[str, object]:
    known = accessibility(
        edition.briefing, edition.labels, breaks=edition.pdf is not None, page_list=False
    )
    return {
        "accessMode": list(known.modes),
        "accessModeSufficient": [
            {"@type": "ItemList", "itemListElement": list(modes)} for modes in known.sufficient
        ],
        "accessibilityFeature": list(known.features),
        "accessibilityHazard": list(known.hazards),
        "accessibilitySummary": known.summary,
    }


def _organisation(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _known(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if value}


def in_a_script(data: object) -> str:
    """Data as JSON that can stand in a script element."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
