"""What is as the source says passes the proof, however it looks: a false alarm stops a press."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from briefpress import press
from briefpress.tasks import find_tasks

FACTS = """\
events:
  first: {date: 1992-05, source: report}
  second: {date: 1994-04-12, kind: visit, people: [doe], source: report}
  span: {date: 1997-07/1997-08}
  roughly: {date: 1999-09~}
  never: {after: second, kind: visit}
people:
  doe: {family: Doe, given: Jane}
sources:
  report: {title: Report 12, date: 1994-05, author: J. Doe}
"""

WORDS = """\
title: A briefing of 2024, {first|the first}
summary: |
  In {first}, {second}, {span} and {roughly}, then {never|another}.[^report|page 1] By {@doe}.
literal: [of 2024, "1995"]
events:
  first: The first
  second: {says: 'The second, after {first}', office: Envoy}
  span: The third
  roughly: The fourth
  never: {says: The last, office: Envoy}
sections:
  - id: only
    title: Only
    blocks:
"""

BLOCKS = {
    "a number in a cell before a month": """
        - table:
            caption: Visits
            head: [Number, Month, Year]
            rows: [["12", "{first}", "1995"], ["28", "{first}", ""]]
            numeric: [Number]
        """,
    "a numbered list of months": """
        - prose: |
            1. {first} was the first.
            2. {span} was the second.
        """,
    "a footnote before a month": """
        - prose: |
            It came.[^report|page 2] {first} was early. It came again.[^report|page 12]
            {first} was early still.[^report|page 1]
        """,
    "a document whose title ends in a number": """
        - documents:
            - {title: Number 12, event: first, says: "{first} it was."}
            - {title: Number 28, event: never, says: It was.}
        """,
    "words for dates that other words have in them": """
        - prose: |
            The second {first|day} of the days, the {second|second *and* last}, day after day, was
            {first|12}.
        """,
    "a date that stands where another was allowed": """
        - prose: |
            The law of 2024 came after {first} 1995, and 1995 it was.
        """,
    "events that are dated and one that is not": """
        - chronology:
        - visits: {caption: Visits}
        - people:
        - sources:
        - index:
        """,
    "dates in titles of boxes and facts, in quotes and lists": """
        - box: {title: "Since {first}", text: "Box of {second}"}
        - margin-facts: {title: "On {second}", facts: [{label: "In {span}", value: "{first}"}]}
        - quote: {text: "Said in {span}", by: "Doe, {first}"}
        - key-points: ["{first} 12", "{first} and {roughly}"]
        - prose: |
            - {first}

              - {second}
                1. {first}
              - 12

            > {first}
            > {second}
        """,
    "code that looks like a date": """
        - prose: |
            The parser reads `1995` and `12` {first} times.

                1995
                12
        """,
}


def build(tmp_path: Path, words: str, series: str = "") -> list[str]:
    """What is wrong with a briefing's files, by the proof of a build."""
    folder = tmp_path / "content" / "small"
    folder.mkdir(parents=True)
    if series:
        (folder.parent / "series.yaml").write_text(f"title: {series}\n")
    (folder / "facts.yaml").write_text(FACTS)
    (folder / "en.yaml").write_text(words)
    (task,) = find_tasks(tmp_path / "content", tmp_path / "output")
    return [f"{f.span.line}: {f.code}: {f.message}" for f in press.build_one(task).faults]


@pytest.mark.parametrize("what", BLOCKS)
def test_passes(tmp_path: Path, what: str) -> None:
    blocks = indent(dedent(BLOCKS[what]), " " * 6)
    assert build(tmp_path, WORDS + blocks) == []


TABLE = """\
      - table:
          caption: In {span}
          head: [In, "{second}"]
          rows:
"""


def test_a_date_in_the_head_of_a_table_over_many_pages_passes(tmp_path: Path) -> None:
    rows = "".join(f"            - [Row, '{{first}}, {n}']\n" for n in range(150))
    assert build(tmp_path, WORDS + TABLE + rows) == []


PARAGRAPH = """
          Paragraph {n} tells of {{first}}, of {{second}} and again of {{span}}, and of the law of
          2024, {{roughly|about that time}}.[^report|page {n}]
"""


def test_dates_over_many_pages_pass(tmp_path: Path) -> None:
    prose = "".join(PARAGRAPH.format(n=n) for n in range(120))
    assert build(tmp_path, f"{WORDS}      - prose: |\n{prose}") == []


def test_hyphens_at_the_ends_of_lines_pass(tmp_path: Path) -> None:
    """PDFium takes them for signs of a word that is broken."""
    compounds = " ".join(f"{'a' * n}-half-forgotten" for n in range(1, 40))
    assert build(tmp_path, f"{WORDS}      - prose: {compounds}\n") == []


TWIN = """
  - id: twin-{n}
    title: The same
    numbered: false
    blocks:
      - prose: In {{{event}}}.
    sections:
      - {{id: below-{n}, title: "In {{first}}", numbered: false, blocks: [prose: "In {{span}}"]}}
"""


def test_sections_of_one_title_pass(tmp_path: Path) -> None:
    twins = TWIN.format(n=1, event="first") + TWIN.format(n=2, event="second")
    assert build(tmp_path, f"{WORDS}      - prose: First.\n{twins}") == []


NAMES = ["Briefpress", "Briefpress 0", "Made with", "B"]


@pytest.mark.parametrize("name", NAMES)
def test_a_series_called_as_its_briefing_and_sections_are_passes(tmp_path: Path, name: str) -> None:
    """What it is called may stand anywhere, and other words begin like it, a label's among them."""
    words = WORDS.replace("A briefing of 2024, {first|the first}", name).replace("Only", name)
    prose = f"It is {name} 12, and {name}.\n"
    assert build(tmp_path, f"{words}      - prose: {prose}", series=name) == []


TWICE = """\
      - prose: |
          The law of May-like days, {first}; {first}, and [May 1992](https://example.org/) again,
          then {first} and [May 1992](https://example.org/) *and* {first|May 1992}, May of 1992.
      - box: {title: "{first}", text: "{first} {first}"}
      - chronology:
      - visits: {caption: "{first}"}
"""


def test_the_same_words_with_and_without_marks_pass(tmp_path: Path) -> None:
    words = WORDS.replace('literal: [of 2024, "1995"]', "literal: [of 2024, May 1992, May of 1992]")
    assert build(tmp_path, f"{words}{TWICE}") == []
