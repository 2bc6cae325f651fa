"""`python build.py` is `briefpress build`."""

import sys

try:
    from briefpress.start import run
except ModuleNotFoundError as error:
    sys.exit(f"{error}: run `make` first, then `.venv/bin/python build.py`")

if __name__ == "__main__":
    sys.argv[:1] = ["briefpress", "build"]
    run()
