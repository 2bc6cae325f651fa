"""A mark that is taken from its words, and put on the same words elsewhere, is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpress.formats import Edition
from briefpress.proof import examine
from briefpress.proof.expect import expect
from briefpress.tasks import find_tasks, read_edition
from tests.proof.alterations import Alteration, Trees, publish

FACTS = "events:\n  first: {date: 1992-05}\n"
WORDS = """\
title: A lake
summary: A summary.
literal: [May 1992]
events: {first: The first}
sections:
  - id: only
    title: Only
    blocks:
      - prose: |
          It was [blue](https://example.org/) and then *blue*; it was [salt]{lang=fr} and *salt*;
          it was {first} and *May 1992*.
"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    folder = tmp_path / "content" / "lake"
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text(FACTS)
    (folder / "en.yaml").write_text(WORDS)
    (task,) = find_tasks(tmp_path / "content", tmp_path / "output")
    briefing, labels = read_edition(task)
    return Edition(briefing, labels, folder, task.templates, epoch=0)


def exchanging(words: str) -> Alteration:
    """What is said of words is said of those in emphasis instead, which are the same."""

    def alter(trees: Trees) -> None:
        elements = [each for tree in trees for each in tree.iter("{*}*") if each.text == words]
        marked, emphasised = elements
        assert str(emphasised.tag).endswith("em")
        marked.tag, emphasised.tag = emphasised.tag, marked.tag
        emphasised.attrib.update(marked.attrib)
        marked.attrib.clear()

    return alter


def faults_of(edition: Edition, format_name: str, alteration: Alteration) -> list[tuple[str, int]]:
    data = publish(format_name, edition, alteration)
    found = examine.prove(data, expect(edition.briefing, edition.labels), f"lake.{format_name}")
    return [(str(fault.code), fault.span.line) for fault in found]


CASES = [
    *(("blue", "proof-link", name) for name in ("pdf", "epub", "html")),
    *(("salt", "proof-language", name) for name in ("pdf", "epub", "html")),
    *(("May 1992", "proof-date", name) for name in ("epub", "html")),
]


@pytest.mark.parametrize(("words", "code", "format_name"), CASES)
def test_is_noticed(edition: Edition, words: str, code: str, format_name: str) -> None:
    assert faults_of(edition, format_name, lambda _: None) == []
    assert [each for each, _ in faults_of(edition, format_name, exchanging(words))] == [code]
