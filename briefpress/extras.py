"""What of Briefpress isn't installed, and how it comes to be.

An extra is installed from where Briefpress itself was: pip notes that beside every package that
doesn't come from its index (PEP 610), and whoever installed it so may not find it there.
"""

from __future__ import annotations

import json
import shlex
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from briefpress import __version__

_NAME = "briefpress"


def how_to_install(extra: str) -> str:
    """The command that installs an extra, for a shell."""
    origin = _origin()
    checkout = Path(url2pathname(urlsplit(origin.get("url", "")).path))
    if origin.get("dir_info", {}).get("editable") and (checkout / "Makefile").is_file():
        there = shlex.quote(str(checkout))
        return "make extras" if checkout == Path.cwd() else f"make -C {there} extras"
    return f"pip install {shlex.quote(requirement(extra))}"


def requirement(extra: str = "") -> str:
    """This Briefpress as pip installs it again (PEP 508), with an extra if one is named."""
    origin = _origin()
    name = f"{_NAME}[{extra}]" if extra else _NAME
    if url := origin.get("url"):
        commit = origin.get("vcs_info")
        where = f"{commit['vcs']}+{url}@{commit['commit_id']}" if commit else url
        folder = f"#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else ""
        return f"{name} @ {where}{folder}"
    return f"{name}=={__version__}"


def comes_from_this_machine() -> bool:
    """Whether it was installed from a file or a folder, which no other machine has."""
    return str(_origin().get("url", "")).startswith("file:")


def _origin() -> dict[str, Any]:
    try:
        noted = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        noted = None
    return dict(json.loads(noted)) if noted else {}
