"""Writes the references in docs/ from the program itself, and the schemas in docs/schemas/.

    python docs/reference.py

A test compares them with what the program says today.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from briefpress import limits as limits_of_content
from briefpress.cli import main
from briefpress.console import EXIT_CODES
from briefpress.diagnostics import Code
from briefpress.limits import Limit
from briefpress.schemas import schemas

_WIDTH = 88
_RAISED = re.compile(r"(?<=[a-z])(?=[A-Z])")
HERE = Path(__file__).resolve().parent
CASES = [
    *HERE.parent.glob("tests/cases/*/expected.txt"),
    *HERE.parent.glob("tests/hostile/*/expected.txt"),
]


def command_line() -> str:
    """The help of every command and the exit codes, as Markdown."""
    parts = ["# The command line\n"]
    parts += [f"## {name}\n\n```text\n{text}```\n" for name, text in _helps()]
    rows = "\n".join(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items())
    parts.append(f"## Exit codes\n\n| code | what it means |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def _helps() -> Iterator[tuple[str, str]]:
    names = main.context_settings["help_option_names"]
    group = click.Context(
        main, info_name="briefpress", terminal_width=_WIDTH, help_option_names=names
    )
    yield "briefpress", main.get_help(group) + "\n"
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=group, terminal_width=_WIDTH)
        yield f"briefpress {name}", command.get_help(context) + "\n"


def diagnostics() -> str:
    """Every kind of fault, each with an example of how it is shown, as Markdown."""
    examples = _examples()
    return (
        "# Diagnostics\n\n"
        "Each fault is shown with its code, its place, the line it is on, what is wrong and how\n"
        "to mend it. `briefpress explain CODE` prints what stands here of it.\n"
        + "".join(f"\n## `{code}`\n\n{code.description}\n{examples.get(code, '')}" for code in Code)
    )


def _examples() -> dict[str, str]:
    """How the tests' cases show a fault, by its code; of several, the case that is named so."""
    examples = dict[str, str]()
    for file in sorted(CASES, key=lambda file: (file.parent.name not in [*Code], file)):
        for fault in file.read_text("utf-8").split("\n\n"):
            if of := re.search(r": error\[([a-z-]+)\]: ", fault):
                examples.setdefault(of[1], f"\n```text\n{fault.strip()}\n```\n")
    return examples


def limits() -> str:
    """Every limit, as a Markdown table."""
    found = [each for each in vars(limits_of_content).values() if isinstance(each, Limit)]
    rows = "\n".join(f"| {each.of} | {each} |" for each in found)
    return (
        "# Limits\n\n"
        "Content may come from a stranger, so it is held to limits, all of which stand in\n"
        "`briefpress/limits.py`. What passes one is a fault, at its place.\n\n"
        f"| of | at most |\n|---|---|\n{rows}\n"
    )


FILES = {
    "series": "series.yaml",
    "facts": "facts.yaml",
    "words": "en.yaml and its like",
    "labels": "labels/en.yaml and its like",
}


def keys() -> str:
    """Every key of every file, as Markdown tables, from what editors show of it."""
    parts = [
        "# Every key\n",
        "What each file may hold, and what each key says. Editors show the same, by the schemas\n"
        "that `briefpress schema` writes. [The content](content.md) says how it goes together.\n",
    ]
    for name, title in FILES.items():
        schema = json.loads(schemas()[f"{name}.schema.json"])
        parts.append(f"## {title}\n\n{_table_of(schema)}")
        for part, shape in sorted(schema.get("$defs", {}).items()):
            if shape["properties"]:
                heading = _RAISED.sub(" ", part.removesuffix("Entry")).lower()
                parts.append(f"### {heading}\n\n{shape['description']}\n\n{_table_of(shape)}")
    return "\n".join(parts)


def _table_of(shape: dict[str, Any]) -> str:
    needed = shape.get("required", [])
    rows = [
        f"| `{key}`{' (needed)' if key in needed else ''} | {_in_a_cell(of['description'])} |\n"
        for key, of in shape["properties"].items()
    ]
    return f"| key | what it says |\n|---|---|\n{''.join(rows)}"


def _in_a_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "command-line.md": command_line,
    "diagnostics.md": diagnostics,
    "limits.md": limits,
    "keys.md": keys,
    **{f"schemas/{name}": partial(str, text) for name, text in schemas().items()},
}

if __name__ == "__main__":
    for page, write in PAGES.items():
        (HERE / page).write_text(write(), "utf-8")
