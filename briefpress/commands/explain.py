"""The command that says what a kind of fault means."""

from __future__ import annotations

import re
from pathlib import Path

import click

from briefpress.diagnostics import Code, nearest


def _beginning(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    return [code for code in Code if code.startswith(begun)]


@click.command()
@click.argument("code", required=False, metavar="[CODE]", shell_complete=_beginning)
def explain(code: str | None) -> None:
    """Say what a kind of fault means, and show one if it can; without CODE, list them all."""
    if code is None:
        for each in Code:
            click.echo(f"{each:<20} {each.description}")
        return
    known = {str(each): each for each in Code}
    if code not in known:
        near = nearest(code, known)
        hint = f"did you mean {near!r}?" if near else "`briefpress explain` lists them all"
        raise click.UsageError(f"there is no kind of fault {code!r}; {hint}")
    click.echo(f"{code}: {known[code].description}")
    if example := _example(code):
        click.echo(f"\nFor example:\n\n{example}")


def _example(code: str) -> str | None:
    """How a fault of this kind is shown, from the list of them that is for readers."""
    package = Path(__file__).resolve().parents[1]
    places = (package / "diagnostics.md", package.parent / "docs" / "diagnostics.md")
    text = next(path for path in places if path.is_file()).read_text("utf-8")
    (section,) = re.findall(rf"^## `{code}`$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    example = re.search(r"^```text\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return example[1].rstrip() if example else None
