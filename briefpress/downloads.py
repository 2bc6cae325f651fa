"""Files from elsewhere: proved against the content, or against the source that they carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from briefpress.atomic import put_in_place
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.formats import FORMATS
from briefpress.press import find_tasks, prove, read_edition
from briefpress.proof.carried import Carried, read_carried
from briefpress.proof.expect import expect
from briefpress.proof.readers import UnreadableError


def prove_file(file: Path, content: Path) -> list[Diagnostic]:
    """Prove a published file, named `<briefing>.<language>.<suffix>`, against the content.

    Raises `ContentError` where the content has faults or the name leads to none.
    """
    briefing, _, rest = file.name.partition(".")
    language, _, suffix = rest.partition(".")
    if suffix not in {each.suffix for each in FORMATS.values()}:
        hint = "name it BRIEFING.LANGUAGE.pdf, .epub or .html, as it was published"
        raise _not_a_briefing(file, "the name doesn't say what the file is", hint)
    (task,) = find_tasks(content, file.parent, [briefing], [language])
    return prove(file.read_bytes(), expect(*read_edition(task)), str(file))


def has_words_for(file: Path, content: Path) -> bool:
    """Whether the content has the words that the name of a file leads to."""
    briefing, language, *_ = f"{file.name}.".split(".")
    return (content / briefing / f"{language}.yaml").is_file()


def prove_alone(file: Path) -> list[Diagnostic]:
    """Prove a PDF against the source that it carries. Raises `ContentError`.

    Faults are at lines of `FILE.pdf/<briefing>/<language>.yaml`: `extract` shows them.
    """
    data = file.read_bytes()
    carried = _carried(file, data)
    with TemporaryDirectory() as name:
        content = Path(name)
        put_in_place({content / path: each for path, each in carried.files.items()})
        try:
            (task,) = find_tasks(content, content, [carried.briefing], [carried.language])
            faults = prove(data, expect(*read_edition(task)), str(file))
        except ContentError as error:
            raise ContentError(_in_file(error.diagnostics, content, file)) from None
        return _in_file(faults, content, file)


def extract(file: Path, folder: Path) -> list[Path]:
    """Write what a PDF carries into a folder, from which it can be built. Raises `ContentError`."""
    carried = _carried(file, file.read_bytes())
    files = {folder / path: data for path, data in carried.files.items()}
    put_in_place(files)
    return list(files)


def _carried(file: Path, data: bytes) -> Carried:
    try:
        return read_carried(data)
    except UnreadableError as error:
        hint = "take a PDF as Briefpress published it; other programs may drop what it carries"
        raise _not_a_briefing(file, str(error), hint) from None


def _not_a_briefing(file: Path, message: str, hint: str) -> ContentError:
    return ContentError([Diagnostic(Code.NOT_A_BRIEFING, Span(str(file)), message, hint)])


def _in_file(faults: Iterable[Diagnostic], content: Path, file: Path) -> list[Diagnostic]:
    """Faults in what was taken out of a file for a while, as faults in the file."""
    return [
        replace(
            fault, span=replace(fault.span, file=fault.span.file.replace(str(content), str(file)))
        )
        for fault in faults
    ]
