"""`python build.py` is `briefpress build`."""

import sys

from briefpress.cli import run

if __name__ == "__main__":
    sys.argv[:1] = ["briefpress", "build"]
    run()
