"""The command that checks content, and makes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from briefpress import options
from briefpress.console import conclude, count, faults_shown, say
from briefpress.diagnostics import ContentError, Diagnostic


@click.command()
@options.briefings
@options.content
@options.languages
@options.project
@options.no_project_templates
@options.format_errors
def check(
    briefings: tuple[str, ...],
    content: Path,
    languages: tuple[str, ...],
    project: Callable[[], Path | None],
    format_errors: str,
) -> None:
    """Check the content of briefings, and make nothing.

    All faults are shown in one run, each with its line and the way out.
    """
    from briefpress.content.source import source_of
    from briefpress.tasks import find_tasks, read_edition

    with faults_shown(format_errors):
        tasks = find_tasks(content, Path("output"), briefings, languages, project=project())
        faults: list[Diagnostic] = []
        for task in tasks:
            try:
                source_of(task.content, task.briefing, task.language)
                read_edition(task)
            except ContentError as error:
                faults += error.diagnostics
        conclude(faults, format_errors)
        say(f"{count(len(tasks), 'edition')} checked, no faults", format_errors)
