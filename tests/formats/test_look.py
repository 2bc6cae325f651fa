"""Themes and papers: templates and stylesheets alone make another book of the same words."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result

from briefpress import press, tasks
from briefpress.cli import main
from briefpress.diagnostics import Diagnostic
from briefpress.look import Templates, themes
from briefpress.tasks import find_tasks
from tests.conftest import FORMATS, Briefpress, Build, put_down
from tests.formats.conformance import faults_of
from tests.formats.conftest import SPECIMEN
from tests.readers import poppler, read
from tests.source import BRIEFING, ROOT

A4, LETTER = "595.276 x 841.89 pts (A4)", "612 x 792 pts (letter)"


def run(*arguments: str | Path) -> Result:
    """Run a command in this process, which is quicker."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def has_colour(file: Path) -> bool:
    """Whether any pixel of a PDF's pages is something else than grey."""
    with pdfium.PdfDocument(file) as document:
        images = [page.render(scale=0.5).to_pil().convert("RGB") for page in document]
    return any(len({*pixel}) > 1 for image in images for _, pixel in image.getcolors(1 << 24) or ())


def colours(css: str) -> set[str]:
    """The colours that are written in a stylesheet or page, other than greys."""
    css = re.sub(r"url\([^)]*\)", "", css)
    written = re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b(?=[;} ])", css, re.IGNORECASE)
    return {c for c in written if len({*re.findall("." * (len(c) // 3), c)}) > 1}


# The plain theme


@pytest.fixture(scope="session")
def plain(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The real briefing in the plain theme."""
    output = tmp_path_factory.mktemp("plain")
    said = briefpress("build", "--theme", "plain", "--output", output)
    assert said.returncode == 0, said.stderr
    return Build(output, said)


def test_the_specimen_can_be_set_in_each_theme(briefpress: Briefpress, tmp_path: Path) -> None:
    for theme in themes()[1:]:  # the first is the default, which other tests build
        folders = ("--content", SPECIMEN, "--output", tmp_path / theme)
        said = briefpress("build", *folders, "--theme", theme, "--jobs", "2")
        assert said.returncode == 0, said.stderr
        assert said.stdout.count("proved") == 2 * len(FORMATS)


@pytest.mark.parametrize("format_name", ["epub", "html"])
def test_the_plain_theme_changes_no_words(built: Build, plain: Build, format_name: str) -> None:
    """The cover has the series in another place, which is a template's doing."""
    (cover, *ours), (other_cover, *theirs) = (
        read(build.file(format_name)) for build in (plain, built)
    )
    assert ours == theirs
    assert cover.heading == other_cover.heading
    assert cover.text.startswith("Diplomatic ties, high-level visits and cooperation Country")


def test_the_plain_pdf_is_accessible_and_archival(plain: Build) -> None:
    assert faults_of(plain.file("pdf")) == []


def test_the_plain_pages_have_no_colour(built: Build, plain: Build) -> None:
    assert has_colour(built.file("pdf"))
    assert not has_colour(plain.file("pdf"))


def test_the_plain_screens_have_no_colour(built: Build, plain: Build) -> None:
    def written(build: Build) -> Iterator[set[str]]:
        for page in (build.file("html"), build.output / "index.html"):
            yield colours(page.read_text("utf-8"))
        with zipfile.ZipFile(build.file("epub")) as book:
            yield colours(book.read("EPUB/style.css").decode())

    assert all(written(built))
    assert not any(written(plain))


def test_the_plain_page_has_a_dark_scheme(plain: Build) -> None:
    page = plain.file("html").read_text("utf-8")
    _, dark = page.split("(prefers-color-scheme: dark)")
    assert "--paper: #000000" in dark
    assert "--ink: #ffffff" in dark


def test_only_the_faces_of_the_theme_are_embedded(plain: Build) -> None:
    with zipfile.ZipFile(plain.file("epub")) as book:
        fonts = [name for name in book.namelist() if name.endswith(".ttf")]
    assert fonts
    assert [name for name in fonts if "Serif" not in name] == []
    assert not re.search(r"font-family: \"Briefpress Sans", plain.file("html").read_text("utf-8"))


# Which one it is


@pytest.mark.parametrize(
    ("series", "options", "is_plain"),
    [
        ("theme: plain", (), True),
        ("theme: default", (), False),
        ("theme: plain", ("--theme", "default"), False),
        ("title: Series", ("--theme", "plain"), True),
    ],
)
def test_the_command_chooses_the_theme_before_the_series(
    content: Path, series: str, options: tuple[str, ...], is_plain: bool
) -> None:
    (content / "series.yaml").write_text(f"{series}\n")
    output = content.parent / "out"
    said = run("build", "--content", content, "--output", output, "--format", "html", *options)
    assert said.exit_code == 0, said.output
    for page in (output / "alpha" / "alpha.en.html", output / "index.html"):
        assert (colours(page.read_text("utf-8")) == set()) is is_plain


@pytest.mark.parametrize(
    ("series", "options", "size"),
    [
        ("title: Series", (), A4),
        ("paper: letter", (), LETTER),
        ("paper: letter", ("--paper", "a4"), A4),
        ("title: Series", ("--paper", "letter"), LETTER),
        ("theme: plain", ("--paper", "letter"), LETTER),
    ],
)
def test_the_command_chooses_the_paper_before_the_series(
    content: Path, series: str, options: tuple[str, ...], size: str
) -> None:
    (content / "series.yaml").write_text(f"{series}\n")
    output = content.parent / "out"
    folders = ("--content", content, "--output", output)
    assert run("build", "alpha", *folders, "--format", "pdf", *options).exit_code == 0
    file = output / "alpha" / "alpha.en.pdf"
    sizes = re.findall(r"Page.*size: +(.*)", poppler("pdfinfo", "-l", "99", file))
    assert set(sizes) == {size}
    cover, second, *_ = poppler("pdftotext", file, "-").split("\f")
    assert "Alpha" in cover
    assert "Summary" in second.splitlines()


@pytest.mark.parametrize(
    ("option", "known"), [("--theme", "'default', 'plain'"), ("--paper", "'a4', 'letter'")]
)
def test_what_there_is_not_is_a_wrong_use(option: str, known: str) -> None:
    said = run("build", option, "../../content")
    assert said.exit_code == 2
    assert f"'../../content' is not one of {known}" in said.stderr


# A theme of one's own


def faults_in(tmp_path: Path, theme: dict[str, str]) -> tuple[Diagnostic, ...]:
    """What is wrong with the real briefing's PDF in a theme of some files."""
    for name, text in theme.items():
        (tmp_path / "theme" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "theme" / name).write_text(text, "utf-8")
    (task,) = find_tasks(ROOT / "content", tmp_path / "output", formats=["pdf"])
    templates = Templates((tmp_path / "theme", ROOT / "templates"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "find_templates", lambda _: templates)
        outcome = press.build_one(task)
    if not outcome.faults:
        put_down(outcome)
    return outcome.faults


def test_a_theme_may_bring_its_tokens_alone(tmp_path: Path) -> None:
    tokens = (ROOT / "templates" / "css" / "tokens.css").read_text("utf-8")
    grey = re.sub(r"#[0-9a-f]{6}", "#333333", tokens)
    assert faults_in(tmp_path, {"css/tokens.css": grey}) == ()
    assert not has_colour(tmp_path / "output" / BRIEFING / f"{BRIEFING}.en.pdf")


DOT = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='4' fill='red'/></svg>"
)


def test_an_address_in_a_stylesheet_counts_from_its_folder(tmp_path: Path) -> None:
    files = {
        "css/theme.css": "body { background: url(dots/dot.svg) }",
        "css/dots/dot.svg": DOT,
        "css/tokens.css": (ROOT / "templates/themes/plain/css/tokens.css").read_text("utf-8"),
    }
    assert faults_in(tmp_path, files) == ()
    assert has_colour(tmp_path / "output" / BRIEFING / f"{BRIEFING}.en.pdf")


def test_a_theme_that_loses_a_section_is_found_out(tmp_path: Path) -> None:
    template = (ROOT / "templates" / "section.html.j2").read_text("utf-8")
    without = f'{{% if section.id != "details" %}}{template}{{% endif %}}'
    assert faults_in(tmp_path, {"section.html.j2": without}) != ()
    assert not (tmp_path / "output").exists()


def test_an_added_stylesheet_must_be_sound(tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path, {"css/theme.css": "p { colour: red }"})
    assert "colour" in fault.message
