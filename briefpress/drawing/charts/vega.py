"""Vega-Lite, in a process of its own: specifications in, SVG out.

V8, which runs it, reserves more address space than a job may have (RLIMIT_AS), though it takes 80
MB of memory. So a process without that limit draws, with one of memory instead (RLIMIT_DATA). It is
started for the first chart, and ends with the process that draws.

Nothing is fetched: data stand in the specification, and no address is allowed. Vega measures texts
by fonts of the machine, so what it draws must not depend on that: charts are laid out before.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib.util import find_spec

from briefpress.limits import JOB_MEMORY

# The same library holds several; what was looked at is what is drawn with.
VERSION = "6.4"

# As in `jobs`: what lies in the current folder isn't to be imported.
_SERVE = """
import sys
sys.path[:] = sys.argv[1:]
from briefpress.drawing.charts.vega import _serve
_serve()
"""


class VegaError(Exception):
    """A chart couldn't be drawn. The text is what Vega-Lite says, or how its process ended."""


def is_installed() -> bool:
    """Whether the extra `charts` is."""
    return find_spec("vl_convert") is not None


def svg_of(specification: dict[str, object]) -> str:
    """Draw a specification of Vega-Lite. Raises `VegaError`."""
    process = _process(os.getpid())
    assert process.stdin
    assert process.stdout
    with suppress(BrokenPipeError):  # it ended, as its answer will tell
        process.stdin.write(json.dumps(specification) + "\n")
        process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        _process.cache_clear()
        raise VegaError(f"Vega-Lite's process ended with exit code {process.wait()}")
    answer = json.loads(line)
    if "error" in answer:
        raise VegaError(answer["error"])
    return str(answer["svg"])


@cache
def _process(_of: int) -> subprocess.Popen[str]:
    """The process that draws for this one."""
    path = [os.path.abspath(folder) for folder in sys.path if folder]  # noqa: PTH100 - texts
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _SERVE, *path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    """Have the process end: nothing more will be asked of it."""
    with suppress(BrokenPipeError):
        process.communicate()


def _serve() -> None:
    """Draw what is asked for, line by line, until there is nothing more to come."""
    for which, most in ((resource.RLIMIT_AS, None), (resource.RLIMIT_DATA, JOB_MEMORY.most)):
        _, hard = resource.getrlimit(which)
        resource.setrlimit(which, (hard if most is None else most, hard))
    import vl_convert  # noqa: PLC0415 - only this process has V8

    for line in sys.stdin:
        try:
            svg = vl_convert.vegalite_to_svg(
                json.loads(line), vl_version=VERSION, allowed_base_urls=[]
            )
            answer = {"svg": svg}
        except ValueError as error:
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
