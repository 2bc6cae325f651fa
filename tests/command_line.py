"""The commands that `briefpress` has, by name."""

from __future__ import annotations

import click

from briefpress.cli import main

_context = click.Context(main)


def _command(name: str) -> click.Command:
    command = main.get_command(_context, name)
    assert command is not None
    return command


COMMANDS = {name: _command(name) for name in main.list_commands(_context)}
