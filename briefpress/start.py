"""Where the command begins: a build that would find nothing to do ends here.

Everything else is imported only then; reading the command line alone takes as long again as Python
does to start.
"""

from __future__ import annotations

import os
import sys

from briefpress import stamp

TYPE_CHECKING = False  # type checkers know better; importing typing takes as long as all of this
if TYPE_CHECKING:
    from typing import NoReturn


def run() -> NoReturn:
    """Run the command line."""
    said = stamp.holds(sys.argv[1:])
    if said is not None and _say(said):
        os._exit(0)
    from briefpress import cli  # noqa: PLC0415 - see above

    cli.run(sys.argv[1:])


def _say(line: str) -> bool:
    """Print a line. Where that can't be, the whole command says so as it always does."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):
        return False
    return True
