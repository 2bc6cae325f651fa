"""`briefpress import`: a document becomes a draft that is checked, built and read back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from lxml import html

from briefpress.cli import main
from briefpress.extras import how_to_install
from tests.drafts.documents import SAID, lay_down
from tests.test_typed_dates import LANGUAGES, SENTENCES, written


def imported(file: Path, *arguments: str) -> Result:
    """Run `briefpress import` with a content folder beside the document."""
    content = file.parent / "content"
    return CliRunner().invoke(main, ["import", str(file), "--content", str(content), *arguments])


def checked(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--content", str(folder / "content"), *arguments])


def words_of(folder: Path, name: str = "lake", language: str = "en") -> dict[str, object]:
    """The draft's words as any reader of YAML has them."""
    file = folder / "content" / name / f"{language}.yaml"
    read: dict[str, object] = yaml.safe_load(file.read_text("utf-8"))
    return read


def drafted(tmp_path: Path, text: str, *arguments: str) -> tuple[str, Result]:
    """The YAML made of a text in Markdown, and what was said."""
    file = tmp_path / "text.md"
    file.write_text(text, "utf-8")
    result = imported(file, *arguments)
    assert result.exit_code == 0, result.output
    return next((tmp_path / "content" / "text").glob("??.yaml")).read_text("utf-8"), result


@pytest.fixture(params=["md", "docx", "odt"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return lay_down(tmp_path, request.param)


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_a_document_is_built_into_every_format_with_all_its_words(
    tmp_path: Path, ending: str
) -> None:
    result = imported(lay_down(tmp_path, ending))
    assert result.exit_code == 0, result.output
    content, output = str(tmp_path / "content"), tmp_path / "output"
    _write_the_missing_words(tmp_path / "content" / "lake" / "en.yaml")

    built = CliRunner().invoke(main, ["build", "--content", content, "--output", str(output)])

    assert built.exit_code == 0, built.output
    assert {p.suffix for p in (output / "lake").iterdir()} >= {".pdf", ".epub", ".html"}
    page = " ".join(html.parse(output / "lake" / "lake.en.html").getroot().text_content().split())
    for said in SAID:
        # Straight quotes are those of the language; the marks of notes are the press's.
        assert said in page, said


def _write_the_missing_words(words: Path) -> None:
    """What a person does with a draft of a .docx: Word knows no language of the two letters."""
    text = words.read_text("utf-8")
    words.write_text(re.sub(r"(?<!\[)渡辺", "[渡辺]{lang=ja}", text), "utf-8")


def test_a_draft_is_pleasant_to_edit(tmp_path: Path) -> None:
    imported(lay_down(tmp_path))
    draft = (tmp_path / "content" / "lake" / "en.yaml").read_text("utf-8")
    assert max(map(len, draft.splitlines())) <= 100
    assert draft == (Path(__file__).parent / "lake.yaml").read_text("utf-8")


def test_a_draft_of_markdown_has_no_faults(tmp_path: Path) -> None:
    imported(lay_down(tmp_path))
    assert checked(tmp_path).output == "1 edition checked, no faults\n"


def test_a_package_s_draft_has_only_faults_that_a_person_has_to_mend(document: Path) -> None:
    assert imported(document).exit_code == 0
    result = checked(document.parent)
    codes = set(re.findall(r"error\[([a-z-]+)\]", result.stderr))
    assert codes <= {"empty-section", "unmarked-language"}


def test_facts_and_pictures_lie_in_the_draft(document: Path) -> None:
    imported(document)
    folder = document.parent / "content" / "lake"
    facts = yaml.safe_load((folder / "facts.yaml").read_text("utf-8"))
    if document.suffix != ".odt":  # in which a date is a paragraph
        assert str(facts["issued"]) == "2026-11-23"
    assert facts["sources"]["note-1"]["title"].startswith("Water Office, *Annual report {1992}*")
    assert (folder / "figures" / "figure-1.png").read_bytes() == document.with_name(
        "lake.png"
    ).read_bytes()


def test_what_a_person_has_to_look_at_is_listed_with_its_place(tmp_path: Path) -> None:
    draft, result = drafted(
        tmp_path,
        "# One\n\nThey met on 12/05/1992 and [here](javascript:alert(1)).\n\n![](gone.png)\n\n"
        "<script>alert(2)</script>\n\n~~struck~~\n",
    )
    lines = draft.splitlines()
    for words, message in [
        ("12/05/1992", "it can't be told which date this is"),
        ("here", "the link to 'javascript:alert(1)' is left out, and its words stay"),
        ("struck", "words that were struck out are set as others are"),
    ]:
        match = re.search(rf"en\.yaml:(\d+):(\d+): {re.escape(message)}", result.output)
        assert match, message
        assert lines[int(match[1]) - 1][int(match[2]) - 1 :].startswith(words)
    assert "'<script>alert(2)</script>' isn't text, and is left out" in result.output
    assert "the picture 'gone.png' is left out" in result.output
    assert "script" not in draft
    assert "{" not in draft.replace("{}", "")


TYPED = [
    "a *b* **c** d",
    "{braces} and \\* stars \\` ticks &amp; &copy; &amp;amp;",
    "\\# \\- \\+ 1\\. \\> \\| x",
    "snake_case and \\_lonely\\_",
    "x^2^ [a] (b) ! [^c] <d> \\<e\\>",
    "5 < 6 > 4, C:\\\\path, a~b",
    "'single' \"double\"",
    "key: value # no comment",
    "「**強調**」は**「別」**です",
]


def test_whatever_is_typed_is_read_as_it_was_typed(tmp_path: Path) -> None:
    """The words of a paragraph, a heading, a cell and a list item come back the same."""
    parts = [
        f"# T {typed}\n\n{typed}\n\n- {typed}\n\n"
        f"| {typed.replace('|', '')} |\n|---|\n| b |\n\n: Caption\n"
        for typed in TYPED
    ]
    text = "---\ntitle: t\nabstract: s\nlang: ja\n---\n\n" + "\n".join(parts)
    drafted(tmp_path, text)
    assert checked(tmp_path, "--language", "ja").output == "1 edition checked, no faults\n"

    page = _built_page(tmp_path, "ja")

    for typed in TYPED:
        plain = " ".join(html.fromstring(_plain_html(typed)).text_content().split())
        # In Japanese, quotes are brackets.
        assert _straight(page).count(_straight(plain)) >= 3, typed


def _built_page(tmp_path: Path, language: str) -> str:
    """The words of the web page that is made of the draft."""
    folders = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "output")]
    command = ["build", *folders, "--format", "html", "--language", language]
    built = CliRunner().invoke(main, command)
    assert built.exit_code == 0, built.output
    page = (tmp_path / "output" / "text" / f"text.{language}.html").read_text("utf-8")
    return " ".join(html.fromstring(page).text_content().split())


def _plain_html(typed: str) -> str:
    import pypandoc  # noqa: PLC0415 - it is an extra of the program

    made: str = pypandoc.convert_text(typed, "html", format="markdown-smart")
    return made.replace("<sup>2</sup>", "²").replace("<d>", "")


def _straight(text: str) -> str:
    return text.translate(str.maketrans("『』「」\u2018’“”", "''\"\"''\"\""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_data_in_each_language(tmp_path: Path, language: str) -> None:
    dates = ["1991-12-28", "1992-05", "199X", "1999-22", "1997-07/1997-08", "1999-09~", "1991/.."]
    before, after = SENTENCES[language]
    text = "\n\n".join(f"{before}{written(edtf, language)}{after}" for edtf in dates)
    draft, _ = drafted(tmp_path, f"# One\n\n{text}\n", "--language", language)
    assert re.findall(r"\{([^{}]*)\}", draft) == dates


def test_what_would_be_other_markup_side_by_side_is_not(tmp_path: Path) -> None:
    text = (
        "hey!<b></b>[x](https://example.org) and *so.*![y](gone.png)\n\n> <b></b>\n\n# Two\n\nend\n"
    )
    draft, _ = drafted(tmp_path, f"---\ntitle: t\nabstract: s\n---\n# One\n\n{text}")
    assert r"hey\![x](https://example.org) and so.y" in draft
    assert "quote" not in draft
    assert checked(tmp_path).output == "1 edition checked, no faults\n"


def test_headings_are_sections_at_their_depth(tmp_path: Path) -> None:
    drafted(tmp_path, "# A\n\na\n\n### B\n\nb\n\n## C\n\nc\n\n# A\n\nd\n\n# Cover\n\ne\n")
    top = words_of(tmp_path, "text")["sections"]
    assert isinstance(top, list)
    assert [each["id"] for each in top] == ["a", "a-2", "section-cover"]
    assert [each["id"] for each in top[0]["sections"]] == ["b", "c"]


def test_a_single_first_heading_is_the_title(tmp_path: Path) -> None:
    draft, _ = drafted(tmp_path, "# The title\n\nLead.\n\n## One\n\nText.\n")
    assert draft.startswith("title: The title\n\nsummary: |\n  Lead.\n")


def test_the_document_says_its_language(tmp_path: Path) -> None:
    draft, result = drafted(
        tmp_path, "---\ntitle: 湖\nlang: ja\n---\n要約。\n\n# 歴史\n\n1992年5月に会った。\n"
    )
    assert "{1992-05}に会った。" in draft
    assert "content/text: a draft in ja" in result.output


def test_cells_that_span_several_are_noted(tmp_path: Path) -> None:
    file = tmp_path / "text.html"
    file.write_text(
        "<html lang=en><title>T</title><p>s</p><h1>One</h1><table><caption>C</caption>"
        "<tr><th>a</th><th>b</th></tr><tr><td colspan=2>wide</td></tr>"
        "<tr><td rowspan=2>tall</td><td>1</td></tr><tr><td>2</td></tr></table></html>"
    )
    result = imported(file)
    assert "this cell spanned several" in result.output
    assert 'rows:\n            - [wide, ""]\n            - [tall, 1]\n            - ["", 2]\n' in (
        tmp_path / "content" / "text" / "en.yaml"
    ).read_text("utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "lake"
    folder.mkdir(parents=True)
    result = imported(lay_down(tmp_path))
    assert result.exit_code == 2
    assert "is there already; name another with --briefing" in result.output
    assert list(folder.iterdir()) == []
    assert imported(lay_down(tmp_path), "--briefing", "other").exit_code == 0
    assert sorted(p.name for p in folder.parent.iterdir()) == ["lake", "other"]


def test_a_folder_that_cannot_be_written_to_is_named_and_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file in the way")
    result = imported(lay_down(tmp_path), "--content", str(tmp_path / "content" / "below"))
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert (tmp_path / "content").read_text() == "a file in the way"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--language", "xx"), "no labels for 'xx'"),
        (("--briefing", "A B"), "can't be the name of a briefing"),
    ],
)
def test_wrong_usage_is_said(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = imported(lay_down(tmp_path), *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "content").exists()


def test_a_format_that_is_not_imported_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    result = imported(tmp_path / "a.pdf")
    assert result.exit_code == 2
    assert "its name has to end in" in result.output


def test_without_pandoc_both_ways_to_have_it_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("briefpress.drafts.pandoc.find_spec", lambda _: None)
    result = imported(lay_down(tmp_path))
    assert result.exit_code == 2
    assert f"{how_to_install('import')}, or put pandoc on the PATH" in result.output


def test_a_document_of_libreoffice_is_imported(tmp_path: Path) -> None:
    """LibreOffice 7.4 saved the document about the lake, as Word's; it has no styles for code."""
    shutil.copy(Path(__file__).parent / "libreoffice.docx", tmp_path / "lake.docx")
    assert imported(tmp_path / "lake.docx").exit_code == 0
    words = words_of(tmp_path)
    assert words["title"] == "The lake: a “briefing”"
    assert words["author"] == "Water Office, B. Bee"
    draft = (tmp_path / "content" / "lake" / "en.yaml").read_text("utf-8")
    expected = (Path(__file__).parent / "lake.yaml").read_text("utf-8")
    assert _references(expected) - {"{lang=ja}"} <= _references(draft)
    assert "[^note-1] See [the figures](#figures)" in draft
    faults = checked(tmp_path).stderr
    assert set(re.findall(r"error\[([a-z-]+)\]", faults)) == {"empty-section", "unmarked-language"}


def _references(draft: str) -> set[str]:
    return set(re.findall(r"(?<!\\)\{[^{}]*\}", " ".join(draft.split())))
