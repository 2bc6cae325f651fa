"""A change of the pages is seen and shown, and what nobody would see is let pass."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from briefpress import press, tasks
from briefpress.look import Templates
from briefpress.tasks import find_tasks
from tests.conftest import put_down
from tests.formats.conftest import SPECIMEN
from tests.source import ROOT
from tests.visual.pictures import TOLERANCE, Album, drawn, error

SetWith = Callable[[str], Path]
"""Makes the specimen's PDF, with some CSS added to that of the templates."""

CHANGES = {
    "another blue": ":root { --accent: #0b3c66 }",
    "another tint under the summary": ":root { --tint: #f6f1f1 }",
    "a figure 2 mm to the right": "figure { position: relative; left: 2mm }",
    "a box 2 mm lower": ".box { position: relative; top: 2mm }",
    "a quotation a point to the right": "blockquote { position: relative; left: 1pt }",
    "no line above footnotes": "@page { @footnote { border-top-color: white } }",
    "no lines on the cover": ".imprint div { border-color: white !important }",
    "dashes for bullets": 'ul { list-style-type: "–\\2002" }',
}


@pytest.fixture(scope="module")
def set_with(tmp_path_factory: pytest.TempPathFactory) -> SetWith:
    def build(css: str) -> Path:
        folder = tmp_path_factory.mktemp("specimen")
        (folder / "css").mkdir()
        (folder / "css" / "theme.css").write_text(css, "utf-8")
        (task,) = find_tasks(SPECIMEN, folder, languages=["en"], formats=["pdf"])
        templates = Templates((folder, ROOT / "templates"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tasks, "find_templates", lambda _: templates)
            put_down(press.build_one(task))
        return task.target("pdf")

    return build


@pytest.fixture(scope="module")
def pages(set_with: SetWith) -> list[Image.Image]:
    return list(drawn(set_with("")))


@pytest.mark.parametrize("change", CHANGES)
def test_a_small_change_is_seen(set_with: SetWith, pages: list[Image.Image], change: str) -> None:
    changed = drawn(set_with(CHANGES[change]))
    assert any(
        before is None or after is None or error(before, after).max() > TOLERANCE
        for before, after in zip_longest(pages, changed)
    )


def test_what_is_rounded_in_another_way_is_let_pass(pages: list[Image.Image]) -> None:
    levels = np.asarray(pages[2]).astype(int)
    noise = np.random.default_rng(1).integers(-2, 3, levels.shape)
    rounded = Image.fromarray(np.clip(levels + noise, 0, 255).astype(np.uint8))
    assert 0 < error(pages[2], rounded).max() <= TOLERANCE


# Albums


def page(*words: str, size: tuple[int, int] = (120, 60)) -> Image.Image:
    """A page with a word a line."""
    picture = Image.new("RGB", size, "white")
    for line, word in enumerate(words):
        ImageDraw.Draw(picture).text((5, 5 + 15 * line), word, fill="black")
    return picture


@pytest.fixture
def album(tmp_path: Path) -> Album:
    """Two pages."""
    made = Album(tmp_path / "pages" / "note.en", tmp_path / "differences")
    made.bless([page("one"), page("two", "lines")])
    return made


def test_the_same_pages_have_no_faults(album: Album) -> None:
    assert album.faults([page("one"), page("two", "lines")]) == []
    assert not album.differences.exists()


def test_a_page_more_or_fewer_is_said(album: Album) -> None:
    assert album.faults([page("one")]) == ["note.en has 1 pages, and had 2"]
    more = [page("one"), page("two", "lines"), page("three")]
    assert album.faults(more) == ["note.en has 3 pages, and had 2"]


def test_a_difference_is_shown_and_named(album: Album) -> None:
    before, after = page("two", "lines"), page("two", "limes")
    (fault,) = album.faults([page("one"), after])
    file = album.differences / "note.en.02.png"
    assert fault.startswith("note.en, page 2: ")
    assert fault.endswith(f"see {file}")
    with Image.open(file) as sheet:
        old, new, where = (
            sheet.crop((left, 0, left + 120, 60)).convert("RGB") for left in (0, 132, 264)
        )
    assert (old, new) == (before, after)
    reddest = {
        (x, y) for x in range(120) for y in range(60) if where.getpixel((x, y)) == (255, 0, 0)
    }
    assert reddest
    assert all(15 <= y < 40 for _, y in reddest)  # around the second line, and nowhere else


def test_a_page_of_another_size_differs(album: Album) -> None:
    (fault,) = album.faults([page("one"), page("two", "lines", size=(124, 58))])
    assert fault.startswith("note.en, page 2: ")


def test_pictures_of_an_earlier_difference_go(album: Album) -> None:
    album.faults([page("one"), page("two", "limes")])
    album.faults([page("one"), page("two", "lines")])
    assert list(album.differences.iterdir()) == []


def test_what_is_blessed_has_no_faults(album: Album) -> None:
    for pages in ([page("1"), page("two"), page("3")], [page("one")]):
        assert album.faults(pages) != []
        album.bless(pages)
        assert album.faults(pages) == []


def test_a_picture_that_hardly_differs_stays(album: Album) -> None:
    first = album.folder / "01.webp"
    old = first.read_bytes()
    hardly = page("one").point(lambda level: max(level - 1, 0))
    album.bless([hardly, page("two", "limes")])
    assert first.read_bytes() == old
