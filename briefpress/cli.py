"""The command line: its commands, which are in `commands/`, and exit codes.

Exit codes are those of `console.EXIT_CODES`: 0, all is well; 1, there were faults or errors, and
they were shown; 2, the command was used in a wrong way; 130 and 143, it was ended by Ctrl-C or
SIGTERM. A traceback means a fault of Briefpress itself; it ends with 1.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from contextlib import suppress
from pkgutil import resolve_name
from typing import NoReturn

import click

from briefpress import __version__
from briefpress.console import FAULTS, INTERRUPTED, TERMINATED

# What hinders writing to a stream; files are named.
_NO_ROOM_FOR_WORDS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}

# Where each command is; it is imported only when it is asked for.
_COMMANDS = {
    "build": "briefpress.commands.build:build",
    "check": "briefpress.commands.check:check",
    "explain": "briefpress.commands.explain:explain",
    "extract": "briefpress.commands.extract:extract",
    "import": "briefpress.commands.importing:import_",
    "list": "briefpress.commands.listing:list_",
    "new": "briefpress.commands.new:new",
    "proof": "briefpress.commands.proof:proof",
    "schema": "briefpress.commands.schema:schema",
    "serve": "briefpress.commands.serve:serve",
    "sign": "briefpress.commands.sign:sign",
    "verify": "briefpress.commands.verify:verify",
}


def run(arguments: list[str]) -> NoReturn:
    """Run the command line, then leave without taking the interpreter apart, which takes 0.15 s."""
    # Layout makes many objects that stay until its end; looking for garbage among them is a tenth
    # of a small build.
    gc.set_threshold(1_000_000, 50, 100)
    # So that jobs are ended and parts removed on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        if sys.stdout is None:  # it was closed; what is opened next would take its place
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        main(arguments, obj=arguments)
    except SystemExit as leaving:
        _leave(leaving.code if isinstance(leaving.code, int) else FAULTS)
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM_FOR_WORDS:
            raise
        with suppress(OSError):
            click.echo(f"Error: standard output: {error.strerror}", err=True)
        _leave(FAULTS)
    _leave(0)


def _leave(code: int) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # which was told, as far as it can be; or closed
            stream.flush()
    os._exit(code)


class _Commands(click.Group):
    """The commands; ends with a code of its own at Ctrl-C."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = _COMMANDS.get(cmd_name)
        return resolve_name(place) if place else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
@click.version_option(__version__, prog_name="briefpress")
def main() -> None:
    """Publish briefings written in YAML as PDF, EPUB and web page.

    Each file is opened again after it is made, and every section and every date of the source is
    looked for in it. What isn't proved isn't published.

    \b
    To begin:
        briefpress new my-briefings
        cd my-briefings
        briefpress build

    \b
    Completion in the shell, for bash (zsh and fish likewise):
        eval "$(_BRIEFPRESS_COMPLETE=bash_source briefpress)"
    """  # noqa: D301 - click takes the backspaces for marks
