"""What must be found against what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from briefpress.diagnostics import Code, Diagnostic, Span
from briefpress.proof.expect import Expected, ExpectedPassage
from briefpress.proof.reading import Passage, Reading, collapsed, squashed

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
            yield from _compare_dates(expected, want, have, artefact)
            yield from _compare_words(want, have, artefact)


def _compare_dates(
    expected: Expected, want: ExpectedPassage, have: Passage, artefact: str
) -> Iterator[Diagnostic]:
    """Compare the dates in the text, and where the format marks them up, the marks as well."""
    wanted = list(_date_words(expected, want))
    seen = [collapsed(match[0]) for match in expected.date_pattern.finditer(collapsed(have.text))]
    yield from _compare_lists(wanted, seen, want, artefact)
    if have.dates is not None:
        marked = [(f"{d.edtf} {collapsed(d.words)}", d.span) for d in want.dates]
        found = [f"{edtf} {collapsed(words)}" for edtf, words in have.dates]
        yield from _compare_lists(marked, found, want, artefact)


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
    matcher = SequenceMatcher(None, [words for words, _ in wanted], seen, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        instead = f"; there stands {', '.join(map(repr, seen[c:d]))}" if c < d else ""
        for words, span in wanted[a:b]:
            message = f"the date {words!r} is missing {where}{instead}"
            yield _fault(Code.PROOF_DATE, span, artefact, message)
        if a == b:
            message = f"{', '.join(map(repr, seen[c:d]))} stands {where}, and not in the source"
            yield _fault(Code.PROOF_DATE, want.span, artefact, message)


def _compare_words(want: ExpectedPassage, have: Passage, artefact: str) -> Iterator[Diagnostic]:
    text = squashed(have.text)
    for piece in want.pieces:
        if squashed(piece.text) not in text:
            shown = piece.text if len(piece.text) <= 60 else f"{piece.text[:60]}…"
            message = f"the words {shown!r} are missing in {want.heading!r}"
            yield _fault(Code.PROOF_TEXT, want.span, artefact, message)


def _compare_notes(expected: Expected, found: Reading, artefact: str) -> Iterator[Diagnostic]:
    for index, (words, span) in enumerate(expected.notes):
        if index >= len(found.notes):
            message = f"footnote {index + 1} is missing; {len(found.notes)} were found"
            yield _fault(Code.PROOF_NOTE, span, artefact, message)
            continue
        text = squashed(found.notes[index])
        if not all(squashed(part) in text for part in words.split("\n")):
            message = f"footnote {index + 1} says {found.notes[index]!r}"
            yield _fault(Code.PROOF_NOTE, span, artefact, message)
    if len(found.notes) > len(expected.notes):
        message = f"{len(found.notes)} footnotes were found for {len(expected.notes)}"
        yield _fault(Code.PROOF_NOTE, expected.passages[0].span, artefact, message)
