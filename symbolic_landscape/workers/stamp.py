"""Which program this is: the versions that an answer rests on, and the digest of the sources.

Functions: trusted_base, stamp, is_unchanged, other.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from symbolic_landscape.version import __version__

LIBRARIES = (
    "sympy",
    "python-flint",
    "numpy",
    "mpmath",
    "networkx",
)
"""Distributions whose versions belong to the trusted base."""

_PACKAGE = Path(__file__).parents[1]
_READ = (".py", ".json")


@cache
def trusted_base() -> dict[str, str]:
    """The version of everything that an answer rests on, by name; no library is imported for it."""
    base = {"python": platform.python_version(), "symbolic_landscape": __version__}
    for name in LIBRARIES:
        try:
            base[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            base[name] = "not installed"
    return base


def stamp(folders: Iterable[str] = ()) -> dict[str, str]:
    """The trusted base with the digest of all files of the package that can change an answer.

    And with that of each of these folders, as it is now.
    """
    return {**_own(), **{folder: _digest(Path(folder)) for folder in folders}}


def is_unchanged() -> bool:
    """Whether the files of the package are those that they were when they were first looked at."""
    return _own()["source files"] == _digest(_PACKAGE)


@cache
def _own() -> dict[str, str]:
    return {**trusted_base(), "source files": _digest(_PACKAGE)}


def _digest(root: Path) -> str:
    """The digest of the files of a folder that can change an answer."""
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(root, followlinks=True):
        folders[:] = sorted(f for f in folders if f not in ("__pycache__", "notebooks"))
        inside = folder[len(str(root)) :].replace(os.sep, "/") + "/"
        for name in sorted(f for f in files if f.endswith(_READ)):
            with open(os.path.join(folder, name), "rb") as file:
                content = hashlib.sha256(file.read()).hexdigest()
            digest.update(f"{inside}{name}\0{content}\n".encode())
    return digest.hexdigest()[:16]


def other(theirs: Mapping[str, str]) -> str:
    """In words the first difference of another stamp from the one here; empty where none is."""
    own = stamp()
    here = own | stamp(name for name in theirs if name not in own)
    for name, value in here.items():
        if theirs.get(name) != value:
            return f"its {name} is {theirs.get(name, 'unknown')}, and here {value}"
    return ""
