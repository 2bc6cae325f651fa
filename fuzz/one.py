"""One target: fuzzed by atheris, or given files.

python -m fuzz.one TARGET [options and folders of libFuzzer]
python -m fuzz.one TARGET FILE...       without atheris too; to see a find again
"""

from __future__ import annotations

import sys
from pathlib import Path

from fuzz.targets import target_of

# Parsers in Python, whose branches are worth a fuzzer's while.
INSTRUMENTED = ["briefpress", "markdown_it", "mdit_py_plugins", "edtf", "jinja2"]


def main() -> None:
    """Fuzz the target that the command line names, or replay files."""
    _, name, *arguments = sys.argv
    if arguments and all(Path(argument).is_file() for argument in arguments):
        target = target_of(name)
        for argument in arguments:
            target(Path(argument).read_bytes())
            print(f"{argument}: nothing found")
        return
    import atheris  # noqa: PLC0415 - files can be replayed without it

    with atheris.instrument_imports(include=INSTRUMENTED):
        target = target_of(name)
    # libFuzzer starts itself again, by the shell, to find out which inputs are worth keeping.
    atheris.Setup([f"{sys.executable} -m fuzz.one {name}", *arguments], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
