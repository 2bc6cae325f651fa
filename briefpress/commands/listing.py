"""The command that lists the briefings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from briefpress import options
from briefpress.console import faults_shown


@click.command("list")
@options.content
@options.project
@options.no_project_templates
@options.format_errors
def list_(content: Path, project: Callable[[], Path | None], format_errors: str) -> None:
    """List the briefings: id, language, number, date and title."""
    from briefpress.model import text_of
    from briefpress.pages import writer
    from briefpress.tasks import find_tasks, read_edition

    with faults_shown(format_errors):
        for task in find_tasks(content, Path("output"), project=project()):
            briefing, labels = read_edition(task)
            issued = briefing.issued.date.edtf if briefing.issued else "-"
            title = text_of(briefing.title, writer(labels))
            click.echo(f"{task.name}\t{briefing.number or '-'}\t{issued}\t{title}")
