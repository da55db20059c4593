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

_NETWORK = '''\
"""KEY: a first statement about a network; change it and run

    lemma-check check KEY --proofs FOLDER

with the folder that this file lies in. The file is Python and runs as your own code.

The statement: where the features of N samples are independent, the loss is 0 as soon as the last
layer is critical.
"""

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.rules.ranks import kernel_of_full_column_rank, rank_of_transpose
from symbolic_landscape.statement.language import matrix, natural, rank, scalar_function, the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, have, linear
from symbolic_landscape.statement.setting import Setting

# 1. The network: N samples as rows of X, n hidden units, o outputs. sigma acts on each entry.
N, d, n, o = natural("N"), natural("d"), natural("n"), natural("o")
X, Y = matrix("X", N, d), matrix("Y", N, o)
W, V = matrix("W", d, n), matrix("V", n, o)
sigma = scalar_function("sigma")
F = sigma(X @ W)


# 2. Instances, in exact numbers: (name, sigma, X, Y, W, V). Some meet the hypotheses, and some are
#    near misses: each breaks one of them. A status says no more than its instances are varied.
DATA = (
    ("two samples, two units", "t + t**3", [[1], [2]], [[2], [10]], [[1, 2]], [[1], [0]]),
    ("one sample, two outputs", "t**2", [[3]], [[9, 0]], [[1, 1]], [[1, 2], [0, -2]]),
    ("two samples, one unit", "t + t**3", [[1], [2]], [[5], [-1]], [[1]], [[0]]),
    ("not critical", "t + t**3", [[1], [2]], [[1], [1]], [[1, 2]], [[1], [0]]),
)


def networks():
    """The instances by name, each with the values of all variables."""
    for name, s, *matrices in DATA:
        x, y, w, v = map(QQ.matrix, matrices)
        sizes = {the(N): x.shape[0], the(d): x.shape[1], the(n): v.shape[0], the(o): v.shape[1]}
        given = {the(X): x, the(Y): y, the(W): w, the(V): v, the(sigma): Activation.of(s)}
        yield name, {**sizes, **given}


NETWORK = Setting(
    "one hidden layer",
    variables=(N, d, n, o, X, Y, W, V, sigma),
    instances=lambda: tuple(networks()),
)

# 3. The statement. The rules come from the book (`symbolic_landscape/proofs/rules`). Next: make the
#    lemma yours, and look at `explain`, `break` and `attack`.
LAST = Statement(
    "KEY",
    NETWORK,
    kind="lemma",
    title="Independent features: a critical last layer fits",
    where="your notes, page 1",
    given={
        "independent": rank(F) == N,
        "critical": F.T @ (F @ V - Y) == 0,
    },
    then=F @ V == Y,
    proof=[
        have("same rank", rank(F.T) == rank(F), by(rank_of_transpose)),
        have("columns", rank(F.T) == N, linear, "same rank", "independent"),
        have("fitted", F @ V == Y, by(kernel_of_full_column_rank), "columns", "critical"),
    ],
)
'''


def template(key: str, folders: Sequence[Path] = (), *, network: bool = False) -> str:
    """The text of a file that declares a small lemma, about a network or not, under this key.

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
    return (_NETWORK if network else _TEXT).replace("KEY", key)
