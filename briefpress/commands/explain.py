"""The command that says what a kind of fault means."""

from __future__ import annotations

import click

from briefpress.diagnostics import Code


@click.command()
@click.argument(
    "code", required=False, metavar="[CODE]", type=click.Choice([str(code) for code in Code])
)
def explain(code: str | None) -> None:
    """Say what a kind of fault means; without CODE, list them all."""
    for each in Code:
        if code in {None, str(each)}:
            click.echo(f"{each:<20} {each.description}")
