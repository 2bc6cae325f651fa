"""What must be found against what was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from briefpress.diagnostics import Code, Diagnostic, Span
from briefpress.proof.expect import Expected, ExpectedPassage
from briefpress.proof.reading import BOUNDARY, Passage, Reading, collapsed, squashed

_MARKER = re.compile(r"^\d+\.?\s+")
_HINT = "the file isn't what the source says; build it anew, or mend the template that made it"


def compare(expected: Expected, found: Reading, artefact: str) -> list[Diagnostic]:
    """Say in what an artefact differs from its source, each fault at its line of the source."""
    return [
        *_compare_headings(expected, found, artefact),
        *_compare_passages(expected, found, artefact),
        *_compare_notes(expected, found, artefact),
    ]


def _fault(code: Code, span: Span, artefact: str, message: str) -> Diagnostic:
    return Diagnostic(code, span, f"{artefact}: {message}", _HINT)


def _key(passage: ExpectedPassage | Passage) -> tuple[int, str]:
    return passage.level, squashed(passage.heading)


def _compare_headings(expected: Expected, found: Reading, artefact: str) -> Iterator[Diagnostic]:
    wanted = Counter(map(_key, expected.passages))
    seen = Counter(map(_key, found.passages))
    for passage in expected.passages:
        key = _key(passage)
        if seen[key] < wanted[key]:
            message = f"the section {passage.heading!r} is missing"
            yield _fault(Code.PROOF_SECTION, passage.span, artefact, message)
        elif seen[key] > wanted[key]:
            message = f"the section {passage.heading!r} stands there {seen[key]} times"
            yield _fault(Code.PROOF_SECTION, passage.span, artefact, message)
    start = expected.passages[0].span
    for extra in found.passages:
        if _key(extra) not in wanted:
            message = f"the section {extra.heading!r} isn't in the source"
            yield _fault(Code.PROOF_SECTION, start, artefact, message)
    if wanted == seen:
        yield from _compare_order(expected, found, artefact)


def _compare_order(expected: Expected, found: Reading, artefact: str) -> Iterator[Diagnostic]:
    for want, have in zip(expected.passages, found.passages, strict=True):
        if _key(want) != _key(have):
            message = f"{have.heading!r} stands where {want.heading!r} should"
            yield _fault(Code.PROOF_SECTION, want.span, artefact, message)
            return


def _compare_passages(expected: Expected, found: Reading, artefact: str) -> Iterator[Diagnostic]:
    """Compare what stands under each heading that was found, first with first."""
    waiting: dict[tuple[int, str], list[Passage]] = {}
    for passage in found.passages:
        waiting.setdefault(_key(passage), []).append(passage)
    for want in expected.passages:
        if candidates := waiting.get(_key(want)):
            have = candidates.pop(0)
            if not want.listing:
                yield from _compare_dates(expected, want, have, artefact)
            yield from _compare_words(want, have, artefact)


def _compare_dates(
    expected: Expected, want: ExpectedPassage, have: Passage, artefact: str
) -> Iterator[Diagnostic]:
    """Compare the dates in the text, and where the format marks them up, the marks as well."""
    wanted = list(_date_words(expected, want))
    # A number that ends a cell and a month that begins the next aren't a date, and words in
    # emphasis inside one don't end it: either way of reading will do.
    seen = _dates_in(have.text.split(BOUNDARY), expected)
    if [words for words, _ in wanted] != _dates_in([have.text], expected):
        in_any_order = want.floating and Counter(seen) == Counter(words for words, _ in wanted)
        if not in_any_order:
            yield from _compare_lists(wanted, seen, want, artefact)
    if have.dates is not None:
        marked = [(f"{d.edtf} {collapsed(d.words)}", d.span) for d in want.dates]
        found = [f"{edtf} {collapsed(words)}" for edtf, words in have.dates]
        yield from _compare_lists(marked, found, want, artefact)


def _dates_in(texts: list[str], expected: Expected) -> list[str]:
    pattern = expected.date_pattern
    return [collapsed(match[0]) for text in texts for match in pattern.finditer(collapsed(text))]


def _date_words(expected: Expected, want: ExpectedPassage) -> Iterator[tuple[str, Span]]:
    """Whatever the source has that looks like a date, with its place."""
    for piece in want.pieces:
        for match in expected.date_pattern.finditer(piece.text):
            inside = [d for start, d in piece.dates.items() if match.start() <= start < match.end()]
            yield collapsed(match[0]), inside[0].span if inside else want.span


def _compare_lists(
    wanted: list[tuple[str, Span]], seen: list[str], want: ExpectedPassage, artefact: str
) -> Iterator[Diagnostic]:
    where = f"in {want.heading!r}"
    for missing, there in _differences([words for words, _ in wanted], seen):
        shown = ", ".join(map(repr, seen[there]))
        instead = f"; there stands {shown}" if shown else ""
        for words, span in wanted[missing]:
            message = f"the date {words!r} is missing {where}{instead}"
            yield _fault(Code.PROOF_DATE, span, artefact, message)
        if not wanted[missing]:
            message = f"{shown} stands {where}, and not in the source"
            yield _fault(Code.PROOF_DATE, want.span, artefact, message)


def _differences(wanted: list[str], seen: list[str]) -> Iterator[tuple[slice, slice]]:
    """Which parts of a list are missing in another, and what stands there instead."""
    # What is the same at the end is set aside: of two equal entries, it is the altered one that is
    # to be told, and not the other.
    pairs = zip(reversed(wanted), reversed(seen), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    before, there = wanted[: len(wanted) - same], seen[: len(seen) - same]
    for kind, a, b, c, d in SequenceMatcher(None, before, there, autojunk=False).get_opcodes():
        if kind != "equal":
            yield slice(a, b), slice(c, d)


def _compare_words(want: ExpectedPassage, have: Passage, artefact: str) -> Iterator[Diagnostic]:
    text, behind = squashed(have.text), 0
    for piece in want.pieces:
        words = squashed(piece.text)
        at = text.find(words, behind)
        if at >= 0:
            behind = at + len(words)
        elif not (want.floating and _is_torn(words, text)):
            shown = piece.text if len(piece.text) <= 60 else f"{piece.text[:60]}…"
            message = f"the words {shown!r} are missing in {want.heading!r}"
            yield _fault(Code.PROOF_TEXT, want.span, artefact, message)


def _is_torn(words: str, text: str) -> bool:
    """Whether words stand in two parts: facts in the margin may go on between them overleaf."""
    return any(words[:k] in text and words[k:] in text for k in range(len(words) + 1))


def _compare_notes(expected: Expected, found: Reading, artefact: str) -> Iterator[Diagnostic]:
    wanted = [words for words, _ in expected.notes]
    seen = [_recognised(note, wanted) for note in found.notes]
    for missing, there in _differences(wanted, seen):
        shown = ", ".join(map(repr, found.notes[there]))
        instead = f"; there stands {shown}" if shown else ""
        for index in range(*missing.indices(len(wanted))):
            message = f"footnote {index + 1} is missing{instead}"
            yield _fault(Code.PROOF_NOTE, expected.notes[index][1], artefact, message)
        if not wanted[missing]:
            message = f"the footnote {shown} isn't in the source"
            yield _fault(Code.PROOF_NOTE, expected.passages[0].span, artefact, message)


def _recognised(note: str, wanted: list[str]) -> str:
    """Which of the notes that are wanted a note is: the one of which it says most."""
    text = squashed(_MARKER.sub("", note))
    said = (
        words
        for words in dict.fromkeys(wanted)
        if all(_says(text, squashed(part)) for part in words.split("\n"))
    )
    return max(said, key=len, default=note)


def _says(text: str, part: str) -> bool:
    """Whether a note says something; "page 12" doesn't say "page 1", nor does "page 21"."""
    return re.search(rf"(?<!\d){re.escape(part)}(?!\d)", text) is not None
