"""What must be found, from the model alone."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping

from briefpress import dates, model
from briefpress.content.labels import Labels
from briefpress.model.data import data_of
from briefpress.proof.collect import Collector
from briefpress.proof.expected import Expected, ExpectedMark, ExpectedPassage, Piece
from briefpress.proof.reading import Kind, lands_at

# The first section is that passage: before it come what precedes the title, the cover, the summary
# and the contents.
_FIRST = 4
# The index of the series, as every edition lies to it.
_INDEX = "../index.html"

_UNBROKEN = re.compile(r"[^\u2e80-\uffef-]+|[\u2e80-\uffef-]")

# The labels that stand among the words of a passage.
_OWN = "own-"
_FURNITURE = ("date", "home", "outcome", "skip", "to", "visitor")


def expect(briefing: model.Briefing, labels: Labels) -> Expected:
    """List what a reader of any format must find of a briefing."""
    words = labels.date_words()

    def written(date: dates.Date) -> str:
        return dates.write(date, labels.locale, words)

    wanted = _Wanted(briefing, labels, written)
    passages = list(wanted.passages())
    notes = list(wanted.notes())
    forms = {date.words for passage in (*passages, *notes) for date in passage.dates}
    series = briefing.series
    return Expected(
        passages,
        notes,
        _metadata(briefing, written) | _navigation(labels.words),
        (series.title, briefing.number or "", *_furniture(labels)),
        tuple(filter(None, (series.title, briefing.number))),
        _date_pattern(forms, labels.locale),
    )


def _date_pattern(forms: set[str], locale: str) -> re.Pattern[str]:
    """Finds every date of the briefing, and whatever else looks like one."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    known = [r"\s+".join(map(_spelt, form.split())) for form in longest_first]
    either = "|".join([*known, dates.bare_date_pattern(locale).pattern])
    return re.compile(rf"(?<!\d)(?:{either})(?!\d)")


def _spelt(word: str) -> str:
    """A pattern for a word. A line may break at wide characters and hyphens, as at a space."""
    return r"\s*".join(map(re.escape, _UNBROKEN.findall(word)))


def _furniture(labels: Labels) -> Iterator[str]:
    """The labels that may stand anywhere: the built-in ones, and those that a project adds."""
    for name, words in labels.words.items():
        if name in _FURNITURE or name.startswith(_OWN):
            yield words


def _metadata(briefing: model.Briefing, written: Callable[[dates.Date], str]) -> dict[str, str]:
    """What a file says of itself where its format can; what isn't known is empty.

    And what a PDF carries: the names of its files, a line each, their digest, and the model.
    """
    series = uuid.uuid5(uuid.NAMESPACE_URL, briefing.series.identifier)
    return {
        "title": model.text_of(briefing.title, written),
        "language": briefing.locale,
        "author": briefing.author or "",
        "publisher": briefing.series.publisher or "",
        "identifier": uuid.uuid5(series, f"{briefing.id}/{briefing.language}").urn,
        "issued": (briefing.issued.date.html if briefing.issued else None) or "",
        "number": briefing.number or "",
        "subtitle": model.text_of(briefing.subtitle, written),
        "description": " ".join(
            model.text_of(block.inlines, written)
            for block in briefing.summary
            if isinstance(block, model.Paragraph)
        ),
        "series": briefing.series.title,
        "handling": briefing.handling or "",
        "files": "\n".join(f"{briefing.id}/{file}" for file in briefing.files),
        "digest": briefing.digest,
        "model name": f"{briefing.id}.{briefing.language}.json",
        "model": json.dumps(data_of(briefing)),
    }


def _navigation(words: Mapping[str, str]) -> dict[str, str]:
    """What lists for reading systems say, if the file has any: their titles, and landmarks."""
    titles = {name: words[name] for name in ("landmarks", "page-list")}
    return titles | {
        "cover": words["cover"],
        "toc": words["contents"],
        "bodymatter": words["text"],
    }


class _Wanted:
    """Goes through a briefing in reading order."""

    def __init__(
        self, briefing: model.Briefing, labels: Labels, written: Callable[[dates.Date], str]
    ) -> None:
        self._briefing, self._labels, self._written = briefing, labels, written
        self._sections = [section for _, section in briefing.all_sections()]
        self._collect = collect = Collector(written, briefing.locale, labels.words)
        for index, section in self._numbered():
            number = self._number(section)
            title = model.text_of(section.title, written)
            collect.headings[section.id] = f"{number} {title}" if number else title
            collect.references[section.id] = number or title
            collect.sections[section.id] = lands_at(index, collect.headings[section.id])
        collect.events |= dict(self._events())

    def passages(self) -> Iterator[ExpectedPassage]:
        """What must stand under each heading, in order."""
        briefing, collect, span = self._briefing, self._collect, self._briefing.span
        yield self._before()
        yield self._cover()
        summary = ExpectedPassage(2, self._labels.words["summary"], span)
        with collect.called("summary", span):
            collect.into(summary, briefing.summary)
        yield summary
        sections = [self._section(*each) for each in briefing.all_sections()]
        yield self._contents(sections)
        yield from sections
        colophon = ExpectedPassage(2, self._labels.words["about-this"], span)
        files = [f"{briefing.id}/{file}" for file in briefing.files]
        with collect.called("colophon", span):
            collect.label(colophon, "made-by")
            with collect.listed(colophon) as item:
                for label, lines in (("files", files), ("digest", [briefing.digest])):
                    with item(""):
                        collect.label(colophon, label)
                        for line in lines:
                            collect.line(colophon, line)
                with item(""):
                    collect.label(colophon, "made-with")
        yield colophon

    def notes(self) -> Iterator[ExpectedPassage]:
        """What each footnote must say: its source in full the first time, and the place in it."""
        for note in model.walk(self._briefing):
            if isinstance(note, model.Note):
                passage = ExpectedPassage(0, str(note.number), note.span)
                source = self._briefing.sources[note.source]
                more = (source.author, source.publisher) if note.first else ((), ())
                with self._collect.unlinked(), self._collect.called("footnote", note.span):
                    self._collect.into(passage, (more[0], source.title, more[1]))
                    if note.where:
                        self._collect.label(passage, "under")
                    self._collect.into(passage, note.where)
                yield passage

    def _before(self) -> ExpectedPassage:
        """What may lead elsewhere before the title: to all briefings, and to the text."""
        before = ExpectedPassage(0, "", self._briefing.span)
        first = self._sections[0]
        to_text = lands_at(_FIRST, self._collect.headings[first.id])
        for label, lands in (("skip", to_text), ("home", _INDEX)):
            words = (self._labels.words[label],)
            before.marks.append(ExpectedMark(Kind.LINK, words, lands, before.span))
        return before

    def _cover(self) -> ExpectedPassage:
        briefing = self._briefing
        cover = ExpectedPassage(1, model.text_of(briefing.title, self._written), briefing.span)
        self._collect.title(cover, briefing.title)
        with self._collect.called("cover", briefing.span):
            with self._collect.unlinked():
                self._collect.into(cover, briefing.subtitle)
            self._imprint(cover)
        if briefing.series.publisher:
            cover.pieces.append(Piece("cover", briefing.span, briefing.series.publisher))
        return cover

    def _imprint(self, cover: ExpectedPassage) -> None:
        briefing, collect = self._briefing, self._collect
        dates = (("issued", briefing.issued), ("as-of", briefing.as_of))
        lines = (("author", briefing.author), ("handling", briefing.handling))
        with collect.listed(cover) as item:
            for label, date in dates:
                if date:
                    with item(""):
                        collect.label(cover, label)
                        collect.into(cover, date)
            for label, line in lines:
                if line:
                    with item(""):
                        collect.label(cover, label)
                        collect.line(cover, line)

    def _contents(self, sections: list[ExpectedPassage]) -> ExpectedPassage:
        contents = ExpectedPassage(
            2, self._labels.words["contents"], self._briefing.span, listing=True
        )
        for _, each in self._briefing.all_sections():
            self._collect.title(contents, each.title)
        for index, section in enumerate(sections, start=_FIRST):
            lands = lands_at(index, section.heading)
            mark = ExpectedMark(Kind.LINK, (section.heading,), lands, section.span)
            contents.marks.append(mark)
        return contents

    def _section(self, level: int, section: model.Section) -> ExpectedPassage:
        heading = self._collect.headings[section.id]
        passage = ExpectedPassage(level + 1, heading, section.span)
        self._collect.title(passage, section.title)
        with self._collect.called("paragraph", section.span):
            self._collect.into(passage, section.blocks)
        return passage

    def _number(self, section: model.Section) -> str:
        if section.number is None or not section.annex:
            return section.number or ""
        return self._labels.words["annex"].format(number=section.number)

    def _numbered(self) -> Iterator[tuple[int, model.Section]]:
        return enumerate(self._sections, start=_FIRST)

    def _events(self) -> Iterator[tuple[str, str]]:
        """For each event that a chronology shows, what stands at its entry."""
        undated = self._labels.words["undated"]
        for index, section in self._numbered():
            shown = (node for node in model.walk(section.blocks))
            for chronology in (node for node in shown if isinstance(node, model.Chronology)):
                for each in chronology.occurrences:
                    if each.event in chronology.anchored:
                        when = model.text_of(each.when, self._written) or undated
                        says = self._collect.words(each.says)
                        yield each.event, lands_at(index, f"{when} {says}")
