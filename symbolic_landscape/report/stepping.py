"""Walking through a proof on one instance, one step at a time.

Functions: walks, show_walks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches

from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.former.instance import Instance, describe
from symbolic_landscape.former.lemma import Statement, Walk
from symbolic_landscape.library.run import own_code
from symbolic_landscape.report.output import print_lines


def walks(statement: Statement, name: str | None = None) -> Iterator[Walk]:
    """Each step on the named curated instance, or on the first one.

    Raises UnknownKeyError for an unknown instance, and for a statement without steps or instances.
    """
    if not statement.steps or not statement.instances:
        lacking = "steps" if not statement.steps else "instances"
        message = f"{statement.key} ({statement.reading}) must have {lacking} to walk, but has none"
        raise UnknownKeyError(message)
    return _walks(statement, _instance(statement, name))


def _instance(statement: Statement, name: str | None) -> Instance:
    if name is None:
        return statement.instances[0]
    for instance in statement.instances:
        if instance.name == name:
            return instance
    names = [instance.name for instance in statement.instances]
    near = ", ".join(get_close_matches(name, names, cutoff=0.3) or names)
    message = f"{statement.key} has no instance {name!r}; the closest are {near}"
    raise UnknownKeyError(message)


def _walks(statement: Statement, instance: Instance) -> Iterator[Walk]:
    for step in statement.steps:
        with own_code(f"{statement.key}, step {step.name} on {instance.name}"):
            walk = step.walk(instance)
        yield walk


def show_walks(statement: Statement, name: str | None, together: bool) -> None:
    """Prints the walks; unless together, waits for Enter after each one, and q ends it.

    Raises what `walks` raises.
    """
    steps = walks(statement, name)
    instance = _instance(statement, name)
    head = f"{statement.key} ({statement.reading}) on {instance.name}: {describe(instance)}"
    print_lines([head])
    total = len(statement.steps)
    for number, walk in enumerate(steps, 1):
        print_lines(["", f"{number} of {total}", *walk.lines()])
        if not together and number < total:
            sys.stderr.write("Enter for the next step, q to quit: ")
            sys.stderr.flush()
            if sys.stdin.readline().strip().lower() in ("q", "quit"):
                return
