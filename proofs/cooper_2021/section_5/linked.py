"""Section 5: points in one component of a set.

Statements
- C21.D5.3.linked: points that a path in a set joins are in one component of it.
- C21.D5.3.chain: points that are linked to one point are linked.
"""

from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    q,
    y,
)
from symbolic_landscape.proofs.rules.functions import property_of_equal
from symbolic_landscape.proofs.rules.paths import (
    continuous,
)
from symbolic_landscape.proofs.rules.sets import (
    connected,
    linked,
    path_is_connected,
    union_is_connected,
)
from symbolic_landscape.statement.language import (
    both,
    every,
    exists,
    fn,
    function,
    like,
    real,
    true,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting

t, late = real("t"), real("late")
S, first, second = (function(name, y, true) for name in ("S", "first", "second"))
X = function("X", t, y)
w, middle, end = (like(name, y) for name in ("w", "middle", "end"))
on_path = fn(w, exists(t, both(0 <= t, t <= late, w == X(t))))
SETS = Setting(
    "sets of vectors",
    variables=(q,),
    definitions=(linked,),
    instances=lambda: tuple((f"{size} entries", {q.term: size}) for size in (1, 2)),
)
LINKED = Statement(
    "C21.D5.3.linked",
    SETS,
    title="Points that a path in a set joins are in one component of it",
    names=(S, X, late),
    given={
        "path": continuous(X),
        "time": late > 0,
        "inside": every(t, both(0 <= t, t <= late) >> S(X(t))),
    },
    then=linked(q, S, X(0), X(late)),
    proof=[
        have("whole", connected(on_path), by(path_is_connected, X=X, s=0, r=late), "path"),
        have("within", every(w, on_path(w) >> S(w)), arbitrary(w, proof=[
            have("found", both(0 <= t, t <= late, w == X(t)), obtain(t), "within.if"),
            have("if inside", None, at(t), "inside"),
            have("there", S(X(t)), logic, "if inside", "found"),
            have("same", w == X(t), logic, "found"),
            have("in", S(w), by(property_of_equal, A=X(t), A2=w, P=S), "same", "there"),
        ])),
        have("after", late >= 0, linear, "time"),
        have("start", on_path(X(0)), take(0), "after"),
        have("end", on_path(X(late)), take(late), "after"),
        have("linked", linked(q, S, X(0), X(late)), take(on_path), "whole", "within", "start", "end"),
    ],
)  # fmt: skip
start = like("start", y)
joined = fn(w, first(w) | second(w))
CHAIN = Statement(
    "C21.D5.3.chain",
    SETS,
    title="Points that are linked to one point are linked",
    names=(S, start, middle, end),
    given={"first": linked(q, S, start, middle), "second": linked(q, S, middle, end)},
    then=linked(q, S, start, end),
    proof=[
        *(
            step
            for name, E, begin, stop in (("first", first, start, middle), ("second", second, middle, end))
            for step in (
                have(f"{name} part", None, obtain(E), name),
                have(f"{name} whole", connected(E), logic, f"{name} part"),
                have(f"{name} within", every(w, E(w) >> S(w)), logic, f"{name} part"),
                have(f"{name} begins", E(begin), logic, f"{name} part"),
                have(f"{name} ends", E(stop), logic, f"{name} part"),
            )
        ),
        have("whole", connected(joined), by(union_is_connected, E=first, S=second, w=middle), "first whole", "second whole", "first ends", "second begins"),
        have("within", every(w, joined(w) >> S(w)), arbitrary(w, proof=[
            have("if first", None, at(w), "first within"),
            have("if second", None, at(w), "second within"),
            have("in", S(w), logic, "if first", "if second", "within.if"),
        ])),
        have("begins", joined(start), logic, "first begins"),
        have("ends", joined(end), logic, "second ends"),
        have("linked", linked(q, S, start, end), take(joined), "whole", "within", "begins", "ends"),
    ],
)  # fmt: skip
