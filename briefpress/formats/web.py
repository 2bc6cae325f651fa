"""The web page: one HTML file that needs no other, on a screen of any size or on paper."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from briefpress import model
from briefpress.fonts import Face, embedded
from briefpress.formats import Artefact, Edition
from briefpress.pages import Pages, Target, characters, stylesheet, writer


def publish(edition: Edition) -> Artefact:
    """Make the web page."""
    types = {figure.file: figure.media_type for figure in edition.briefing.figures()}
    pages = Pages(
        edition.templates,
        edition.briefing,
        edition.labels,
        Target(
            folder="web",
            anchor=lambda id_: f"#{id_}",
            picture=lambda file: _data_url(types[file], edition.folder / file),
        ),
    )
    linked_data = _linked_data(edition)
    bare = pages.render("web/document.html.j2", css="", linked_data="")
    css = stylesheet(edition.templates, "tokens", "dark", "text", "narrow", "web")
    used = characters(edition.briefing, edition.labels)
    fonts = embedded(edition.templates, used, font_url)
    html = bare.replace("<style></style>", f"<style>\n{fonts}\n{css}</style>", 1).replace(
        '<script type="application/ld+json"></script>',
        f'<script type="application/ld+json">{linked_data}</script>',
        1,
    )
    return Artefact("html", html.encode())


def font_url(_: Face, data: bytes) -> str:
    """A font as a URL that holds it."""
    return f"data:font/ttf;base64,{base64.b64encode(data).decode('ascii')}"


def _data_url(media_type: str, file: Path) -> str:
    return f"data:{media_type};base64,{base64.b64encode(file.read_bytes()).decode('ascii')}"


def _linked_data(edition: Edition) -> str:
    """The briefing as a schema.org Report, in JSON-LD that can stand in a script element."""
    briefing = edition.briefing
    written = writer(edition.labels)
    data = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": model.text_of(briefing.title, written),
        "inLanguage": briefing.locale,
        "reportNumber": briefing.number,
        "datePublished": briefing.issued.date.html if briefing.issued else None,
        "author": _organisation(briefing.author),
        "publisher": _organisation(briefing.series.publisher),
        "isPartOf": {"@type": "CreativeWorkSeries", "name": briefing.series.title},
    }
    known = {key: value for key, value in data.items() if value is not None}
    return json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")


def _organisation(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None
