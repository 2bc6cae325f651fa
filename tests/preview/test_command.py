"""The command: how it begins, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from briefpress.extras import how_to_install
from tests.conftest import Briefpress
from tests.serving import serving, until
from tests.source import ROOT


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_quietly_while_somebody_looks_on(
    notes: Path, sign: signal.Signals, code: int
) -> None:
    with serving("--content", notes) as preview, preview.news("note/en") as news:
        until(news, state="making")
        assert preview.end(sign) == (code, "Interrupted\n" if code == 130 else "")
        assert list(news) is not None


def test_a_port_that_is_taken_is_an_error(briefpress: Briefpress) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = briefpress("serve", "--port", str(port))
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (
        f"Error: 127.0.0.1:{port}: Address already in use; --port 0 takes a port that is free\n"
    )


def test_it_has_its_address_opened_in_the_browser(notes: Path, tmp_path: Path) -> None:
    asked, browser = tmp_path / "asked", tmp_path / "browser"
    os.mkfifo(asked)
    browser.write_text(f'#!/bin/sh\necho "$1" >{asked}\necho Much more.\n')
    browser.chmod(0o755)
    with serving("--content", notes, "--open", env={"BROWSER": str(browser)}) as preview:
        assert asked.read_text() == f"{preview.url}\n"
        assert preview.end() == (130, "Interrupted\n")


def test_without_a_browser_it_says_so_in_a_line(notes: Path, tmp_path: Path) -> None:
    env = {"PATH": str(tmp_path), "BROWSER": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    with serving("--content", notes, "--open", env=env) as preview:
        assert preview.process.stdout is not None
        said = preview.process.stdout.readline()
        assert said == f"No browser was found here; open {preview.url} yourself.\n"
        assert preview.end() == (130, "Interrupted\n")


def test_templates_that_arent_there_are_an_error(briefpress: Briefpress) -> None:
    said = briefpress("serve", "--port", "0", "--templates", "nowhere")
    assert said.returncode == 1
    assert "nowhere:1:1: error[missing-file]" in said.stderr


def test_without_its_extra_it_says_what_to_install(tmp_path: Path, briefpress: Briefpress) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'uvicorn' else find(name, *a)\n"
    )
    said = briefpress("serve", env={"PYTHONPATH": f"{tmp_path}:{ROOT}"})
    assert said.returncode == 2
    assert how_to_install("serve") in said.stderr
