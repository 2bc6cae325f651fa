"""Runs Java and Node, and reads the JSON that they print."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from validators.verdict import CannotRunError

HERE = Path(__file__).resolve().parent
NODE_MODULES = HERE / "node_modules"
TIMEOUT = 600  # seconds

Json: TypeAlias = dict[str, Any]


def require(path: Path) -> Path:
    if not path.exists():
        raise CannotRunError(f"{path} is missing: `make validate` fetches it")
    return path


def require_program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotRunError(f"{name} is not on the PATH: `make validate` installs it")
    return found


def with_fonts() -> dict[str, str]:
    """The environment, with the machine's fonts, which Briefpress shuts out, for itself."""
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


def run(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs to the end, whatever the exit status: validators' statuses tell too little."""
    settings = {**with_fonts(), "LC_ALL": "C.UTF-8", **(environment or {})}
    try:
        return subprocess.run(
            command, env=settings, capture_output=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotRunError(str(error)) from error


def read_report(done: subprocess.CompletedProcess[bytes]) -> Json:
    """The JSON that a program printed."""
    try:
        report: Json = json.loads(done.stdout)
    except ValueError as error:
        raise CannotRunError(f"no report: {last_words(done)}") from error
    return report


def last_words(done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stderr.decode(errors="replace").strip()
    return said[-2000:] or f"exit status {done.returncode}"


def ask_java(*arguments: str) -> Json:
    """The JSON that a Java program prints."""
    # The programs are done before what a better compiler costs would pay: half the time without.
    options = ["-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]
    return read_report(run([require_program("java"), *options, *arguments]))


def ask_browser(script: str, *arguments: str) -> Json:
    """The JSON that one of the scripts in browser/ prints, which drive Chromium."""
    require(NODE_MODULES)
    command = [require_program("node"), str(HERE / "browser" / script), *arguments]
    return read_report(run(command, {"CHROMIUM": chromium()}))


def chromium() -> str:
    """The browser: what CHROMIUM names, or the one on the PATH."""
    return os.environ.get("CHROMIUM") or require_program("chromium")


def version_of(package: str) -> str:
    """The version of an npm package that is installed."""
    manifest = require(NODE_MODULES / package / "package.json")
    version: str = json.loads(manifest.read_text("utf-8"))["version"]
    return version
