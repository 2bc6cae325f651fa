"""What the lists say of an edition, taken from the briefing and its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from briefpress import model
from briefpress.dates import Date
from briefpress.entries import Accessible, Entry, File, MadeWith, place_of
from briefpress.formats import Artefact, Edition
from briefpress.formats.accessibility import accessibility
from briefpress.pages import paragraphs, writer


def entry_of(
    edition: Edition, artefacts: Iterable[Artefact], key: str, made_with: MadeWith
) -> Entry:
    """What the catalogue says of an edition with these files, made under a key and with what."""
    briefing = edition.briefing
    written = writer(edition.labels)
    issued = briefing.issued.date if briefing.issued else None

    def text(inlines: model.Inlines) -> str:
        return model.text_of(inlines, written)

    return Entry(
        id=briefing.id,
        language=briefing.language,
        series=briefing.series.identifier,
        title=text(briefing.title),
        number=briefing.number,
        issued=issued.edtf if issued else None,
        issued_in_words=written(issued) if issued else None,
        subtitle=text(briefing.subtitle) or None,
        author=briefing.author,
        summary=[text(each) for each in paragraphs(briefing.summary)],
        published=issued.html if issued else None,
        updated=edition.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        replaces=briefing.replaces,
        sections=[text(section.title) for _, section in briefing.all_sections()],
        people=list(dict.fromkeys(_people(briefing, written))),
        places=list(dict.fromkeys(_places(briefing, written))),
        accessibility=_accessibility(edition),
        files={each.format: _file(each, briefing, key, made_with) for each in artefacts},
    )


def _file(artefact: Artefact, briefing: model.Briefing, key: str, made_with: MadeWith) -> File:
    file = File(
        path=place_of(briefing.id, briefing.language, artefact.format),
        bytes=len(artefact.data),
        pages=artefact.pages,
        sha256=hashlib.sha256(artefact.data).hexdigest(),
        source=briefing.digest,
        key=key,
        made_with=made_with,
    )
    if artefact.pixels:
        file["width"], file["height"] = artefact.pixels
    return file


def _people(briefing: model.Briefing, written: Callable[[Date], str]) -> Iterator[str]:
    """The names that stand in the text, and those that a list of people has beside them."""
    for node in model.walk((briefing.summary, briefing.sections)):
        match node:
            case model.PersonMention(inlines=inlines):
                yield model.text_of(inlines, written)
            case model.Person(name=name, other_names=others):
                yield model.text_of(name, written)
                yield from (model.text_of(other.inlines, written) for other in others)


def _places(briefing: model.Briefing, written: Callable[[Date], str]) -> Iterator[str]:
    for node in model.walk((briefing.summary, briefing.sections)):
        if isinstance(node, model.PlaceMention):
            yield model.text_of(node.inlines, written)


def _accessibility(edition: Edition) -> Accessible:
    known = accessibility(edition.briefing, edition.labels, breaks=True, page_list=True)
    return Accessible(
        modes=list(known.modes),
        sufficient=[list(modes) for modes in known.sufficient],
        features=list(known.features),
        hazards=list(known.hazards),
        summary=known.summary,
    )
