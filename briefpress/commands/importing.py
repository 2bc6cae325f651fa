"""The command that makes a draft of a briefing from a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpress import options
from briefpress.console import conclude, count, faults_shown, say
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, escaped
from briefpress.extras import how_to_install
from briefpress.limits import FAULTS_SHOWN

if TYPE_CHECKING:
    from briefpress.drafts.make import Draft, Order


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--briefing", metavar="NAME", help="What to call it. [default: as the file]")
@click.option(
    "--language",
    metavar="L",
    help="The language that it is in, such as en. [default: as the document says]",
)
@options.content
@options.format_errors
def import_(
    file: Path, briefing: str | None, language: str | None, content: Path, format_errors: str
) -> None:
    """Make a draft of a briefing from a document: Markdown, Word, OpenDocument, HTML and others.

    Pandoc reads it. Headings become sections, dates become data with the precision that they are
    typed with, and what a person has to look at is listed with its place. Nothing that is there is
    overwritten.
    """
    from briefpress.content.ids import ID, ID_HINT
    from briefpress.drafts import pandoc
    from briefpress.drafts.sections import id_of

    if file.suffix.lower() not in pandoc.FORMATS:
        raise click.UsageError(f"{file}: its name has to end in {', '.join(pandoc.FORMATS)}")
    name = briefing or id_of(file.stem) or "draft"
    if not ID.fullmatch(name):
        raise click.UsageError(f"{name!r} can't be the name of a briefing: {ID_HINT}")
    if (program := pandoc.program()) is None:
        install = how_to_install("import")
        raise click.UsageError(f"import needs Pandoc: {install}, or put pandoc on the PATH")
    folder = content / name
    if folder.exists() or folder.is_symlink():
        raise click.UsageError(f"{folder} is there already; name another with --briefing")
    with faults_shown(format_errors):
        draft = _drafted(file, _order(file, language, content, program))
        remarks = _put_down(file, draft, folder)
        for place, message in remarks[: FAULTS_SHOWN.most]:
            say(escaped(f"{place}: {message}"), format_errors)
        if (others := len(remarks) - FAULTS_SHOWN.most) > 0:
            say(f"there is more to look at than is shown: {count(others, 'thing')}", format_errors)
        what = f"{count(len(remarks), 'thing')} to look at" if remarks else "nothing to look at"
        say(f"{folder}: a draft in {draft.language}, {what}", format_errors)
        say(f"briefpress check --language {draft.language} {name}", format_errors)
        conclude([], format_errors)


def _order(file: Path, language: str | None, content: Path, program: str) -> Order:
    """What is to be made. Raises `ContentError`."""
    from briefpress.content.check import SERIES, read_series
    from briefpress.content.files import read_file
    from briefpress.content.labels import languages_in, read_labels
    from briefpress.drafts.make import Document, Order
    from briefpress.limits import DOCUMENT_BYTES
    from briefpress.look import BUILT_IN, find_project, find_templates

    templates = find_templates(BUILT_IN).with_project(find_project(None))
    known = languages_in(templates)
    if language is not None and language not in known:
        raise click.UsageError(f"no labels for {language!r}; there are: {', '.join(known)}")
    series = read_series(content, f"{content}/{SERIES}")
    data = read_file(file, str(file), DOCUMENT_BYTES, None)
    labels = {each: read_labels(templates, each) for each in known}
    otherwise = next((each for each in series.languages if each in labels), "en")
    document = Document(data, file.name, file.absolute().parent, program)
    return Order(document, language, otherwise, labels)


def _drafted(file: Path, order: Order) -> Draft:
    """The draft, made in a job with limits. Raises `ContentError`."""
    from briefpress import jobs
    from briefpress.drafts.make import draft
    from briefpress.drafts.pandoc import UnreadableError
    from briefpress.executors import scratch
    from briefpress.limits import DOCUMENT_MEMORY, DOCUMENT_SECONDS

    allowance = jobs.Allowance(DOCUMENT_SECONDS.most, DOCUMENT_MEMORY.most)
    try:
        with scratch(), jobs.warm():
            return jobs.run(draft, order, allowance)
    except UnreadableError as error:
        message, hint = str(error), "open it in the program that made it, and save it anew"
    except RecursionError:
        message, hint = "it is nested too deeply", "nest less"
    except jobs.JobError as error:
        message, hint = f"reading it {error}", "divide it into several documents"
    raise _fault(file, message, hint)


def _put_down(file: Path, draft: Draft, folder: Path) -> list[tuple[Span, str]]:
    """Put the draft down, and return the remarks. Raises `ContentError` and `OSError`."""
    from briefpress.drafts.placing import put_down

    try:
        return put_down(draft, folder)
    except ContentError as error:
        first = error.diagnostics[0]
        raise _fault(file, f"it makes too large a draft: {first.message}", first.hint) from None


def _fault(file: Path, message: str, hint: str) -> ContentError:
    return ContentError([Diagnostic(Code.BAD_DOCUMENT, Span(str(file)), message, hint)])
