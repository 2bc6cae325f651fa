"""Documents of strangers: nothing is read, fetched or run, and what is too much ends in a limit."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from briefpress.limits import FAULTS_SHOWN, Limit
from tests.drafts.documents import lay_down
from tests.drafts.test_import import drafted, imported


@pytest.mark.parametrize(
    ("ending", "include"),
    [
        ("rst", ".. include:: {}"),
        ("rst", ".. csv-table:: T\n   :file: {}"),
        ("org", '#+INCLUDE: "{}"'),
    ],
)
def test_a_document_includes_no_file(tmp_path: Path, ending: str, include: str) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    file = tmp_path / f"text.{ending}"
    file.write_text(f"before\n\n{include.format(tmp_path / 'secret.txt')}\n\nafter\n")
    result = imported(file)
    written = "".join(p.read_text() for p in tmp_path.glob("content/**/*.yaml"))
    assert "the secret" not in result.output + written


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "/etc/passwd.png", "../outside.png", "link.png", "http://h.test/a.png"],
)
def test_no_picture_is_taken_from_outside_the_document_s_folder(
    tmp_path: Path, address: str
) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(lay_down(tmp_path).with_name("lake.png").read_bytes())
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    _, result = drafted(folder, f"# One\n\n![words of it]({address})\n")
    assert "is left out, and its words stay" in result.output
    assert not (folder / "content" / "text" / "figures").exists()
    assert "words of it" in (folder / "content" / "text" / "en.yaml").read_text()


def test_html_with_scripts_gives_words_alone(tmp_path: Path) -> None:
    file = tmp_path / "text.html"
    file.write_text(
        "<title>T</title><h1 onclick='alert(1)'>One</h1><script>alert(2)</script>"
        "<style>p { color: red }</style><p>words <a href='javascript:alert(3)'>here</a></p>"
        "<iframe src='file:///etc/passwd'></iframe>"
    )
    imported(file)
    draft = (tmp_path / "content" / "text" / "en.yaml").read_text()
    assert "words here" in draft
    assert not {"alert", "javascript", "color", "root:"} & set(
        draft.replace("(", " ").replace(":", " ").split()
    )


def test_a_package_that_grows_without_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small .docx whose text unpacks to 2 GiB."""
    monkeypatch.setattr("briefpress.limits.DOCUMENT_SECONDS", Limit(20, "seconds", "it"))
    monkeypatch.setattr("briefpress.limits.DOCUMENT_MEMORY", Limit(2**28, "bytes", "it"))
    file = lay_down(tmp_path, "docx")
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            if name != "word/document.xml":
                package.writestr(name, data)
        with package.open("word/document.xml", "w", force_zip64=True) as document:
            head, _, _ = parts["word/document.xml"].partition(b"<w:p>")
            document.write(head)
            for _ in range(128):
                document.write(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 30_000)
    result = imported(file)
    assert result.exit_code == 1
    assert "error[bad-document]" in result.output
    assert not (tmp_path / "content").exists()


def test_a_picture_in_a_package_that_grows_without_end_is_left_out(tmp_path: Path) -> None:
    file = lay_down(tmp_path, "docx")
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, bytes(64 * 2**20) if name.endswith(".png") else data)
    result = imported(file)
    assert result.exit_code == 0
    assert "is left out, and its words stay: it has more than 8,388,608 bytes" in result.output


@pytest.mark.parametrize("opening", ["> ", "- ", "<div>\n\n", "*a **b "])
def test_what_is_nested_without_end_is_refused_or_read(tmp_path: Path, opening: str) -> None:
    file = tmp_path / "text.md"
    file.write_text("# One\n\n" + opening * 2_000 + "deep\n")
    result = imported(file)
    assert result.exit_code in {0, 1}
    assert result.exit_code == 0 or "error[bad-document]" in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_package_that_is_none_is_refused(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"text.{ending}"
    file.write_bytes(b"PK\3\4 no more of it")
    result = imported(file)
    assert result.exit_code == 1
    assert "error[bad-document]: Pandoc can't read it" in result.output


def test_a_document_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefpress.limits.DOCUMENT_BYTES", Limit(10, "bytes", "it"))
    result = imported(lay_down(tmp_path))
    assert result.exit_code == 1
    assert "error[too-large]" in result.output


def test_characters_that_cannot_be_published_are_left_out(tmp_path: Path) -> None:
    draft, result = drafted(tmp_path, "# One\n\nturned \u202earound and \x07 rung\n")
    assert "turned around and  rung" in draft
    assert "U+202E (right-to-left override) can't be published, and is left out" in result.output
    place = re.search(r"en\.yaml:(\d+):(\d+): U\+202E", result.output)
    assert place
    assert draft.splitlines()[int(place[1]) - 1][int(place[2]) - 1 :].startswith("around")


def test_each_kind_of_bad_character_is_one_remark(tmp_path: Path) -> None:
    _, result = drafted(tmp_path, "# One\n\n" + "a\u202eb\u2066\u2066 " * 1_500 + "\n")
    assert re.findall(r"U\+(\w+) .* is left out \(([\d,]+) of them\)", result.output) == [
        ("202E", "1,500"),
        ("2066", "3,000"),
    ]


@pytest.mark.parametrize("end", ["\u0085", "\u2028", "\u2029"])
def test_ends_of_lines_that_cannot_be_published_are_spaces(tmp_path: Path, end: str) -> None:
    draft, result = drafted(tmp_path, f"# One\n\none{end}another\n")
    assert "one another" in draft
    assert "can't be published, and is a space now" in result.output


def test_characters_for_private_use_stay(tmp_path: Path) -> None:
    draft, _ = drafted(tmp_path, "# One\n\na\ue000b\n")
    assert "a\ue000b" in draft


def test_remarks_have_a_limit(tmp_path: Path) -> None:
    _, result = drafted(tmp_path, "# One\n\n" + "~~struck~~\n\n" * 150)
    shown = [line for line in result.output.splitlines() if "struck out" in line]
    assert len(shown) <= FAULTS_SHOWN.most
    assert re.search(r"there is more to look at than is shown: 5\d things", result.output)


def test_a_document_whose_draft_could_not_be_read_is_refused(tmp_path: Path) -> None:
    """Dates without end, which take no long time either."""
    file = tmp_path / "text.md"
    file.write_text("# One\n\n" + "28 December 1991, " * 10_000)
    result = imported(file)
    assert result.exit_code == 1
    assert "error[bad-document]: it makes too large a draft: " in result.output
    assert list((tmp_path / "content").iterdir()) == []
