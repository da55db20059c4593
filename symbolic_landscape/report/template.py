"""A first statement for a user: a complete file that passes its own check.

Function: template.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.library.catalogue import entries
from symbolic_landscape.statement.language import true
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.setting import Setting

_TEXT = '''\
"""KEY: a first statement of your own; change it and run

    lemma-check check KEY --proofs FOLDER

with the folder that this file lies in. The file is Python and runs as your own code.

The statement: least squares with full column rank have at most one solution.
"""

from symbolic_landscape.statement.language import matrix, natural, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, have, linear
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.setting import Setting

# 1. What is let be given. A matrix has its shape; a product that does not fit is an error here.
m, n, p = natural("m"), natural("n"), natural("p")
A, b = matrix("A", m, n), matrix("b", m, 1)
x, y = matrix("x", n, 1), matrix("y", n, 1)
LEAST_SQUARES = Setting("a system of equations", variables=(m, n, A, b, x, y))

# 2. Rules of your own, beside those of the package. Each must be one that a reader believes without
#    a proof, so it speaks of free objects, and says where it comes from.
B = matrix("B", n, p)
gram_has_the_same_kernel = rule(A.T @ A @ B == 0, then=A @ B == 0, source="elementary")
full_column_rank_has_no_kernel = rule(
    rank(A) == n, A @ B == 0, then=B == 0, source="Horn and Johnson, Matrix Analysis, 0.4"
)

# 3. The statement: hypotheses by name, the conclusion, and why. A step names the facts it uses; the
#    kernel accepts it or says what it lacks. Other reasons: calculation, arbitrary, induct, cases,
#    cite, take; and sampled("...") for what you cannot derive yet, which is never accepted.
UNIQUE = Statement(
    "KEY",
    LEAST_SQUARES,
    kind="lemma",
    title="Least squares with full column rank have at most one solution",
    where="your notes, page 1",
    given={
        "full rank": rank(A) == n,
        "x solves": A.T @ A @ x == A.T @ b,
        "y solves": A.T @ A @ y == A.T @ b,
    },
    then=x == y,
    proof=[
        have("difference", A.T @ A @ (x - y) == 0, linear, "x solves", "y solves"),
        have("same image", A @ (x - y) == 0, by(gram_has_the_same_kernel), "difference"),
        have("unique", x == y, by(full_column_rank_has_no_kernel), "full rank", "same image"),
    ],
)
'''


def template(key: str, folders: Sequence[Path] = ()) -> str:
    """The text of a file that declares a small lemma under this key.

    Raises DeclarationError for a key that no new statement of a user can have.
    """
    if key.startswith("external:"):
        message = f"a template needs the key of a statement to be checked, got {key!r}"
        raise DeclarationError(message)
    for entry in entries(folders):
        if entry.key == key:
            message = f"{key} is already declared at {entry.file}:{entry.line}"
            raise DeclarationError(message)

    setting = Setting("only the key is looked at", ())
    Statement(key, setting, given={}, then=true)
    return _TEXT.replace("KEY", key)
