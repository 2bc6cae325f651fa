"""What can be used is documented."""

from __future__ import annotations

import re

import click
import pytest

from briefpress.content import block_shapes, schema
from briefpress.content.shape import Shape
from briefpress.diagnostics import Code
from tests.command_line import COMMANDS
from tests.source import ROOT

DOCUMENTED = "\n".join(
    path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
)

OPTIONS = [
    (name, option)
    for name, command in COMMANDS.items()
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
]
# As `key` in a text, or as a key in an example.
KEYS_DOCUMENTED = {
    key
    for keys in re.findall(r"`([a-z-]+):?`|(?:^|[-{,]) *([a-z-]+):", DOCUMENTED, re.MULTILINE)
    for key in keys
}
KEYS = [
    (shape.__name__, field.alias or name)
    for shape in {**vars(schema), **vars(block_shapes)}.values()
    if isinstance(shape, type) and issubclass(shape, Shape)
    for name, field in shape.model_fields.items()
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_is_documented(command: str) -> None:
    assert f"briefpress {command}" in DOCUMENTED


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_the_option_is_documented(command: str, option: str) -> None:
    section = DOCUMENTED.partition(f"\n## briefpress {command}\n")[2].partition("\n## ")[0]
    assert option in section


@pytest.mark.parametrize("code", Code)
def test_the_diagnostic_is_documented(code: Code) -> None:
    assert f"`{code}`" in DOCUMENTED


@pytest.mark.parametrize(("shape", "key"), KEYS)
def test_the_key_is_documented(shape: str, key: str) -> None:  # noqa: ARG001 - shape is in the id
    assert key in KEYS_DOCUMENTED
