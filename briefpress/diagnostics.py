"""What is wrong, where, and how to mend it.

A `Diagnostic` is a value. Every stage collects its diagnostics and hands them up; the command line
shows them once, as text for people, JSON for programs, or as GitHub and GitLab show them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from briefpress.limits import FAULTS_SHOWN, YAML_BYTES

# Long lines are cut to this many characters around the fault.
_WINDOW = 110
# So are messages and hints, which may quote what content holds.
_MOST_OF_A_MESSAGE = 400
# How many names a hint lists, and how long a word is that may be a slip for another.
_MOST_NAMES = 20
_MOST_OF_A_WORD = 60
_MOST_WORDS = 500


class Code(StrEnum):
    """Every kind of diagnostic. The text beside each is what `briefpress explain` prints."""

    description: str

    def __new__(cls, value: str, description: str) -> Code:
        """Make a member that is its own name and carries its description."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    # Reading files
    MISSING_FILE = "missing-file", "A folder or file that is needed isn't there."
    OUTSIDE_FOLDER = "outside-folder", "A file or folder leads out of the content."
    TOO_LARGE = "too-large", "Something is beyond a limit, of those in docs/limits.md."
    BAD_ENCODING = "bad-encoding", "A file isn't UTF-8."
    BAD_CHARACTER = "bad-character", "A control or direction-override character is in the text."
    YAML_SYNTAX = "yaml-syntax", "The file isn't well-formed YAML."
    YAML_FEATURE = "yaml-feature", "Anchors, aliases, tags and several documents aren't used."
    DUPLICATE_KEY = "duplicate-key", "A key stands twice in one mapping."
    TOO_MANY_FAULTS = "too-many-faults", "There are more faults than are shown."
    # The shape of the content
    UNKNOWN_KEY = "unknown-key", "A key has no meaning where it stands."
    MISSING_KEY = "missing-key", "A key that is needed isn't there."
    WRONG_TYPE = "wrong-type", "A value isn't of the type that its key takes."
    WRONG_VALUE = "wrong-value", "A value is of the right type, but not one that its key takes."
    # Identifiers and references
    ILL_FORMED_ID = "ill-formed-id", "An id isn't lower-case letters, digits and hyphens."
    DUPLICATE_ID = "duplicate-id", "Two things have one id."
    UNKNOWN_EVENT = "unknown-event", "No event has this id."
    UNKNOWN_PERSON = "unknown-person", "No person has this id."
    UNKNOWN_PLACE = "unknown-place", "No place has this id."
    UNKNOWN_SOURCE = "unknown-source", "No source has this id."
    UNKNOWN_SECTION = "unknown-section", "No section has this id."
    UNUSED_EVENT = "unused-event", "Nothing mentions an event."
    UNUSED_PERSON = "unused-person", "Nothing mentions a person."
    UNUSED_PLACE = "unused-place", "Nothing mentions a place."
    UNUSED_SOURCE = "unused-source", "Nothing cites a source."
    # Dates
    BAD_DATE = "bad-date", "A date isn't EDTF, or is of a kind that can't be written out."
    BARE_DATE = "bare-date", "A date is typed in the text, where it can't be proved."
    UNDATED_EVENT = "undated-event", "The date of an event that has none is asked for."
    # Text
    EMPTY_SECTION = "empty-section", "A section, text or list holds nothing."
    BAD_REFERENCE = "bad-reference", "A {reference} in the text isn't well formed."
    BAD_LINK = "bad-link", "A link leads nowhere, or by a scheme that isn't safe."
    UNSUPPORTED_MARKUP = "unsupported-markup", "Markdown that has another way in a briefing."
    UNMARKED_LANGUAGE = "unmarked-language", "Words in another script aren't marked as such."
    MISSING_GLYPH = "missing-glyph", "None of the fonts has a character."
    BAD_DATA = "bad-data", "The data of a chart can't be read, or can't be drawn as they are."
    MISSING_EXTRA = "missing-extra", "An extra of Briefpress that a block needs isn't installed."
    BAD_PICTURE = "bad-picture", "A picture can't be read, is too large, or isn't safe."
    BAD_DOCUMENT = "bad-document", "A document to be imported can't be read, or is too much."
    # Rendering and the proof
    TEMPLATE = "template", "A template can't be rendered."
    LAYOUT = "layout", "The typesetter warned of something."
    JOB_LIMIT = (
        "job-limit",
        "An edition, or the index, took too much time or memory, or its process died.",
    )
    NOT_A_BRIEFING = "not-a-briefing", "A file isn't one that can be proved against this content."
    PROOF_SECTION = "proof-section", "A section is missing, doubled, altered or out of order."
    PROOF_DATE = "proof-date", "A date is missing, altered, or in the wrong section."
    PROOF_NOTE = "proof-note", "A footnote is missing or altered."
    PROOF_TEXT = "proof-text", "Words of the source aren't in what was made, or others are."
    PROOF_CELL = "proof-cell", "A cell of a table is missing, altered, or in another place."
    PROOF_LINK = "proof-link", "A link is missing, or leads to another place; so does a bookmark."
    PROOF_LANGUAGE = "proof-language", "Words in another language aren't marked with theirs."
    PROOF_PICTURE = "proof-picture", "A picture or its alternative text is missing or altered."
    PROOF_PAGE = "proof-page", "A page number isn't that of the page."
    PROOF_METADATA = "proof-metadata", "A file says something else of itself than the source."
    PROOF_ACTIVE = "proof-active", "A file loads something from elsewhere, or runs a script."
    # Downloads, and signatures
    ALTERED_FILE = "altered-file", "A file isn't the one that was published."
    BAD_LIST = "bad-list", "SHA256SUMS or manifest.json isn't a list of what is published."
    LISTS_DIFFER = "lists-differ", "SHA256SUMS and manifest.json don't list the same."
    UNFINISHED = "unfinished", "A list was taken while what is published was being changed."
    BAD_SIGNATURE = "bad-signature", "A PDF can't be signed, or its signature doesn't hold."
    BAD_KEY = "bad-key", "A key or a certificate can't be used."
    OTHER_SOURCE = "other-source", "A PDF doesn't carry the source that the manifest says."


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one line of a file. Line and column count from 1, in characters."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong: what, where, and in `hint` the way out."""

    code: Code
    span: Span
    message: str
    hint: str


class ContentError(Exception):
    """Content, or what was made of it, has faults. Carries all of them, in order of place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics), key=_by_place))
        super().__init__(f"{len(self.diagnostics)} faults")

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Diagnostic, ...]]]:
        """So that a job can raise it."""
        return type(self), (self.diagnostics,)


def _by_place(diagnostic: Diagnostic) -> tuple[Span, str, str]:
    return diagnostic.span, diagnostic.code, diagnostic.message


def first_of(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those that are shown: the first ones, and one that says how many more there are."""
    found = list(diagnostics)
    shown, others = found[: FAULTS_SHOWN.most], found[FAULTS_SHOWN.most :]
    if others:
        shown.append(
            Diagnostic(
                Code.TOO_MANY_FAULTS,
                others[0].span,
                f"there are more faults than are shown, from here on {len(others):,}",
                "mend those above, and check again",
            )
        )
    return shown


def as_text(diagnostic: Diagnostic, source: str | None) -> str:
    """Write a diagnostic for people: place, message, the line with a caret, and the mend.

    What content has put into it can't steer a terminal: characters that aren't seen are escaped.
    """
    span = diagnostic.span
    message, hint = escaped(_cut(diagnostic.message)), escaped(_cut(diagnostic.hint))
    lines = [f"{escaped(str(span))}: error[{diagnostic.code}]: {message}"]
    if source is not None:
        number = str(span.line)
        before, marked, after = parted(source, span)
        lines += [
            f" {number} | {before}{marked}{after}",
            f" {' ' * len(number)} | {' ' * _width(before)}{'^' * max(_width(marked), 1)}",
        ]
    lines.append(f"   = {hint}")
    return "\n".join(lines)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as one JSON array of objects, with keys named as in `Diagnostic`."""
    return _json([as_data(each) for each in diagnostics])


def _json(data: list[dict[str, Any]]) -> str:
    written = json.dumps(data, ensure_ascii=False, indent=2)
    # JSON itself escapes C0 controls, and its line breaks are our own.
    return "".join(c if c == "\n" or _is_seen(c) else json.dumps(c)[1:-1] for c in written)


def as_data(diagnostic: Diagnostic) -> dict[str, str | int]:
    """A diagnostic as what JSON can hold, with keys named as in `Diagnostic`."""
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "length": span.length,
        "message": _cut(diagnostic.message),
        "hint": _cut(diagnostic.hint),
    }


def as_github(diagnostic: Diagnostic) -> str:
    """Write a diagnostic as a GitHub Actions workflow command (`::error …::`)."""
    span = diagnostic.span
    place = f"file={_property(span.file)},line={span.line},col={span.column}"
    message, hint = (_value(_cut(each)) for each in (diagnostic.message, diagnostic.hint))
    return f"::error {place},title={diagnostic.code}::{message}%0A{hint}"


def line_shown(diagnostic: Diagnostic, root: Path) -> str | None:
    """The line that a diagnostic is about, where it is of a text, and may be shown."""
    refused = diagnostic.code in {Code.OUTSIDE_FOLDER, Code.MISSING_FILE}
    written = diagnostic.span.file.endswith((".yaml", ".csv", ".j2", ".css"))
    return source_line(diagnostic.span, root) if written and not refused else None


def parted(source: str, span: Span) -> tuple[str, str, str]:
    """A line as it is shown: what comes before the marked place, what is marked, what follows.

    A long line is cut around the place.
    """
    start = max(0, span.column - 1 - _WINDOW // 2)
    shown, at = source[start : start + _WINDOW], span.column - 1 - start
    end = at + max(span.length, 1)
    return shown[:at], shown[at:end], shown[end:]


def as_gitlab(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as a Code Quality report of GitLab, a subset of Code Climate's format."""
    return _json([_as_issue(each) for each in diagnostics])


def _as_issue(diagnostic: Diagnostic) -> dict[str, Any]:
    import hashlib  # noqa: PLC0415 - the others don't need it

    data = as_data(diagnostic)
    same = "\0".join(str(data[key]) for key in ("code", "file", "line", "column", "message"))
    return {
        "description": f"{data['message']} ({data['hint']})",
        "check_name": data["code"],
        "fingerprint": hashlib.sha256(same.encode()).hexdigest(),
        "severity": "major",
        "location": {"path": data["file"], "lines": {"begin": data["line"]}},
    }


def source_line(span: Span, root: Path) -> str | None:
    """The line that a span lies on, or None where the file or the line can't be had.

    A file is shown only where it lies: what a link leads out of the content or the templates to
    stays unread, for it may be what the log of a build must not hold.
    """
    path = root / span.file
    if path.suffix != ".yaml" and any(each.is_symlink() for each in (path, *path.parents)):
        return None
    try:
        beside = path.parent.parent.resolve()
        if not (path.is_file() and path.resolve().is_relative_to(beside)):
            return None
        with path.open("rb") as file:
            lines = file.read(YAML_BYTES.most).decode("utf-8-sig", "replace").split("\n")
    except (OSError, RuntimeError, ValueError):  # of a ring of links, and of NUL in a name
        return None
    if not 1 <= span.line <= len(lines):
        return None
    return _printable(lines[span.line - 1].rstrip("\r"))


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like `word`, or None if none is close, or to compare would take long."""
    import difflib  # noqa: PLC0415 - only faulty content needs it

    if len(word) > _MOST_OF_A_WORD or len(known) > _MOST_WORDS:
        return None
    short = [each for each in known if len(each) <= _MOST_OF_A_WORD]
    found = difflib.get_close_matches(word, short, n=1, cutoff=0.65)
    return found[0] if found else None


def listed(names: Collection[str]) -> str:
    """Names in a row, for a hint; of many only the first, and how many more there are."""
    shown = ", ".join(_cut(name, _MOST_OF_A_WORD) for name in islice(names, _MOST_NAMES))
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more:,} more" if more > 0 else shown


def escaped(text: str) -> str:
    """A text with an escape, as Python writes it, for each character that isn't seen."""
    return "".join(c if _is_seen(c) else c.encode("unicode_escape").decode() for c in text)


def _is_seen(char: str) -> bool:
    """Whether a character shows itself, and does nothing else to a terminal; spaces do."""
    return char.isprintable() or unicodedata.category(char) == "Zs"


def _cut(text: str, most: int = _MOST_OF_A_MESSAGE) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _printable(line: str) -> str:
    line = line.replace("\t", " ")
    for char in set(line):
        if not _is_seen(char):
            line = line.replace(char, "\N{REPLACEMENT CHARACTER}")
    return line


def _width(text: str) -> int:
    """How many terminal cells text takes (Unicode Standard Annex 11)."""
    return sum(
        0
        if unicodedata.category(c) in {"Mn", "Me"}
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def _value(text: str) -> str:
    return escaped(text).replace("%", "%25")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")
