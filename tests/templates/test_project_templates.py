"""A project's own templates: what they may change, in every format, and how they are forbidden."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.conftest import Briefpress
from tests.source import BRIEFING, ROOT
from tests.templates.conftest import BUILT_IN, Project

OWN = "Own cover of the project"


def said_in(project: Project, name: str = "alpha.en") -> dict[str, str]:
    """What each format of a briefing says."""
    folder = project.folder / "output" / name.partition(".")[0]
    with pdfium.PdfDocument(folder / f"{name}.pdf") as pdf:
        pages = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    with zipfile.ZipFile(folder / f"{name}.epub") as book:
        chapters = [book.read(each).decode() for each in book.namelist() if "xhtml" in each]
    page = (folder / f"{name}.html").read_text("utf-8")
    return {"pdf": pages, "epub": "".join(chapters), "html": page}


def with_own_cover(project: Project) -> None:
    project.add_to("labels/en.yaml", f"  own-cover: {OWN}\n")
    project.add_to("cover.html.j2", '<p>{{ labels["own-cover"] }}</p>')


def test_a_template_of_the_project_goes_before_the_built_in_one(project: Project) -> None:
    with_own_cover(project)
    said = project.build()
    assert said.exit_code == 0, said.output
    assert all(OWN in text for text in said_in(project).values())


def test_it_goes_before_the_theme_as_well(project: Project) -> None:
    with_own_cover(project)
    assert project.build("--theme", "plain", "--jobs", "2").exit_code == 0
    assert all(OWN in text for text in said_in(project).values())


def test_it_goes_to_other_processes(project: Project) -> None:
    with_own_cover(project)
    assert project.run("build", "--jobs", "2").exit_code == 0
    assert all(OWN in text for text in said_in(project, "beta.en").values())


def test_it_can_be_forbidden(project: Project) -> None:
    with_own_cover(project)
    project.put("labels/en.yaml", "no labels")
    project.put("css/theme.css", "{")
    said = project.build("--no-project-templates")
    assert said.exit_code == 0, said.output
    assert not any(OWN in text for text in said_in(project).values())
    for command in ("check", "list", "proof"):
        assert project.run(command).exit_code == 1
        assert project.run(command, "--no-project-templates").exit_code == 0


def test_the_folder_can_be_another(project: Project) -> None:
    with_own_cover(project)
    (project.folder / "templates").rename("looks")
    assert project.build().exit_code == 0
    assert not any(OWN in text for text in said_in(project).values())
    assert project.build("--templates", "looks").exit_code == 0
    assert all(OWN in text for text in said_in(project).values())
    assert project.build("--templates", project.folder / "looks").exit_code == 0


@pytest.mark.parametrize("command", ["build", "check", "list"])
def test_a_folder_that_isnt_there_is_a_fault(project: Project, command: str) -> None:
    said = project.run(command, "--templates", "none")
    assert said.exit_code == 1
    assert "none:1:1: error[missing-file]: there is no such folder of templates" in said.stderr


def test_a_folder_that_is_named_and_forbidden_is_a_wrong_use(project: Project) -> None:
    said = project.build("--templates", "looks", "--no-project-templates")
    assert said.exit_code == 2
    assert "exclude each other" in said.stderr


def test_in_a_checkout_the_folder_is_the_built_in_one(
    briefpress: Briefpress, tmp_path: Path
) -> None:
    arguments = ("build", "--format", "html", "--output")
    assert briefpress(*arguments, tmp_path / "a").returncode == 0
    assert briefpress(*arguments, tmp_path / "b", "--no-project-templates").returncode == 0
    a, b = (tmp_path.joinpath(name, BRIEFING, f"{BRIEFING}.en.html").read_bytes() for name in "ab")
    assert a == b
    assert briefpress("check", "--templates", ROOT / "templates").returncode == 0


# Labels


def ukrainian(project: Project) -> None:
    russian = (BUILT_IN / "labels" / "ru.yaml").read_text("utf-8")
    project.put("labels/uk.yaml", russian.replace("ru-RU", "uk-UA"))
    words = project.folder / "content" / "alpha" / "en.yaml"
    words.with_name("uk.yaml").write_text(words.read_text("utf-8"), "utf-8")


def test_a_project_brings_the_labels_of_a_language(project: Project) -> None:
    ukrainian(project)
    said = project.build("--language", "uk")
    assert said.exit_code == 0, said.output
    assert all("травень 1992" in text.lower() for text in said_in(project, "alpha.uk").values())
    assert project.run("proof").exit_code == 0
    assert "there are no labels" in project.run("proof", "--no-project-templates").stderr


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    "annex",
    ["Annex", "{number.__class__}", "{number:>1000000000}", "{number!r}", "{number} {0}", "{"],
)
def test_labels_are_filled_in_with_nothing_else(
    project: Project, language: str, annex: str
) -> None:
    """English ones too, though it is they that the others are held against."""
    labels = (BUILT_IN / "labels" / f"{language}.yaml").read_text("utf-8").splitlines()
    lines = [f"  annex: '{annex}'" if line.startswith("  annex:") else line for line in labels]
    project.put(f"labels/{language}.yaml", "\n".join(lines))
    words = project.folder / "content" / "alpha" / "en.yaml"
    if language == "ja":
        words.rename(words.with_name("ja.yaml"))
    said = project.run("check", "alpha", "--language", language)
    place = f"templates/labels/{language}.yaml:1:1: error[wrong-value]"
    assert f"{place}: {annex!r} can't be filled in" in said.stderr


def test_labels_that_are_missing_are_named(project: Project) -> None:
    labels = (BUILT_IN / "labels" / "en.yaml").read_text("utf-8")
    project.put("labels/en.yaml", labels.replace("  summary: Summary\n", ""))
    assert "error[missing-key]: the word 'summary' is missing" in project.run("check").stderr


# Stylesheets

DOT = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle r='9' fill='#fe0102'/></svg>"
)


def test_a_picture_of_the_templates_is_in_every_format(project: Project) -> None:
    project.put("pictures/dot.svg", DOT)
    project.put("css/theme.css", "body { background: url('../pictures/dot.svg') }")
    said = project.build()
    assert said.exit_code == 0, said.output
    with zipfile.ZipFile(project.folder / "output/alpha/alpha.en.epub") as book:
        style = book.read("EPUB/style.css").decode()
    page = (project.folder / "output/alpha/alpha.en.html").read_text("utf-8")
    assert "url(data:image/svg+xml;base64," in style
    assert "url(data:image/svg+xml;base64," in page
    assert "dot.svg" not in style + page
    with pdfium.PdfDocument(project.folder / "output/alpha/alpha.en.pdf") as pdf:
        assert (254, 1, 2) in pdf[0].render().to_pil().convert("RGB").get_flattened_data()


@pytest.mark.parametrize(
    "rule",
    [
        "@import 'http://127.0.0.1/x.css';",
        "@import url(own.css);",
        "h1 { background: url(http://127.0.0.1/x.png) }",
        "h1 { background: url(../none.png) }",
        "h1 { background: url(../../content/alpha/en.yaml) }",
    ],
)
def test_a_stylesheet_for_screens_loads_nothing_else(project: Project, rule: str) -> None:
    project.put("css/web.css", f"\n{rule}")
    said = project.build()
    assert "templates/css/web.css:2:1: error[template]" in said.stderr
    assert project.published() == []


def test_a_font_of_the_project_is_used(project: Project) -> None:
    fonts = project.folder / "templates" / "fonts"
    fonts.mkdir(parents=True)
    font = (BUILT_IN / "fonts" / "BriefpressSerif-Italic.ttf").read_bytes()
    (fonts / "Own.ttf").write_bytes(font)
    own = '@font-face { font-family: "Own"; src: url("../fonts/Own.ttf") }'
    faces = (BUILT_IN / "css" / "fonts.css").read_text("utf-8")
    project.put("css/fonts.css", f"{faces}\n{own}")
    tokens = (BUILT_IN / "css" / "tokens.css").read_text("utf-8")
    project.put("css/tokens.css", tokens.replace('--serif: "', '--serif: "Own", "'))
    said = project.build()
    assert said.exit_code == 0, said.output
    with zipfile.ZipFile(project.folder / "output/alpha/alpha.en.epub") as book:
        assert "EPUB/fonts/Own.ttf" in book.namelist()


# Templates that fail


def test_a_fault_shows_its_line(project: Project) -> None:
    project.put("cover.html.j2", "<p>\n  {{ nothing }}</p>\n")
    assert project.build().stderr == (
        "templates/cover.html.j2:2:3: error[template]: 'nothing' is undefined\n"
        " 2 |   {{ nothing }}</p>\n"
        "   |   ^^^^^^^^^^^^^^^^^\n"
        "   = use what templates are given, as docs/templates.md lists it\n\n1 fault\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("inlines.html.j2", "", "there is no macro 'text'"),
        ("cover.html.j2", "<p>\n<b>", "mismatched"),
        ("document.html.j2", "", "error["),
        ("epub/chapter.xhtml.j2", "<html><p></html>", "error["),
        ("epub/toc.ncx.j2", "{{ nothing }}", "templates/epub/toc.ncx.j2:1:1: error[template]"),
        ("web/document.html.j2", "", "error["),
        ("web/page-break.html.j2", "{{ nothing }}", "error[template]"),
        ("blocks/paragraph.html.j2", "", "error[proof-text]"),
        ("catalogue/index.html.j2", "{{ no }}", "templates/catalogue/index.html.j2:1:1: error"),
        ("css/tokens.css", "", "error["),
        ("css/fonts.css", "@font-face { src: url(../x.ttf); unicode-range: x }", "unicode-range"),
        ("css/fonts.css", "@font-face { src: url(../x.ttf) }", "there is no font '../x.ttf'"),
    ],
)
def test_templates_that_are_no_good_are_faults(
    project: Project, name: str, text: str, says: str
) -> None:
    project.put(name, text)
    said = project.build("--format-errors", "text")
    assert said.exit_code == 1
    assert says in said.stderr


def test_one_edition_with_faults_doesnt_hold_back_another(project: Project) -> None:
    """A template fails for one, and the other is published."""
    project.add_to("cover.html.j2", "{% if briefing.id == 'alpha' %}{{ nothing }}{% endif %}")
    said = project.run("build", "--format-errors", "json", "--format", "html")
    assert [fault["code"] for fault in json.loads(said.stdout)] == ["template"]
    assert {path.parent.name for path in project.published() if path.suffix == ".html"} == {
        "beta",
        "output",
    }


def test_words_that_a_template_adds_are_labels(project: Project) -> None:
    """The proof lets no words pass but those of the source and of labels."""
    project.add_to("labels/en.yaml", "  own-printing: Printed by me\n")
    project.add_to("cover.html.j2", "<p>Printed by hand</p>")
    said = project.build()
    assert said.exit_code == 1
    assert "Printed by hand' stands in" in said.stderr
    project.add_to("cover.html.j2", '<p>{{ labels["own-printing"] }}</p>')
    said = project.build()
    assert said.exit_code == 0, said.stderr
