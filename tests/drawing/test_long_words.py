"""Words that don't break by themselves, in what is published of charts and timelines."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.casebook import BASE
from tests.conftest import Briefpress
from tests.readers import poppler

CHART = """\
      - chart:
          type: line
          caption: Long
          alt: Two lines
          head: [year, share, rest]
          rows: [["2001", "1", "2"], ["2002", "2", "3"]]
          dates: {{field: year, title: Year}}
          values: [{{field: share, title: Share}}, {{field: rest, title: {title}}}]
"""


def content(folder: Path, blocks: str, **replaced: str) -> None:
    shutil.copytree(BASE, folder / "content")
    file = folder / "content" / "note" / "en.yaml"
    text = file.read_text("utf-8").replace("      - table:\n", f"{blocks}      - table:\n", 1)
    for old, new in replaced.items():
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def test_the_table_below_a_chart_stays_on_the_page(briefpress: Briefpress, tmp_path: Path) -> None:
    content(tmp_path, CHART.format(title="Share" * 16))
    done = briefpress("build", "--language", "en", "--format", "pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout
    markup = poppler("pdftotext", "-bbox", tmp_path / "output/note/note.en.pdf", "-")
    (width,) = {float(each) for each in re.findall(r'<page width="([\d.]+)', markup)}
    ends = re.findall(r'xMax="([\d.]+)"[^>]*>\w*ShareShare', markup)
    assert ends
    assert all(float(end) < width - 30 for end in ends)


def test_a_chart_without_room_is_a_fault_at_its_block(
    briefpress: Briefpress, tmp_path: Path
) -> None:
    content(tmp_path, CHART.format(title="W" * 400))
    done = briefpress("build", "--language", "en", "--format", "html", cwd=tmp_path)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "content/note/en.yaml:49:" in said
    assert "error[too-large]: the words around the chart leave no room" in said


def test_a_timeline_says_as_much_of_a_long_word_as_there_is_room_for(
    briefpress: Briefpress, tmp_path: Path
) -> None:
    block = "      - timeline: {alt: A, caption: B}\n"
    content(tmp_path, block, **{"The treaty is signed": "W" * 200})
    done = briefpress("build", "--language", "en", "--format", "html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout


def test_what_has_no_room_on_a_narrow_screen_is_shown_there_as_on_paper(
    briefpress: Briefpress, tmp_path: Path
) -> None:
    content(tmp_path, CHART.format(title="W" * 120))
    done = briefpress("build", "--language", "en", "--format", "html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout
    page = (tmp_path / "output/note/note.en.html").read_text("utf-8")
    assert 'class="drawn chart"' in page
    assert "<source" not in page
