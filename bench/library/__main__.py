"""The library, from the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.library import write


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.library", description=write.__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--theme", default="default")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4")
    parser.add_argument("--pdf", choices=("ua-1", "ua-2"), default="ua-1")
    print(write(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
