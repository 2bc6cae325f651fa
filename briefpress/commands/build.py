"""The command that builds: its options, and what they lead to.

The context's `obj` is the whole command line, if it was given as such; then a stamp is left for the
next.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpress import options, stamp
from briefpress.console import faults_shown, up_to_date
from briefpress.limits import MIB
from briefpress.look import Paper

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
@options.theme
@options.paper
@click.option(
    "--keep-going/--fail-fast",
    default=True,
    show_default=True,
    help="Whether the others are built after one that failed.",
)
@options.time_limit
@options.memory_limit
@options.project
@options.no_project_templates
@options.format_errors
def build(  # noqa: PLR0913, PLR0917 - click hands over each option
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
    same options, by the same program and libraries. A briefing with faults isn't published; what
    was published of it before stays as it is. Without BRIEFING, all of them are built, and what was
    published of briefings and languages that the content doesn't have any more is removed.
    """
    from briefpress.formats import COVER
    from briefpress.jobs import Allowance
    from briefpress.press_run import Order
    from briefpress.statuses import inputs
    from briefpress.tasks import find_tasks

    allowance = Allowance(time_limit, memory_limit * MIB)
    order = Order(jobs, cluster, allowance, not keep_going, force, not (briefings or languages))
    with faults_shown(format_errors):
        before = inputs(content, templates := project())
        wanted = (*formats, COVER)
        tasks = find_tasks(content, output, briefings, languages, wanted, templates)
        tasks = [task.looking(theme, paper, large_print=large_print) for task in tasks]
        _run(tasks, order, before, format_errors, explain=explain)


def _run(
    tasks: list[Task], order: Order, before: dict[str, str], format_errors: str, *, explain: bool
) -> None:
    """Build, and say what happens; leave a stamp of it, by the status of all `before`.

    A command line by which more is said, or done, than that all is up to date gets none.
    """
    from briefpress import press_run
    from briefpress.progress import report

    if order.cluster is not None:
        options.require("distributed", "--cluster needs Dask", "cluster")
    after = report(press_run.run(tasks, order), format_errors, explain=explain)
    arguments = click.get_current_context().obj
    if arguments and after and format_errors == "text" and not (explain or order.anew):
        stamp.write(arguments, up_to_date(len(tasks)), before | after)
