"""The machine, as it is given to us, and the versions of what is measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bench import peers
from bench.clock import Clock
from briefpress import __version__

_CGROUP = Path("/sys/fs/cgroup")
_TURN = "for _ in range(12_000_000): pass"


@dataclass(frozen=True, slots=True)
class Cores:
    """How many cores may be used, as the system says, and how many times as much two processes at
    once get done as one does.
    """

    allowed: float
    gain: float

    @property
    def are_two(self) -> bool:
        """Whether two processes really run at once. Two threads of one core gain less than this."""
        return self.allowed >= 2 and self.gain >= 1.6

    @property
    def said(self) -> str:
        """Both, and how they are known."""
        return (
            f"{self.allowed:g} allowed; two busy processes at once get {self.gain:.2f} times as "
            "much done as one"
        )


def cores(clock: Clock) -> Cores:
    """The cores that there are. Measured each time, since others may use them as well."""
    one = [sys.executable, "-c", _TURN]
    two = [sys.executable, "-c", f"import os\npid = os.fork()\n{_TURN}\nif pid: os.waitpid(pid, 0)"]
    gains = [2 * clock.run(one).wall / clock.run(two).wall for _ in range(3)]
    return Cores(allowed(), max(gains))


def allowed() -> float:
    """How many cores the process may use: those that it may run on, or its share of time."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min([float(here or 1), *_shares()])


def _shares() -> Iterator[float]:
    """What cgroups, of version 2 or 1, allow of processors' time."""
    try:
        quota, period = (_CGROUP / "cpu.max").read_text("ascii").split()
    except (OSError, ValueError):
        try:
            names = ("cpu.cfs_quota_us", "cpu.cfs_period_us")
            quota, period = ((_CGROUP / "cpu" / n).read_text("ascii").strip() for n in names)
        except OSError:
            return
    if quota not in {"max", "-1"}:
        yield int(quota) / int(period)


def facts(clock: Clock) -> dict[str, str]:
    """What was measured where, for the table's readers."""
    return {
        "processor": _processor(),
        "cores": cores(clock).said,
        "memory": f"{_memory() / 2**30:.1f} GiB",
        "system": f"{_system()}, {platform.system()} {platform.release()}, {platform.machine()}",
        "Python": platform.python_version(),
        "Briefpress": f"{__version__} {_commit()}".strip(),
        **{name: metadata.version(name) for name in LIBRARIES},
        **peers.versions(),
    }


LIBRARIES = ("WeasyPrint", "Jinja2", "PyYAML", "pydantic", "EbookLib", "pypdfium2")


def _processor() -> str:
    with suppress(OSError):
        text = Path("/proc/cpuinfo").read_text("utf-8")
        if found := re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE):
            return found[1]
    return platform.processor() or "unknown"


def _memory() -> int:
    """Bytes of memory: the machine's, or what a cgroup allows of it."""
    found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):
            found.append(int((_CGROUP / name).read_text("ascii")))
    return min(found)


def _system() -> str:
    with suppress(OSError):
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    return platform.platform()


def _commit() -> str:
    """The commit that is checked out, where git can tell."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return ""
