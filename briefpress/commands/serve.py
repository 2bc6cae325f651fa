"""The command that shows briefings in the browser, and again after each change."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import click

from briefpress import options
from briefpress.console import faults_shown
from briefpress.limits import MIB
from briefpress.look import BUILT_IN, PROJECT, Paper, find_templates


@click.command()
@options.briefings
@options.content
@options.languages
@options.theme
@options.paper
@click.option(
    "--port",
    type=click.IntRange(min=0, max=65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="The port of this machine to listen on; 0 takes one that is free.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@options.time_limit
@options.memory_limit
@options.project
@options.no_project_templates
def serve(  # noqa: PLR0913, PLR0917 - click hands over each option
    briefings: tuple[str, ...],
    content: Path,
    languages: tuple[str, ...],
    theme: str | None,
    paper: Paper | None,
    port: int,
    opens: bool,
    time_limit: int,
    memory_limit: int,
    project: Callable[[], Path | None],
) -> None:
    """Show briefings in the browser, and again after each change.

    Web page, PDF and EPUB are those that `build` would publish, and are proved likewise; nothing is
    written to the output folder. Only what is looked at is made. Whatever is saved in the content
    or in the templates is shown at once, at the place where one was; faults are shown with their
    lines until they are mended. Nobody but this machine is answered.
    """
    for library in ("starlette", "uvicorn", "watchfiles"):
        options.require(library, "a preview needs its server", "serve")
    from briefpress.executors import scratch
    from briefpress.jobs import Allowance
    from briefpress.preview.listening import address_of, bound
    from briefpress.preview.listening import serve as answer
    from briefpress.preview.server import Preview
    from briefpress.preview.shelf import Wanted

    with faults_shown("text"):
        templates = project() or Path(PROJECT)
        listening = bound(port)
    allowance = Allowance(time_limit, memory_limit * MIB)
    wanted = Wanted(content, briefings, languages, theme, paper, project, allowance)
    preview = Preview(wanted, [content, templates], find_templates(BUILT_IN).folders[-1])
    with scratch():
        click.echo(f"Serving {address_of(listening)} (Ctrl-C ends it)")
        if opens:
            Thread(target=_open, args=(address_of(listening),), daemon=True).start()
        answer(preview, listening)


def _open(address: str) -> None:
    """Have the browser show an address, and where there is none, say so in a line.

    It is looked for in a process that has no terminal: what opens addresses says much where it
    finds none, and a browser for terminals would take this one.
    """
    program = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
    nowhere = subprocess.DEVNULL
    opened = subprocess.run(
        [sys.executable, "-I", "-c", program, address],
        stdin=nowhere,
        stdout=nowhere,
        stderr=nowhere,
        start_new_session=True,
        check=False,
    )
    if opened.returncode != 0:
        click.echo(f"No browser was found here; open {address} yourself.")
