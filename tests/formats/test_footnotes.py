"""No footnote is lost, wherever on a page its call comes to stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpress import press
from briefpress.proof.readers import read_pdf
from briefpress.tasks import find_tasks

FACTS = "sources:\n  report: {title: Report}\n"
WORDS = """\
title: Footnotes
summary: |
{summary}
sections:
  - id: talks
    title: Text
    blocks:
      - prose: |
{text}
{last}"""
SENTENCE = "The talks went on for a while, and nobody who took part in them wrote down why. "


def notes_of(
    folder: Path, summary: list[str], text: list[str], last: str = "      - sources:\n"
) -> list[str]:
    """The numbers of the footnotes of a PDF."""
    briefing = folder / "content" / "notes"
    briefing.mkdir(parents=True)
    (briefing / "facts.yaml").write_text(FACTS)
    words = WORDS.format(
        summary="\n".join(f"  {line}" for line in summary),
        text="\n".join(f"          {line}" for line in text),
        last=last,
    )
    (briefing / "en.yaml").write_text(words)
    (task,) = find_tasks(folder / "content", folder / "out", formats=["pdf"])
    outcome = press.build_one(task)
    assert outcome.faults == ()
    return [note.heading for note in read_pdf(outcome.proved[0].artefact.data).notes]


@pytest.mark.parametrize("lines", range(1, 3))
def test_of_a_summary_that_runs_over_pages_made_anew(tmp_path: Path, lines: int) -> None:
    """The contents below it are set a second time, once the numbers of the pages are known."""
    items = [f"{n}. {SENTENCE * (1 + n % 2)}[^report|page {n}]" for n in range(1, 26)]
    summary = [SENTENCE * lines, "", *items]
    assert notes_of(tmp_path, summary, ["Text."]) == [str(n) for n in range(1, 26)]


@pytest.mark.parametrize("words", range(0, 60, 20))
def test_of_the_last_lines_of_pages(tmp_path: Path, words: int) -> None:
    paragraphs = [
        f"{SENTENCE}{'word ' * (words + n % 7)}[^report|page {n}] {SENTENCE}[^report|no. {n}]\n"
        for n in range(1, 61)
    ]
    text = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    assert notes_of(tmp_path, ["Short."], text) == [str(n) for n in range(1, 121)]


def test_of_a_last_page_that_holds_nothing_else(tmp_path: Path) -> None:
    text = " ".join(f"word[^report|page {n}]" for n in range(1, 61))
    assert notes_of(tmp_path, ["Short."], [text], last="") == [str(n) for n in range(1, 61)]


def test_of_a_line_that_is_kept_on_its_page(tmp_path: Path) -> None:
    """Room is made for it by carrying over the footnotes of lines before it."""
    before = "\\\n".join(["Line"] * 39)
    kept = "One\\\ntwo[^report|page 3]\\\nthree\\\nfour\\\nfive\\\nsix"
    text = f"{before}[^report|page 1][^report|page 2]\n\n{kept}".split("\n")
    assert notes_of(tmp_path, ["Short."], text) == ["1", "2", "3"]
