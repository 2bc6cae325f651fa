"""What must be found against what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from briefpress.diagnostics import Code, Diagnostic, Span
from briefpress.proof.contents import contents_faults
from briefpress.proof.expected import Expected, ExpectedMark, ExpectedPassage, Piece
from briefpress.proof.marks import (
    Agreeing,
    Difference,
    but_for_words,
    cells_gone,
    differences,
    differing,
    numbered,
    table_of,
)
from briefpress.proof.misplaced import misplaced
from briefpress.proof.notes import calls_in, note_faults
from briefpress.proof.reading import (
    BOUNDARY,
    Kind,
    Mark,
    Passage,
    Reading,
    collapsed,
)
from briefpress.proof.said import contrasted, described, shown
from briefpress.proof.whole import faults_of_whole
from briefpress.proof.words import Furniture, align, says

_HINT = "the file isn't what the source says; build it anew, or mend the template that made it"

_CODES = {
    Kind.DATE: Code.PROOF_DATE,
    Kind.LINK: Code.PROOF_LINK,
    Kind.CALL: Code.PROOF_LINK,
    Kind.BACK: Code.PROOF_LINK,
    Kind.LANGUAGE: Code.PROOF_LANGUAGE,
    Kind.HEAD: Code.PROOF_CELL,
    Kind.CELL: Code.PROOF_CELL,
    Kind.ITEM: Code.PROOF_TEXT,
    Kind.CAPTION: Code.PROOF_TEXT,
    Kind.QUOTE: Code.PROOF_TEXT,
    Kind.PICTURE: Code.PROOF_PICTURE,
}

# What a list of contents has of that which it lists.
_LISTED = {Kind.LINK, Kind.DATE, Kind.LANGUAGE}

# Marks that tell more exactly than the text around them what is altered.
_PLACED = {Kind.CELL, Kind.HEAD, Kind.DATE}


def compare(expected: Expected, found: Reading, artefact: str) -> list[Diagnostic]:
    """Say in what an artefact differs from its source, each fault at its line of the source."""
    return list(Comparison(expected, found, artefact).faults())


class Comparison:
    """One artefact, held against what must be found in it.

    `pairs` are the passages and footnotes that were found, each with the one that must be. `starts`
    has for each piece of text that was found its passage, and the offset there, in the text as it
    is compared.
    """

    def __init__(self, expected: Expected, found: Reading, artefact: str) -> None:
        self.expected, self.found, self.artefact = expected, found, artefact
        self.pairs: list[tuple[ExpectedPassage, Passage]] = []
        self.starts: dict[Piece, tuple[Passage, int]] = {}
        # The same is spelt again and again: under its heading, as a mark, for each that it may be.
        self.normal = cache(found.normal)
        self._furniture = Furniture(expected.furniture, self.normal, spaced=found.spaced)
        self._in_order = False
        self._altered: set[int] = set()

    def faults(self) -> Iterator[Diagnostic]:
        """Every way in which the artefact differs from its source."""
        yield from self._compare_headings()
        self.pairs = list(self._paired())
        for want, have in self.pairs:
            yield from self._compare_passage(want, have)
        yield from self._compare_notes()
        if self._in_order:
            # Where sections are missing, most of what leads to others leads elsewhere.
            yield from self._compare_marks()
            yield from self._compare_outlines()
        yield from self._compare_whole()

    def _fault(self, code: Code, span: Span, message: str) -> Diagnostic:
        return Diagnostic(code, span, f"{self.artefact}: {message}", _HINT)

    # Headings

    def _key(self, passage: ExpectedPassage | Passage) -> tuple[int, str]:
        return passage.level, self.normal(passage.heading)

    def _compare_headings(self) -> Iterator[Diagnostic]:
        expected, found = self.expected, self.found
        wanted = Counter(map(self._key, expected.passages))
        seen = Counter(map(self._key, found.passages))
        for passage in expected.passages:
            count = seen[self._key(passage)]
            if count == wanted[self._key(passage)]:
                continue
            fewer = count < wanted[self._key(passage)]
            how = "is missing" if fewer else f"stands there {count} times"
            message = f"the section {passage.heading!r} {how}"
            yield self._fault(Code.PROOF_SECTION, passage.span, message)
        for extra in found.passages:
            if self._key(extra) not in wanted:
                message = f"the section {extra.heading!r} isn't in the source"
                yield self._fault(Code.PROOF_SECTION, expected.passages[0].span, message)
        if wanted == seen:
            yield from self._compare_order()

    def _compare_order(self) -> Iterator[Diagnostic]:
        for want, have in zip(self.expected.passages, self.found.passages, strict=True):
            if self._key(want) != self._key(have):
                message = f"{have.heading!r} stands where {want.heading!r} should"
                yield self._fault(Code.PROOF_SECTION, want.span, message)
                return
        self._in_order = True

    def _paired(self) -> Iterator[tuple[ExpectedPassage, Passage]]:
        """What stands under each heading that was found, first with first."""
        waiting: dict[tuple[int, str], list[Passage]] = {}
        for passage in self.found.passages:
            waiting.setdefault(self._key(passage), []).append(passage)
        for want in self.expected.passages:
            if candidates := waiting.get(self._key(want)):
                yield want, candidates.pop(0)

    # Text

    def _compare_passage(self, want: ExpectedPassage, have: Passage) -> Iterator[Diagnostic]:
        if want.listing:
            yield from self._compare_contents(want, have)
        else:
            faults = [*self._compare_dates(want, have), *self._compare_words(want, have)]
            if faults:
                self._altered.add(id(have))
            yield from faults

    def _compare_dates(self, want: ExpectedPassage, have: Passage) -> Iterator[Diagnostic]:
        """Compare whatever looks like a date."""
        wanted = list(self._date_words(want))
        # A number that ends a cell and a month that begins the next aren't a date, and words in
        # emphasis inside one don't end it: either way of reading will do.
        seen = self._dates_in(have.text.split(BOUNDARY))
        words = [self.normal(words) for words, _ in wanted]
        if words == seen or words == self._dates_in([have.text]):
            return
        for missing, there in differing(*numbered(words, seen)):
            there_is = ", ".join(map(repr, seen[there]))
            instead = f"; there stands {there_is}" if there_is else ""
            for date, span in wanted[missing]:
                message = f"the date {date!r} is missing in {want.heading!r}{instead}"
                yield self._fault(Code.PROOF_DATE, span, message)
            if not wanted[missing]:
                message = f"{there_is} stands in {want.heading!r}, and not in the source"
                yield self._fault(Code.PROOF_DATE, want.span, message)

    def _dates_in(self, texts: Iterable[str]) -> list[str]:
        found = self.expected.date_pattern.finditer
        normal = self.normal
        return [normal(match[0]) for text in texts for match in found(collapsed(text))]

    def _date_words(self, want: ExpectedPassage) -> Iterator[tuple[str, Span]]:
        """Whatever the source has that looks like a date, with its place."""
        for piece in want.pieces:
            for match in self.expected.date_pattern.finditer(piece.text):
                inside = [
                    d for start, d in piece.dates.items() if match.start() <= start < match.end()
                ]
                yield collapsed(match[0]), inside[0].span if inside else piece.span

    def _compare_words(self, want: ExpectedPassage, have: Passage) -> Iterator[Diagnostic]:
        """Compare the words in their order: all of them, and no others but labels."""
        where = f"in {want.heading!r}"
        pieces = [piece for piece in want.pieces if self.normal(piece.text)]
        aligned = align(
            [self.normal(piece.text) for piece in pieces],
            self.normal(have.text),
            self._furniture,
        )
        strays = dict(aligned.strays)
        for index, (piece, start) in enumerate(zip(pieces, aligned.starts, strict=True)):
            if start is not None:
                self.starts[piece] = have, start
                continue
            stray = strays.pop(_next_found(aligned.starts, index), "")
            words, instead = shown(piece.text), ""
            if stray:
                words, there = contrasted(self.normal(piece.text), stray.strip())
                instead = f"; there stands {there}"
            message = f"the words {words} are missing {where}{instead}"
            yield self._fault(Code.PROOF_TEXT, piece.span, message)
        for index, stray in sorted(strays.items()):
            span = pieces[min(index, len(pieces) - 1)].span if pieces else want.span
            message = f"{shown(stray)} stands {where}, and not in the source"
            yield self._fault(Code.PROOF_TEXT, span, message)

    def says(self, words: Sequence[str], text: str) -> bool:
        """Whether a text says some words one after the other, and nothing else but labels."""
        pieces = [spelt for each in words if (spelt := self.normal(each))]
        return says(pieces, self.normal(text), self._furniture)

    def _compare_contents(self, want: ExpectedPassage, have: Passage) -> Iterator[Diagnostic]:
        pages = {section: passage.place.page for section, passage in self.pairs}
        for span, message in contents_faults(self.expected, self.found, have, pages):
            yield self._fault(Code.PROOF_PAGE, span or want.span, message)

    # Footnotes

    def _compare_notes(self) -> Iterator[Diagnostic]:
        for span, message in note_faults(self.expected.notes, self.found.notes, self.says):
            where = span or self.expected.passages[0].span
            yield self._fault(Code.PROOF_NOTE, where, message)

    # Marks

    def _compare_marks(self) -> Iterator[Diagnostic]:
        for want, have in self.pairs:
            for kind in sorted(self.found.tells):
                if not want.listing or kind in _LISTED:
                    yield from self._compare_kind(kind, want, have)
            for mark in cells_gone(want, have) if self.found.spaced else ():
                message = f"{described(mark)} isn't there in {want.heading!r}"
                yield self._fault(Code.PROOF_CELL, mark.span, message)
        notes = {note.heading: note for note in self.found.notes}
        calls = calls_in(self.found.passages)
        for want in self.expected.notes:
            if note := notes.get(want.heading):
                yield from self._compare_kind(Kind.LANGUAGE, want, note)
                yield from self._compare_kind(Kind.LINK, want, note)
                yield from self._compare_back(want, note, calls)

    def _compare_kind(
        self, kind: Kind, want: ExpectedPassage, have: Passage
    ) -> Iterator[Diagnostic]:
        wanted = [mark for mark in want.marks if mark.kind is kind]
        if kind is Kind.DATE:
            wanted += want.date_marks()
        seen = [mark for mark in have.marks if mark.kind is kind]
        if want.listing and kind is Kind.LINK:
            seen = list(self._entries(seen, wanted))
        elif kind is Kind.HEAD:
            tables = dict.fromkeys(map(table_of, wanted))
            narrow = {table for table in tables if self._has_heads_in_cells(table, wanted, have)}
            wanted = [mark for mark in wanted if table_of(mark) not in narrow]
        elif want.level == 0 and not self.found.is_among_others:
            # What stands before the title, not every format has.
            said = {self.normal(mark.words) for mark in seen}
            wanted = [mark for mark in wanted if self.normal(mark.words[0]) in said]
        where = f"in {want.heading!r}"
        says = self._is if kind is Kind.HEAD else self.says
        found = list(differences(wanted, seen, kind, says))
        if not found and kind in _LISTED:
            found += misplaced(wanted, seen, have, self.starts, self.normal(have.text))
        for missing, there in self._untold(found, kind, have):
            there_is = "; there is " + ", ".join(map(described, there)) if there else ""
            for mark in missing:
                message = f"{described(mark)} is missing {where}{there_is}"
                yield self._fault(_CODES[kind], mark.span, message)
            if not missing:
                message = f"{', '.join(map(described, there))} {where} isn't in the source"
                yield self._fault(_CODES[kind], want.span, message)

    def _untold(
        self, found: Iterable[Difference], kind: Kind, have: Passage
    ) -> Iterator[Difference]:
        """Differences that aren't those of an altered text once more, or say where in it."""
        for difference in found:
            told = id(have) in self._altered and kind not in _PLACED
            untold = but_for_words(difference) if told else difference
            if any(untold):
                yield untold

    def _is(self, words: Sequence[str], text: str) -> bool:
        return self.normal(" ".join(words)) == self.normal(text)

    def _has_heads_in_cells(self, table: str, heads: Sequence[ExpectedMark], have: Passage) -> bool:
        """Whether a table is too narrow for heads, and each of its rows says some of them."""
        of_table = [mark for mark in have.marks if mark.value.startswith(f"{table},")]
        rows: dict[str, str] = {}
        for mark in of_table:
            row = mark.value.partition(", column")[0]
            rows[row] = rows.get(row, "") + self.normal(mark.words)
        labels = [self.normal(" ".join(each.words)) for each in heads]
        has_heads = any(mark.kind is Kind.HEAD for mark in of_table)
        return not has_heads and all(
            any(label in said for label in labels) for said in rows.values()
        )

    def _entries(self, seen: Iterable[Mark], sections: Sequence[ExpectedMark]) -> Iterator[Mark]:
        """The entries of a list of contents, each without the page that it leads to.

        Those are left out that are none of a section, and lead to what they say.
        """
        title, of_sections = self.found.passages[1].heading, Agreeing(sections)
        for mark in seen:
            passage = self.found.heading_at(mark.value)
            if passage is None:
                yield mark
                continue
            words = self.normal(mark.words)
            if words == self.normal(f"{passage.heading} {passage.place.page}"):
                words = self.normal(passage.heading)
            # A link to the cover leads to what stands before the title.
            says_so = words and words in map(self.normal, (passage.heading, title))
            if of_sections.with_mark(mark) or not says_so:
                yield replace(mark, words=words)

    def _compare_back(
        self, want: ExpectedPassage, have: Passage, calls: Mapping[str, Sequence[str]]
    ) -> Iterator[Diagnostic]:
        """A footnote leads back to its call, where the format has such links."""
        called = tuple(calls.get(want.heading, ()))
        backs = [mark.value for mark in have.marks if mark.kind is Kind.BACK]
        if Kind.BACK in self.found.tells and not (len(backs) == 1 and backs[0].startswith(called)):
            message = f"footnote {want.heading} doesn't lead back to where it is called"
            yield self._fault(Code.PROOF_LINK, want.span, message)

    def _compare_outlines(self) -> Iterator[Diagnostic]:
        """Each list of contents beside the text leads to every section, in order."""
        (contents,) = (passage for passage in self.expected.passages if passage.listing)
        for name, entries in self.found.outlines.items():
            marks = [Mark(Kind.LINK, each.title, each.lands) for each in entries]
            aside = replace(self.found.passages[0], marks=marks)
            listing = replace(contents, heading=name)
            yield from self._compare_kind(Kind.LINK, listing, aside)

    # The whole

    def _compare_whole(self) -> Iterator[Diagnostic]:
        span = self.expected.passages[0].span
        for code, message in faults_of_whole(self.expected, self.found):
            yield self._fault(code, span, message)


def _next_found(starts: Sequence[int | None], index: int) -> int:
    """The next piece that was found; their number if there is none."""
    return next((n for n in range(index, len(starts)) if starts[n] is not None), len(starts))
