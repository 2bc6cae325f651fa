"""What is done with a file that a stranger may have made: in a process with the limits of a job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.jobs import Allowance, JobError, run

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def bounded(function: Callable[[Asked], Answer], asked: Asked, file: Path) -> Answer:
    """Do something with a file in a job, and return what comes of it, or raise what it raises.

    Raises `ContentError` where the job took too much time or memory, or died. Within
    `jobs.warm` its process stays for the next file.
    """
    try:
        return run(function, asked, Allowance())
    except JobError as error:
        hint = "don't trust the file; whoever made it may mean harm, or a library has a fault"
        message = f"what reads it {error}"
        raise ContentError([Diagnostic(Code.JOB_LIMIT, Span(str(file)), message, hint)]) from None
