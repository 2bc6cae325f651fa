"""The command that builds: its options, and what they lead to.

`context.obj` is the whole command line, if it was given as such; then a stamp is left for the next.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpress import options, stamp
from briefpress.console import faults_shown
from briefpress.limits import JOB_MEMORY, JOB_SECONDS, MIB
from briefpress.look import PAPERS, Paper, themes

if TYPE_CHECKING:
    from briefpress.press_run import Order
    from briefpress.tasks import Task


@click.command()
@options.briefings
@options.content
@options.output
@options.languages
@click.option(
    "--format",
    "formats",
    type=click.Choice(["pdf", "epub", "html"]),
    default=["pdf", "epub", "html"],
    multiple=True,
    help="A format; may be given several times. [default: all]",
)
@click.option("--large-print", is_flag=True, help="Make a second PDF, in letters of 18 points.")
@click.option("--explain", is_flag=True, help="Say of each edition why it is built, or isn't.")
@click.option("--force", is_flag=True, help="Build also what is up to date.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many editions are built at once. [default: as many as there are processors]",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Have a Dask cluster build them; the address is its scheduler's, such as tcp://host:8786.",
)
@click.option(
    "--theme",
    type=click.Choice(themes()),
    help="What the briefings look like. [default: as series.yaml says]",
)
@click.option(
    "--paper",
    type=click.Choice(PAPERS),
    help="The paper that the PDF is for. [default: as series.yaml says]",
)
@click.option(
    "--keep-going/--fail-fast",
    default=True,
    show_default=True,
    help="Whether the others are built after one that failed.",
)
@click.option(
    "--time-limit",
    type=click.IntRange(min=1),
    default=JOB_SECONDS.most,
    show_default=True,
    metavar="SECONDS",
    help="How long the build of one edition may take; then it is ended.",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(min=1),
    default=JOB_MEMORY.most // MIB,
    show_default=True,
    metavar="MIB",
    help="How much memory (address space) it may take.",
)
@options.project
@options.no_project_templates
@options.format_errors
@click.pass_context
def build(  # noqa: PLR0913, PLR0917 - click hands over each option
    context: click.Context,
    briefings: tuple[str, ...],
    content: Path,
    output: Path,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    large_print: bool,
    explain: bool,
    force: bool,
    jobs: int | None,
    cluster: str | None,
    theme: str | None,
    paper: Paper | None,
    keep_going: bool,
    time_limit: int,
    memory_limit: int,
    project: Callable[[], Path | None],
    format_errors: str,
) -> None:
    """Build briefings, prove them, and put them into the output folder.

    What is up to date is left: what was made from the same content, templates and fonts, with the
    same options, by the same program and libraries. Times of files don't matter.

    Without BRIEFING, all of them are built, and what was published of briefings and languages that
    the content doesn't have any more is removed. A briefing with faults isn't published; what was
    published of it before stays as it is.
    """
    from briefpress.jobs import Allowance
    from briefpress.press_run import Order
    from briefpress.tasks import find_tasks

    allowance = Allowance(time_limit, memory_limit * MIB)
    order = Order(jobs, cluster, allowance, not keep_going, force, not (briefings or languages))
    with faults_shown(format_errors):
        tasks = find_tasks(content, output, briefings, languages, formats, project())
        tasks = [task.looking(theme, paper, large_print=large_print) for task in tasks]
        arguments = context.obj if format_errors == "text" and not (explain or force) else None
        _run(tasks, order, arguments, format_errors, explain=explain)


def _run(
    tasks: list[Task],
    order: Order,
    arguments: list[str] | None,
    format_errors: str,
    *,
    explain: bool,
) -> None:
    """Build, say what happens, and leave a stamp for the next such command line, if it is given."""
    from briefpress import press_run, watch
    from briefpress.progress import report, up_to_date

    if order.cluster is not None and find_spec("distributed") is None:
        raise click.UsageError("--cluster needs Dask: pip install 'briefpress[cluster]'")
    before = watch.inputs(tasks[0])
    plan = report(press_run.run(tasks, order), format_errors, explain=explain)
    if arguments is None or not tasks[0].output.is_dir():
        return
    if (after := watch.outputs(tasks[0].output, plan.keys)) is not None:
        stamp.write(arguments, up_to_date(len(plan.reasons)), before | after)
