"""Published PDFs are signed in place: listed, up to date, proved, and whole to other readers."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from lxml import etree

from briefpress import atomic, publishing
from briefpress.cli import main
from briefpress.extras import how_to_install
from tests.publishing.outputs import (
    assert_all_agrees,
    assert_lists_are_true,
    bytes_of,
    manifest_of,
)
from tests.signing.conftest import Place
from tests.signing.keys import DAY, PASSPHRASE, SIGNER, Authority, authority


def codes(said: Result) -> list[str]:
    assert isinstance(said.exception, SystemExit | None), said.exception
    assert said.exit_code == bool(re.search(r"error\[", said.stderr)), said.output
    return re.findall(r"error\[([a-z-]+)\]", said.stderr)


def signers_in(output: Path) -> dict[str, str | None]:
    files = [file for entry in manifest_of(output) for file in entry["files"].values()]
    return {file["path"]: file.get("signed_by") for file in files}


def pdfsig(path: Path) -> str:
    """What poppler finds, which has nothing in common with what signs."""
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False)
    return said.stdout


def test_signed_files_are_listed_and_whole(place: Place) -> None:
    before = place.pdf.read_bytes()
    said = place.sign()
    assert codes(said) == []
    assert said.stdout.splitlines() == [
        f"{place.output}/{name}/{name}.en.pdf: signed by {SIGNER}" for name in ("alpha", "beta")
    ]
    assert place.pdf.read_bytes().startswith(before), "it is an update behind the file"
    assert signers_in(place.output) == {
        f"{name}/{name}.en.{suffix}": SIGNER if suffix == "pdf" else None
        for name in ("alpha", "beta")
        for suffix in ("pdf", "html", "cover.png")
    }
    assert_all_agrees(place.output)
    kilobytes = round(place.pdf.stat().st_size / 1000)
    assert f"{kilobytes} kB" in (place.output / "index.html").read_text("utf-8")


def sizes_said(output: Path, path: str) -> list[int]:
    """What the feeds say of the size of a file, in bytes."""
    publications = json.loads((output / "opds.json").read_bytes())["publications"]
    links = [link for each in publications for link in each["links"]]
    feeds = [etree.parse(output / name) for name in ("feed.xml", "opds.xml")]
    lengths = [each for feed in feeds for each in feed.xpath(f"//*[@href='{path}']/@length")]
    return [*(link["size"] for link in links if link["href"] == path), *map(int, lengths)]


def without_fonts(page: Path) -> str:
    """A page without the parts of fonts in it, which differ by the digits that there are."""
    return re.sub(r"base64,[^)]*", "", page.read_text("utf-8"))


def test_lists_are_true_where_the_content_is_not_there(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.build("--theme", "plain")
    index = without_fonts(place.output / "index.html")
    unsigned = place.pdf.stat().st_size
    shutil.rmtree(place.content)
    monkeypatch.chdir(tmp_path)
    assert codes(place.sign()) == []
    signed = place.pdf.stat().st_size
    assert sizes_said(place.output, "alpha/alpha.en.pdf") == [signed] * 3
    was, now = (f"{round(size / 1000)} kB" for size in (unsigned, signed))
    assert without_fonts(place.output / "index.html") == index.replace(was, now) != index
    assert_all_agrees(place.output)


def test_a_project_s_templates_are_asked_for(place: Place) -> None:
    """The index has its look from them, so nothing is signed that it couldn't list then."""
    templates = place.folder / "own"
    (templates / "css").mkdir(parents=True)
    (templates / "css" / "theme.css").write_text("h1 { color: #123456 }")
    assert place.build("--templates", str(templates)).exit_code == 0
    before = bytes_of(place.output)
    said = place.sign()
    assert codes(said) == ["missing-file"]
    assert "name their folder with --templates" in said.stderr
    assert bytes_of(place.output) == before
    assert codes(place.sign("--templates", str(templates))) == []
    assert "#123456" in (place.output / "index.html").read_text("utf-8")
    assert_all_agrees(place.output)


def test_a_manifest_that_does_not_say_what_lists_are_made_of_is_told(place: Place) -> None:
    manifest = json.loads((place.output / "manifest.json").read_bytes())
    del manifest["series"]
    (place.output / "manifest.json").write_text(json.dumps(manifest))
    said = place.sign()
    assert codes(said) == ["bad-list"]
    assert "build once more, then sign" in said.stderr
    assert "not signed" in pdfsig(place.pdf) or "does not contain" in pdfsig(place.pdf)
    assert place.build().exit_code == 0
    assert codes(place.sign()) == []


def test_poppler_finds_the_signature(place: Place) -> None:
    place.sign()
    found = pdfsig(place.pdf)
    assert f"Signer Certificate Common Name: {SIGNER}" in found
    assert "Signature Type: ETSI.CAdES.detached" in found
    assert "Total document signed" in found
    assert "Signature Validation: Signature is Valid." in found


def test_what_is_signed_is_left(place: Place) -> None:
    place.sign("alpha")
    before = bytes_of(place.output)
    assert place.build().stdout == "2 editions are up to date\n"
    said = place.sign("alpha")
    assert said.stdout == f"{place.pdf}: is signed by {SIGNER}\n"
    assert bytes_of(place.output) == before


def test_what_is_built_anew_is_unsigned_until_it_is_signed_again(place: Place) -> None:
    place.sign()
    with (place.content / "alpha" / "en.yaml").open("a") as words:
        words.write("\n")
    assert place.build().exit_code == 0
    assert signers_in(place.output)["alpha/alpha.en.pdf"] is None
    assert signers_in(place.output)["beta/beta.en.pdf"] == SIGNER
    assert "not signed" in pdfsig(place.pdf) or "does not contain" in pdfsig(place.pdf)
    said = place.sign()
    assert said.stdout.splitlines() == [
        f"{place.pdf}: signed by {SIGNER}",
        f"{place.output}/beta/beta.en.pdf: is signed by {SIGNER}",
    ]
    assert_all_agrees(place.output)


def test_a_signed_pdf_is_proved_and_carries_its_source(place: Place) -> None:
    place.sign("alpha")
    run = CliRunner().invoke
    said = run(main, ["proof", str(place.pdf), "--content", str(place.content)])
    assert said.stdout == f"{place.pdf}: proved\n"
    assert run(main, ["proof", "--alone", str(place.pdf)]).exit_code == 0
    said = run(main, ["extract", str(place.pdf), "--to", str(place.folder / "extracted")])
    assert codes(said) == []
    words = (place.folder / "extracted" / "alpha" / "en.yaml").read_bytes()
    assert words == (place.content / "alpha" / "en.yaml").read_bytes()


def add_a_button(pdf: pikepdf.Pdf) -> None:
    button = pikepdf.Dictionary(FT=pikepdf.Name.Btn, T=pikepdf.String("x"))
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(button))


def set_in_the_form(key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.AcroForm.__setitem__(key, value)


def set_in_the_field(key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.AcroForm.Fields[0].__setitem__(key, value)


@pytest.mark.parametrize(
    "change",
    [
        set_in_the_field("/AA", pikepdf.Dictionary()),
        set_in_the_field("/A", pikepdf.Dictionary(S=pikepdf.Name.URI)),
        set_in_the_field("/FT", pikepdf.Name.Tx),
        set_in_the_form("/XFA", pikepdf.Array()),
        set_in_the_form("/NeedAppearances", value=True),
        add_a_button,
    ],
    ids=["actions", "link", "text", "XFA", "appearances", "button"],
)
def test_a_form_with_more_than_a_signature_is_not_proved(
    place: Place, change: Callable[[pikepdf.Pdf], None]
) -> None:
    place.sign("alpha")
    with pikepdf.open(place.pdf, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(place.pdf)
    said = CliRunner().invoke(main, ["proof", "--alone", str(place.pdf)])
    assert "proof-active" in codes(said)


@pytest.mark.parametrize("step", [0, 2, 3])
def test_a_signing_that_is_hindered_leaves_whole_files(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """As publishing does, since that is what puts the signed files in place."""
    calls = iter(range(1000))

    def rename(part: Path, target: Path) -> None:
        if next(calls) == step:
            raise OSError(5, os.strerror(5), str(target))
        atomic.rename_part(part, target)

    monkeypatch.setattr(publishing, "rename_part", rename)
    place.sign()
    assert_lists_are_true(place.output)
    monkeypatch.undo()
    assert codes(place.sign()) == []
    assert_all_agrees(place.output)
    assert codes(place.verify("--trust", str(place.folder / "trusted.pem"))) == []


# Keys


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"begins": -9 * DAY, "ends": -DAY}, "its certificate expired on"),
        ({"begins": DAY}, "its certificate isn't valid before"),
        ({"signs": False}, "its certificate isn't for signatures"),
    ],
    ids=["expired", "not yet", "another use"],
)
def test_a_key_that_cannot_sign_now_is_told(
    place: Place, ours: Authority, options: dict[str, timedelta | bool], told: str
) -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    (place.folder / "key.p12").write_bytes(ours.pkcs12(other, **options))  # type: ignore[arg-type]
    before = bytes_of(place.output)
    said = place.sign()
    assert codes(said) == ["bad-key"]
    assert told in said.stderr
    assert bytes_of(place.output) == before


def test_an_elliptic_key_signs(place: Place, ours: Authority) -> None:
    (place.folder / "key.p12").write_bytes(ours.pkcs12(ec.generate_private_key(ec.SECP384R1())))
    assert codes(place.sign("alpha")) == []
    assert "Signature is Valid." in pdfsig(place.pdf)
    assert codes(place.verify()) == []


def test_a_kind_of_key_that_pdf_does_not_know_is_told(place: Place, ours: Authority) -> None:
    (place.folder / "key.p12").write_bytes(ours.pkcs12(ed25519.Ed25519PrivateKey.generate()))
    said = place.sign()
    assert codes(said) == ["bad-key"]
    assert "its key is neither RSA nor of an elliptic curve" in said.stderr


@pytest.mark.parametrize("passphrase", ["wrong", None])
def test_a_wrong_passphrase_is_told(place: Place, passphrase: str | None) -> None:
    command = ["sign", "--key", str(place.folder / "key.p12"), "--output", str(place.output)]
    said = CliRunner().invoke(main, command, env={"BRIEFPRESS_PASSPHRASE": passphrase})
    assert codes(said) == ["bad-key"]
    assert "or the passphrase is wrong" in said.stderr


def test_the_passphrase_may_stand_in_a_file(place: Place) -> None:
    (place.folder / "passphrase").write_text(f"{PASSPHRASE}\n")
    given = ["--passphrase-file", str(place.folder / "passphrase"), "--output", str(place.output)]
    command = ["sign", "alpha", "--key", str(place.folder / "key.p12"), *given]
    assert codes(CliRunner().invoke(main, command, env={"BRIEFPRESS_PASSPHRASE": None})) == []


def test_a_file_that_is_no_key_is_told(place: Place) -> None:
    assert codes(place.sign(key="trusted.pem")) == ["bad-key"]


def test_what_is_not_as_it_was_published_is_not_signed(place: Place) -> None:
    place.pdf.write_bytes(b"something else")
    said = place.sign()
    assert codes(said) == ["bad-signature"]
    assert place.pdf.read_bytes() == b"something else"
    assert signers_in(place.output)["beta/beta.en.pdf"] == SIGNER, "others are"


def test_briefings_that_are_not_there_are_told(place: Place) -> None:
    assert codes(place.sign("gamma")) == ["missing-file"]
    shutil.rmtree(place.output)
    assert codes(place.sign()) == ["missing-file"]


def test_the_extra_is_asked_for(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.sign("alpha")
    find_spec = importlib.util.find_spec

    def find(name: str) -> object:
        return None if name == "pyhanko" else find_spec(name)

    for module in ("briefpress.options", "briefpress.verifying.pdfs"):
        monkeypatch.setattr(f"{module}.find_spec", find)
    # A job's process may be started anew, and would have pyHanko.
    monkeypatch.setattr("briefpress.verifying.check.bounded", lambda look, asked, _: look(asked))
    said = place.sign()
    assert said.exit_code == 2
    assert how_to_install("sign") in said.stderr
    said = place.verify("--trust", str(place.folder / "trusted.pem"))
    assert said.exit_code == 2
    said = place.verify()
    assert codes(said) == []
    assert "with a signature that only briefpress[sign] can look at" in said.stdout


# What verify says of signatures


def test_verify_says_who_signed_and_whether_that_is_trusted(place: Place) -> None:
    place.sign("alpha")
    assert f"signed by {SIGNER} (use --trust" in place.verify().stdout
    said = place.verify("--trust", str(place.folder / "trusted.pem"))
    assert codes(said) == ["bad-signature"]
    assert "beta.en.pdf:1:1: error[bad-signature]: it isn't signed" in said.stderr
    place.sign("beta")
    said = place.verify("--trust", str(place.folder / "trusted.pem"))
    assert codes(said) == []
    assert f"signed by {SIGNER}\n" in said.stdout
    (place.folder / "others.pem").write_bytes(authority("Another Authority").pem)
    assert codes(place.verify("--trust", str(place.folder / "others.pem"))) == ["bad-signature"] * 2
    assert codes(place.verify("--trust", str(place.pdf))) == ["bad-key"]


def forge(place: Place, data: bytes) -> None:
    """Put other bytes in place of the PDF, and their digest and size into both lists."""
    from tests.verifying.test_verify import list_anew  # noqa: PLC0415

    place.pdf.write_bytes(data)
    list_anew(place.output, "alpha/alpha.en.pdf")


def test_what_was_changed_after_it_was_signed_is_noticed(place: Place) -> None:
    place.sign()
    signed = place.pdf.read_bytes()
    forge(place, signed + b"\n% more\n")
    assert codes(place.verify()) == ["bad-signature"]
    spoilt = bytearray(signed)
    at = signed.index(b"/Author") if b"/Author" in signed else 100
    spoilt[at + 20] ^= 1
    forge(place, bytes(spoilt))
    assert "bad-signature" in codes(place.verify())


@pytest.mark.parametrize("spoilt", [b"/0lateDecode", b"/FlateDecodb"])
def test_a_signature_that_cannot_be_read_is_told(place: Place, spoilt: bytes) -> None:
    place.sign("alpha")
    before, name, after = place.pdf.read_bytes().rpartition(b"/FlateDecode")
    assert name
    forge(place, before + spoilt + after)
    assert "bad-signature" in codes(place.verify())


def test_a_signature_that_was_taken_off_is_noticed(place: Place) -> None:
    before = place.pdf.read_bytes()
    place.sign()
    forge(place, before)
    said = place.verify()
    assert codes(said) == ["bad-signature"]
    assert f"it isn't signed by {SIGNER}, as manifest.json says" in said.stderr


def test_somebody_elses_signature_is_noticed(place: Place, built_once: Place) -> None:
    """By whoever trusts certificates; the name alone can be anybody's."""
    theirs = authority("Another Authority").pkcs12(rsa.generate_private_key(65537, 2048))
    place.sign()
    other = Place(shutil.copytree(built_once.folder, place.folder / "other"))
    (other.folder / "key.p12").write_bytes(theirs)
    other.sign()
    forge(place, other.pdf.read_bytes())
    assert codes(place.verify()) == []
    assert codes(place.verify("--trust", str(place.folder / "trusted.pem"))) == ["bad-signature"]
