"""The README says what is so."""

from __future__ import annotations

import re

import pytest

from tests.command_line import COMMANDS
from tests.source import ROOT
from validators.__main__ import VALIDATORS
from validators.verdict import Validator

README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z-]+)`", README))))
def test_the_target_is_there(target: str) -> None:
    assert f"\n{target}: " in MAKEFILE


@pytest.mark.parametrize("command", sorted(set(re.findall(r"\bbriefpress ([a-z]+)\b", README))))
def test_the_command_is_there(command: str) -> None:
    assert command in COMMANDS


@pytest.mark.parametrize("validator", VALIDATORS, ids=lambda each: f"{each.name}, {each.about}")
def test_the_validator_is_named(validator: Validator) -> None:
    assert validator.name in README.replace("\n", " ")


def test_it_can_be_read_in_a_few_minutes() -> None:
    assert len(README.splitlines()) < 120
