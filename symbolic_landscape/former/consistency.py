"""Can the hypotheses of a statement hold together?  An unsat core from ground constraints.

Each hypothesis may state itself as a constraint on named integers (`Fact.ground`), and a regime
adds laws that hold for every instance in it. If z3 finds them contradictory, the core names the
constraints that clash; any other answer says nothing.

Functions: clash, holds_at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class _Integers:
    """Named integer unknowns: attribute access gives the z3 integer of that name."""

    def __getattr__(self, name: str) -> Any:
        import z3

        return z3.Int(name)


def holds_at(constraint: Callable[[Any], Any], values: Mapping[str, int]) -> bool | None:
    """Whether the constraint is true at these integers; None where it speaks of others too.

    >>> holds_at(lambda v: v.n >= v.m, {"n": 3, "m": 2}), holds_at(lambda v: v.n >= v.k, {"n": 3})
    (True, None)
    """
    import z3

    pairs = [(z3.Int(name), z3.IntVal(value)) for name, value in values.items()]
    found = z3.simplify(z3.substitute(constraint(_Integers()), *pairs))
    return True if z3.is_true(found) else False if z3.is_false(found) else None


def clash(constraints: Mapping[str, Callable[[Any], Any]]) -> tuple[str, ...] | None:
    """Names of constraints that cannot hold together, or None when no contradiction was found.

    >>> clash({"one": lambda v: v.n >= 3, "two": lambda v: v.n <= v.m, "three": lambda v: v.m == 1})
    ('one', 'three', 'two')
    >>> clash({"one": lambda v: v.n >= 3}) is None
    True
    """
    import z3

    solver = z3.Solver()
    solver.set(unsat_core=True)
    unknowns = _Integers()
    for name, constraint in constraints.items():
        solver.assert_and_track(constraint(unknowns), name)
    if solver.check() != z3.unsat:
        return None
    core = {str(name) for name in solver.unsat_core()}
    for name in sorted(core):  # keep it minimal: drop what is not needed for the contradiction
        rest = core - {name}
        smaller = z3.Solver()
        smaller.add([constraints[n](unknowns) for n in sorted(rest)])
        if smaller.check() == z3.unsat:
            core = rest
    return tuple(sorted(core))
