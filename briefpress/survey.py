"""A survey of editions before they are built: which are up to date, and why the others aren't.

An edition is up to date where its files are published under the key that its inputs make now, and
are whole. So a run leaves the same, whatever was there before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefpress.content.source import source_of
from briefpress.diagnostics import ContentError, Diagnostic
from briefpress.entries import Entry, place_of
from briefpress.keys import Inputs, Surroundings, key_of
from briefpress.ledger import Ledger
from briefpress.manifest import Entries
from briefpress.press import Job, inputs_of, job_of, project_of
from briefpress.publishing import listed_in
from briefpress.reasons import changes, wrong_files
from briefpress.statuses import outputs
from briefpress.tasks import Task


class Survey:
    """What a run finds when it looks at its editions, all of one output folder.

    `reasons` says of each edition, by its name, why it is to be built, and nothing of one that is
    up to date; `stale` are the tasks to be done; `faults` are those of content that can't even be
    looked at; `keys` are those under which files are to be listed, by their paths in the output
    folder. With `anew`, all are to be built. Raises `ContentError` and `OSError`.
    """

    def __init__(self, tasks: list[Task], *, anew: bool) -> None:
        self.reasons: dict[str, tuple[str, ...]] = {}
        self.stale: list[Task] = []
        self.faults: dict[Task, tuple[Diagnostic, ...]] = {}
        self.keys: dict[str, str] = {}
        self._output = tasks[0].output
        self._ledger = Ledger(self._output)
        self._project = project_of(tasks[0])
        self._surroundings = Surroundings(self._ledger.program.of, self._project)
        self._inputs: dict[str, tuple[str, Inputs]] = {}
        listed = self._listed()
        for task in tasks:
            try:
                self._look_at(task, listed.get((task.briefing, task.language)), anew)
            except ContentError as error:
                self.faults[task] = error.diagnostics

    def _listed(self) -> Entries:
        entries = listed_in(self._output) if self._output.is_dir() else []
        return {(entry["id"], entry["language"]): entry for entry in entries}

    def _look_at(self, task: Task, entry: Entry | None, anew: bool) -> None:
        source = source_of(task.content, task.briefing, task.language)
        inputs = inputs_of(task, source, self._surroundings)
        key = key_of(inputs)
        self._inputs[task.name] = key, inputs
        self.keys |= {place_of(task.briefing, task.language, name): key for name in task.formats}
        wrong = wrong_files(task, entry, key, self._ledger.published.of)
        found = wrong and (changes(self._ledger.inputs(task.name), inputs) or wrong.values())
        self.reasons[task.name] = ("all is built anew",) if anew else tuple(found)
        if anew or wrong:
            self.stale.append(replace(task, formats=task.formats if anew else tuple(wrong)))

    def jobs(self) -> Iterator[Job]:
        """The jobs for what is to be built, of what there is when each is asked for.

        What can't be looked at any more is added to `faults`.
        """
        for task in self.stale:
            try:
                yield job_of(task, self._project, self._surroundings)
            except ContentError as error:
                self.faults[task] = error.diagnostics

    def still_holds(self) -> bool:
        """Whether jobs, which read program and built-in templates, read what was looked at."""
        return self._surroundings.still_hold()

    def remember(self) -> dict[str, str] | None:
        """Remember what was found, and what is published now, for the next run.

        Returns the status of all that is published, if it is as it should be.
        """
        if not self._output.is_dir():
            return None
        statuses = outputs(self._output, self.keys, self._ledger.published.of)
        listed = self._listed()
        for name, (key, inputs) in self._inputs.items():
            briefing, _, language = name.partition(".")
            entry = listed.get((briefing, language))
            if entry is not None and key in {f["key"] for f in entry["files"].values()}:
                self._ledger.remember(name, inputs)
        self._ledger.save(f"{briefing}.{language}" for briefing, language in listed)
        return statuses
