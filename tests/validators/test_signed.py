"""A signed PDF still is what it says it is: PDF/UA and PDF/A, of both generations."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from briefpress.signing import Signer
from tests.conftest import Briefpress
from tests.formats.conftest import SPECIMEN
from tests.signing.keys import PASSPHRASE, authority
from tests.validators.conftest import ask_about
from validators import pdf

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("standards", "pair"), [("ua-1", ("ua1", "3a")), ("ua-2", ("ua2", "4f"))])
def test_a_signature_keeps_what_a_pdf_conforms_to(
    briefpress: Briefpress, tmp_path: Path, standards: str, pair: tuple[str, ...]
) -> None:
    content = Path(shutil.copytree(SPECIMEN, tmp_path / "content"))
    with (content / "series.yaml").open("a") as series:
        series.write(f"pdf: {standards}\n")
    options = ("--format", "pdf", "--large-print", "--language", "en")
    built = briefpress("build", "--content", content, "--output", tmp_path / "out", *options)
    assert built.returncode == 0, built.stderr
    ours, data = (
        authority(),
        {path.name: path.read_bytes() for path in tmp_path.glob("out/*/*.pdf")},
    )
    signers = [
        Signer(ours.pkcs12(key), PASSPHRASE.encode())
        for key in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1()))
    ]
    signed = {
        f"{number}-{name}": signer.sign(each)
        for number, signer in enumerate(signers)
        for name, each in data.items()
    }
    assert len(signed) == 4
    asks = [partial(pdf.ask_verapdf, profile) for profile in pair]
    if pair == ("ua1", "3a"):  # page-validation doesn't know the other
        asks += [partial(pdf.ask_page_validation, profile) for profile in pair]
    for ask in asks:
        said = ask_about(ask, tmp_path, signed)
        assert {name: said.of(name) for name in signed} == {name: [] for name in signed}
