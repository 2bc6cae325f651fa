"""The catalogue: what is said of editions, and the lists of them for people and programs.

`entry` says of an edition what the lists need, and the manifest keeps it. Each list is a module
with a function from the `Catalogue` (entries, series, labels, templates) to bytes; so all can be
made of what earlier runs have built.
"""

from briefpress.catalogue.holdings import Catalogue
from briefpress.catalogue.lists import lists_of, prepare

__all__ = ["Catalogue", "lists_of", "prepare"]
