"""What other presses are given says what the briefing says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.corpus import write
from bench.edition import read
from bench.markdown import markdown
from briefpress import model
from briefpress.formats import Edition
from briefpress.pages import writer


@pytest.fixture(scope="module", params=["S", "M"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return read(write(request.param, tmp_path_factory.mktemp("content")))


def test_it_keeps_sections_with_their_levels_in_their_order(edition: Edition) -> None:
    found = re.findall(r"^(#+) .* \{#(.+)\}$", markdown(edition), re.MULTILINE)
    assert found == [("#" * level, s.id) for level, s in edition.briefing.all_sections()]


def test_it_keeps_every_date(edition: Edition) -> None:
    """As often as the briefing shows it, those of the cover left out."""
    written = writer(edition.labels)
    briefing, text = edition.briefing, markdown(edition)
    nodes = model.walk((briefing.summary, briefing.sections))
    dates = [model.words_of(n, written) for n in nodes if isinstance(n, model.DateMention)]
    assert dates
    for date in set(dates):
        assert text.count(date) >= dates.count(date)


def test_it_keeps_rows_cells_notes_and_pictures(edition: Edition) -> None:
    text = markdown(edition)
    nodes = [*model.walk((edition.briefing.summary, edition.briefing.sections))]
    for node in nodes:
        match node:
            case model.Row(cells=cells):
                row = [*([node.header] if node.header else []), *cells]
                plain = [model.text_of(cell, writer(edition.labels)) for cell in row]
                assert f"| {' | '.join(plain)} |" in text
            case model.Note(number=number):
                assert text.count(f"[^{number}]") == 2
            case model.Figure(file=file):
                assert f"]({file})" in text


def test_what_would_be_markup_is_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    section = "sections: [{id: a, title: A, blocks: [{prose: 'x \\* y \\[z\\] `#1|2`'}]}]"
    (folder / "en.yaml").write_text(f"title: A_b_c\nsummary: One # two\n{section}\n", "utf-8")
    text = markdown(read(tmp_path))
    assert 'title: "A_b_c"' in text
    assert r"x \* y \[z\] `#1|2`" in text
