"""What EPUB and web page say of their accessibility, in the words of schema.org.

The properties and their values are those of the Schema.org Accessibility Properties for
Discoverability Vocabulary. EPUB Accessibility 1.1, "Discovery metadata", says which of them an EPUB
must have.

Conformance with WCAG isn't claimed. To claim it is for an evaluator who has looked at the briefing
and answers for it (the same, "Conformance reporting"): whether a picture's words say what it shows,
or a link's words where it leads, no program can tell. So there is neither `dcterms:conformsTo` nor
`a11y:certifiedBy`, and the summary says that nobody has certified anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefpress import model
from briefpress.content.labels import Labels


@dataclass(frozen=True, slots=True)
class Accessibility:
    """The values of the properties. `sufficient` are sets of modes, each enough for reading."""

    modes: tuple[str, ...]
    sufficient: tuple[tuple[str, ...], ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


def accessibility(
    briefing: model.Briefing, labels: Labels, *, breaks: bool, page_list: bool
) -> Accessibility:
    """What is true of a briefing by the way it is made.

    `breaks` says whether the file marks where the PDF's pages begin, `page_list` whether it also
    lists them.
    """
    pictures = any((*briefing.figures(), *briefing.drawn()))
    words = labels.words
    sentences = [words["accessible-text"]]
    if pictures:
        sentences.append(words["accessible-pictures"])
    if breaks:
        sentences.append(words["accessible-pages"])
    sentences.append(words["accessible-uncertified"])
    # A briefing's pictures can't move: `content.pictures` refuses those that do.
    return Accessibility(
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=(("textual",), ("textual", "visual")) if pictures else (("textual",),),
        features=tuple(_features(briefing, pictures, breaks, page_list)),
        hazards=("none",),
        summary=" ".join(sentences),
    )


def _features(
    briefing: model.Briefing, pictures: bool, breaks: bool, page_list: bool
) -> Iterator[str]:
    yield "tableOfContents"
    yield "readingOrder"
    yield "structuralNavigation"
    yield "displayTransformability"
    if pictures:
        yield "alternativeText"
    if any(isinstance(node, model.Index) for node in model.walk(briefing.sections)):
        yield "index"
    if breaks:
        yield "pageBreakMarkers"
    if page_list:
        yield "pageNavigation"
