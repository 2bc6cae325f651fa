"""A download is held against its lists: what is whole, altered, missing, or isn't listed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result

from briefpress.cli import main
from briefpress.limits import DOWNLOAD_BYTES, LIST_BYTES
from briefpress.verifying import check
from briefpress.verifying.files import measure
from tests.publishing.outputs import build, write_content

PDF = "alpha/alpha.en.pdf"
PAGE = "alpha/alpha.en.html"
FORMATS = ("--format", "pdf", "--format", "html")
LISTS = ("index.html", "feed.xml", "opds.json", "opds.xml")
# Of two editions a PDF, a page and a cover, and the lists.
ALL = 2 * 3 + len(LISTS)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    content = write_content(folder / "content", {"alpha": "The first", "beta": "The second"})
    assert build(content, folder / "out", *FORMATS).exit_code == 0
    return folder / "out"


@pytest.fixture
def download(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(published, "download"))


def verify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def codes(said: Result) -> list[str]:
    assert isinstance(said.exception, SystemExit | None), said.exception
    assert said.exit_code == bool(re.search(r"error\[", said.stderr)), said.output
    return re.findall(r"error\[([a-z-]+)\]", said.stderr)


def change_manifest(download: Path, change: Callable[[Any], None]) -> None:
    lists = json.loads((download / "manifest.json").read_bytes())
    change(lists)
    (download / "manifest.json").write_text(json.dumps(lists))


def list_anew(download: Path, path: str) -> None:
    """Put the digest and size that a file has into both lists, as who forges them would."""
    data = (download / path).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    sums = (download / "SHA256SUMS").read_text()
    sums = re.sub(rf"(?m)^.*  {re.escape(path)}$", f"{digest}  {path}", sums)
    (download / "SHA256SUMS").write_text(sums)

    def change(lists: Any) -> None:
        for entry in lists["briefings"]:
            for file in entry["files"].values():
                if file["path"] == path:
                    file |= {"sha256": digest, "bytes": len(data)}

    change_manifest(download, change)


def test_an_output_folder_is_whole(download: Path) -> None:
    (download / "notes.txt").write_text("mine")
    said = verify(download, "--json", "found.json")
    assert codes(said) == []
    assert said.stdout.splitlines() == [
        f"download/{PDF}: whole, with the source that it was made from",
        f"download/{PAGE}: whole",
        "download/alpha/alpha.en.cover.png: whole",
        "download/beta/beta.en.pdf: whole, with the source that it was made from",
        "download/beta/beta.en.html: whole",
        "download/beta/beta.en.cover.png: whole",
        *(f"download/{name}: whole" for name in LISTS),
        "Not in the lists: notes.txt",
    ]
    found = json.loads(Path("found.json").read_bytes())
    assert found["verified"] is True
    assert [each["state"] for each in found["files"]] == ["whole"] * ALL
    assert found["unlisted"] == ["notes.txt"]
    manifest = json.loads((download / "manifest.json").read_bytes())
    assert found["files"][0]["source"] == manifest["briefings"][0]["files"]["pdf"]["source"]


def test_sums_alone_are_enough(download: Path) -> None:
    (download / "manifest.json").unlink()
    assert codes(verify(download)) == []


def test_what_is_missing_is_a_fault_unless_some_files_were_wanted(download: Path) -> None:
    shutil.rmtree(download / "beta")
    said = verify(download)
    assert codes(said) == ["missing-file"] * 3
    assert "download/beta/beta.en.html:1:1" in said.stderr
    said = verify(download, "--partial")
    assert codes(said) == []
    assert "3 other files of the lists aren't here" in said.stdout
    shutil.rmtree(download / "alpha")
    for name in LISTS:
        (download / name).unlink()
    assert codes(verify(download, "--partial")) == ["missing-file"] * ALL


def test_a_file_is_found_beside_the_lists_as_browsers_save_it(download: Path) -> None:
    for name in (PDF, "SHA256SUMS", "manifest.json"):
        shutil.copy(download / name, ".")
    said = verify("alpha.en.pdf")
    assert codes(said) == []
    assert said.stdout == "alpha.en.pdf: whole, with the source that it was made from\n"
    Path("alpha.en.pdf").rename("alpha (1).pdf")
    assert codes(verify("alpha (1).pdf")) == [], "its digest is listed"
    assert codes(verify(".", "--partial")) == ["missing-file"] * ALL
    with Path("alpha (1).pdf").open("ab") as file:
        file.write(b"\n")
    assert codes(verify("alpha (1).pdf")) == ["altered-file"]
    assert codes(verify(download / PDF)) == [], "its lists are in the folder above"


@pytest.mark.parametrize("path", [PDF, PAGE])
def test_a_changed_byte_is_noticed(download: Path, path: str) -> None:
    data = bytearray((download / path).read_bytes())
    data[len(data) // 2] ^= 1
    (download / path).write_bytes(data)
    said = verify(download, "--json", "found.json")
    assert codes(said) == ["altered-file"]
    assert f"download/{path}:1:1: error[altered-file]: its digest isn't the one" in said.stderr
    found = json.loads(Path("found.json").read_bytes())
    assert found["verified"] is False
    assert [f["path"] for f in found["files"] if f["state"] == "altered"] == [path]


def test_another_size_is_told(download: Path) -> None:
    size = (download / PAGE).stat().st_size
    with (download / PAGE).open("a") as file:
        file.write("\n")
    assert f"it has {size + 1:,} bytes, and was published with {size:,}" in verify(download).stderr


def test_a_pdf_with_another_source_is_noticed_though_the_lists_are_forged(download: Path) -> None:
    with pikepdf.open(download / PDF, allow_overwriting_input=True) as pdf:
        name = "alpha/en.yaml"
        words = pdf.attachments[name].get_file().read_bytes().replace(b"short", b"long")
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, words, filename=name)
        pdf.save()
    list_anew(download, PDF)
    assert codes(verify(download)) == ["other-source"]


def test_a_pdf_without_its_source_is_noticed(download: Path) -> None:
    with pikepdf.open(download / PDF, allow_overwriting_input=True) as pdf:
        for name in list(pdf.attachments):
            del pdf.attachments[name]
        pdf.save()
    list_anew(download, PDF)
    assert codes(verify(download)) == ["other-source"]


def test_lists_that_differ_are_noticed(download: Path) -> None:
    before = (download / "SHA256SUMS").read_text()
    (download / "SHA256SUMS").write_text(before.replace(before[:64], "0" * 64))
    assert codes(verify(download)) == ["lists-differ", "altered-file"]
    (download / "SHA256SUMS").write_text(before.partition("\n")[2])
    assert codes(verify(download)) == ["lists-differ"]
    (download / "SHA256SUMS").write_text(f"{before}{'0' * 64}  alpha/alpha.ja.pdf\n")
    assert codes(verify(download)) == ["missing-file", "lists-differ"]


def test_a_change_that_is_under_way_is_noticed(download: Path) -> None:
    def begin(lists: Any) -> None:
        lists["unfinished"] = {"before": [], "after": [lists["briefings"][0]]}

    change_manifest(download, begin)
    assert codes(verify(download)) == ["unfinished"]


def test_a_folder_without_lists_is_told(tmp_path: Path) -> None:
    assert codes(verify(tmp_path)) == ["missing-file"]


# What strangers may have put there


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "/etc/hostname",
        "alpha/../../secret",
        ".ssh/id",
        "a\\b",
        "a/\x1b[2Jb",
        f"a/{'の' * 86}",
    ],
)
def test_paths_that_lead_elsewhere_are_refused(download: Path, path: str) -> None:
    (download.parent / "secret").write_text("secret")
    with (download / "SHA256SUMS").open("a") as sums:
        sums.write(f"{hashlib.sha256(b'secret').hexdigest()}  {path}\n")
    said = verify(download)
    assert codes(said) == ["bad-list"]
    assert "\x1b" not in said.output
    shutil.copy(download / "SHA256SUMS", download / "kept")
    (download / "SHA256SUMS").unlink()

    def lead(lists: Any) -> None:
        lists["briefings"][0]["files"]["html"]["path"] = path

    change_manifest(download, lead)
    assert codes(verify(download)) == ["bad-list"]


def test_links_are_not_followed(download: Path) -> None:
    outside = download.absolute().parent / "outside"
    shutil.copytree(download / "alpha", outside)
    shutil.rmtree(download / "alpha")
    (download / "alpha").symlink_to(outside)
    assert codes(verify(download)) == ["altered-file"] * 3, "a folder that is a link"
    (download / "alpha").unlink()
    (download / "alpha").mkdir()
    shutil.copy(outside / "alpha.en.html", download / "alpha")
    shutil.copy(outside / "alpha.en.cover.png", download / "alpha")
    (download / PDF).symlink_to(outside / "alpha.en.pdf")
    assert codes(verify(download)) == ["altered-file"]
    assert codes(verify(download / PDF)) == ["altered-file"]


@pytest.mark.parametrize("name", [PAGE, "SHA256SUMS", "manifest.json"])
def test_a_folder_is_no_file(download: Path, name: str) -> None:
    (download / name).unlink()
    (download / name).mkdir()
    assert codes(verify(download)) == ["altered-file" if name == PAGE else "bad-list"]


def test_a_file_that_cannot_be_read_hides_no_other(
    download: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the names of a file system have to be shorter than others' have."""

    def refuse(folder: Path, path: str) -> tuple[int, str]:
        if path == PAGE:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), path)
        return measure(folder, path)

    monkeypatch.setattr(check, "measure", refuse)
    said = verify(download)
    assert codes(said) == ["altered-file"]
    assert f"download/{PAGE}:1:1: error[altered-file]: it can't be read: File name" in said.stderr
    assert f"download/{PDF}: whole" in said.stdout


def test_a_pdf_that_is_too_large_to_look_into_is_not_accused(download: Path) -> None:
    with (download / PDF).open("ab") as file:
        file.truncate(DOWNLOAD_BYTES.most + 1)
    list_anew(download, PDF)
    said = verify(download, "--json", "found.json")
    assert codes(said) == ["too-large"]
    assert f"{download / PDF}: whole, but what is in it wasn't looked at\n" in said.stdout
    found = json.loads(Path("found.json").read_bytes())
    files = {each["path"]: each for each in found["files"]}
    held = {key: files[PDF][key] for key in ("state", "looked_into", "source", "signatures")}
    assert held == {"state": "whole", "looked_into": False, "source": None, "signatures": None}
    assert files[PAGE]["looked_into"] is None


@pytest.mark.parametrize("name", [PAGE, "SHA256SUMS", "manifest.json"])
def test_nothing_waits_at_a_pipe(download: Path, name: str) -> None:
    (download / name).unlink()
    os.mkfifo(download / name)
    assert codes(verify(download)) == ["altered-file" if name == PAGE else "bad-list"]


@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json"])
def test_endless_lists_are_not_read(download: Path, name: str) -> None:
    with (download / name).open("wb") as file:
        file.truncate(LIST_BYTES.most + 1)
    assert codes(verify(download)) == ["too-large"]


@pytest.mark.parametrize(
    "manifest",
    [
        "[" * 1_000_000,
        '{"briefings": ' * 200_000,
        "",
        "[]",
        "7" * 5000,
        '{"briefings": [{"files": {"pdf": {"path": 1, "sha256": "", "bytes": 1}}}]}',
        '{"briefings": [{"files": {"pdf": {"path": "a", "sha256": "", "bytes": "1"}}}]}',
    ],
    ids=["deep", "deep objects", "empty", "a list", "a long number", "no path", "no digest"],
)
def test_a_manifest_that_is_none_is_told(download: Path, manifest: str) -> None:
    (download / "manifest.json").write_text(manifest)
    assert codes(verify(download)) == ["bad-list"]


@pytest.mark.parametrize("line", ["x", "\\" + "0" * 64 + "  a", "0" * 63 + "  a", "\ud800"])
def test_sums_that_are_none_are_told(download: Path, line: str) -> None:
    with (download / "SHA256SUMS").open("a", errors="surrogatepass") as sums:
        sums.write(f"{line}\n")
    assert codes(verify(download)) == ["bad-list"]
