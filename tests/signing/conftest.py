"""What is signed, and with what."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import rsa

from briefpress.cli import main
from tests.publishing.outputs import build, write_content
from tests.signing.keys import PASSPHRASE, Authority, authority


@pytest.fixture(scope="session")
def ours() -> Authority:
    return authority()


@pytest.fixture(scope="session")
def key(ours: Authority) -> bytes:
    return ours.pkcs12(rsa.generate_private_key(65537, 2048))


@dataclass(frozen=True)
class Place:
    """A folder with content, what was built of it, and keys."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def pdf(self) -> Path:
        return self.output / "alpha" / "alpha.en.pdf"

    def sign(self, *more: str, key: str = "key.p12") -> Result:
        command = ["sign", *more, "--key", str(self.folder / key), "--output", str(self.output)]
        return CliRunner().invoke(main, command, env={"BRIEFPRESS_PASSPHRASE": PASSPHRASE})

    def build(self, *more: str) -> Result:
        return build(self.content, self.output, "--format", "pdf", "--format", "html", *more)

    def verify(self, *more: str) -> Result:
        return CliRunner().invoke(main, ["verify", str(self.output), *more])


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("unsigned"))
    write_content(place.content, {"alpha": "The first", "beta": "The second"})
    assert place.build().exit_code == 0
    return place


@pytest.fixture
def place(built_once: Place, tmp_path: Path, key: bytes, ours: Authority) -> Place:
    copy = Place(shutil.copytree(built_once.folder, tmp_path / "place"))
    (copy.folder / "key.p12").write_bytes(key)
    (copy.folder / "trusted.pem").write_bytes(ours.pem)
    return copy
