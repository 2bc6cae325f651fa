"""Options and arguments that several commands of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import click

from briefpress.extras import how_to_install
from briefpress.limits import JOB_MEMORY, JOB_SECONDS, MIB
from briefpress.look import PAPERS, find_project, themes

content = click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    default="content",
    show_default=True,
    help="The folder of the briefings.",
)
output = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="output",
    show_default=True,
    help="The folder that is published to.",
)
languages = click.option(
    "--language",
    "languages",
    metavar="L",
    multiple=True,
    help="A language, such as en; may be given several times. [default: those of series.yaml]",
)
theme = click.option(
    "--theme",
    type=click.Choice(themes()),
    help="What the briefings look like. [default: as series.yaml says]",
)
paper = click.option(
    "--paper",
    type=click.Choice(PAPERS),
    help="The paper that the PDF is for. [default: as series.yaml says]",
)
time_limit = click.option(
    "--time-limit",
    type=click.IntRange(min=1),
    default=JOB_SECONDS.most,
    show_default=True,
    metavar="SECONDS",
    help="How long the build of one edition may take; then it is ended.",
)
memory_limit = click.option(
    "--memory-limit",
    type=click.IntRange(min=1),
    default=JOB_MEMORY.most // MIB,
    show_default=True,
    metavar="MIB",
    help="How much memory (address space) it may take.",
)
format_errors = click.option(
    "--format-errors",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    show_default=True,
    help="How faults are shown: for people, for programs, as annotations of GitHub Actions, or as "
    "GitLab's report on code quality.",
)


def _forbid(context: click.Context, _: click.Parameter, forbidden: bool) -> None:
    context.meta[_FORBIDDEN] = forbidden


def _project_of(
    context: click.Context, _: click.Parameter, given: Path | None
) -> Callable[[], Path | None]:
    """What finds the folder of templates that the project brings, and can raise `ContentError`."""
    if not context.meta[_FORBIDDEN]:
        return partial(find_project, given)
    if given is not None:
        raise click.UsageError("--templates and --no-project-templates exclude each other")
    return lambda: None


_FORBIDDEN = "briefpress.no-project-templates"
project = click.option(
    "--templates",
    "project",
    metavar="DIRECTORY",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_project_of,
    help="A folder whose files go before the built-in templates. "
    "[default: templates, where there is one]",
)
no_project_templates = click.option(
    "--no-project-templates",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_forbid,
    help="Use the built-in templates alone, as for a stranger's project.",
)
briefings = click.argument("briefings", nargs=-1, metavar="[BRIEFING]...")


def require(module: str, need: str, extra: str) -> None:
    """Refuse to go on without a library of an extra; `need` says what needs it.

    Raises `click.UsageError`.
    """
    if find_spec(module) is None:
        raise click.UsageError(f"{need}: {how_to_install(extra)}")
