"""`python build.py` is `briefpress build`."""

from briefpress.cli import build

if __name__ == "__main__":
    build()
