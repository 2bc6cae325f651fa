"""An edition, read and checked as a build does it."""

from __future__ import annotations

from pathlib import Path

from briefpress.formats import Edition
from briefpress.tasks import find_tasks, read_edition


def read(content: Path) -> Edition:
    """The only edition of a content folder. Raises `ContentError`."""
    (task,) = find_tasks(content, Path("output"))
    briefing, labels = read_edition(task)
    folder = (content / task.briefing).resolve()
    return Edition(briefing, labels, folder, task.templates, epoch=0, paper=task.look.paper)
