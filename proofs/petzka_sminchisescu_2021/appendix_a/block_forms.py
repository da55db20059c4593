"""Appendix A.1, Lemma A.1: when block matrices are positive semidefinite.

Notation: form(S, w) is w^T S w; a matrix is positive semidefinite if no form of it is negative.

Statements
- PS21.LA1.form: the form of a matrix of two by two blocks.
- PS21.LA1.scaled: a factor 2 in the second block row and column.
- PS21.LA1.b: [g, h; h^T, 0] is positive semidefinite exactly if g is and h = 0.
- PS21.LA1: and the matrix of part (a) exactly if x and the one without factors are.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, positive_semidefinite
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.rules import blocks, entries, forms
from symbolic_landscape.proofs.rules.definite import form
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    define,
    every,
    exists,
    matrix,
    natural,
    real,
    stack,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Verdict

k, m, o, p = (natural(name) for name in "kmop")
A, B, D = matrix("A", k, k), matrix("B", k, m), matrix("D", m, m)
a, b, c = matrix("a", k, k), matrix("b", k, m), matrix("c", k, o)
d, e, f = matrix("d", m, m), matrix("e", m, o), matrix("f", o, o)
x = matrix("x", p, p)
z1, z2, z3, z4 = (matrix(f"z{i}", size, 1) for i, size in enumerate((k, m, o, p), 1))


def semidefinite(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether no form of the matrix is negative: its symmetric part decides."""
    S = matrix_of(arguments[1], "the matrix")
    return positive_semidefinite(S + S.T)


n = natural("n")
S, w = matrix("S", n, n), matrix("w", n, 1)
semidefinite_ = define(
    "semidefinite",
    (n, S),
    every(w, form(S, w) >= 0),
    text="{1} is positive semidefinite",
    latex=r"{1} \succeq 0",
)


def blocks_of(A: Expr, B: Expr, D: Expr) -> Expr:
    """The symmetric matrix of these blocks."""
    return stack(block(A, B), block(B.T, D))


def examples() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Blocks of sizes 1 and 2, semidefinite and not; also sizes 0."""

    def made(name: str, sizes: tuple[int, ...], *rows: Any) -> tuple[str, dict[Term, Any]]:
        values: dict[Expr, Any] = dict(zip((k, m, o, p), sizes, strict=True))
        for variable, given in zip((a, b, c, d, e, f, x), rows, strict=True):
            values[variable] = given if isinstance(given, Matrix) else matrix_of(given, name)
        return name, {v.term: value for v, value in values.items()}

    return (
        made("units", (1, 1, 1, 1), [[1]], [[0]], [[0]], [[1]], [[0]], [[1]], [[1]]),
        made("joined", (1, 1, 1, 1), [[2]], [[1]], [[1]], [[1]], [[0]], [[1]], [[0]]),
        made("negative x", (1, 1, 1, 1), [[2]], [[1]], [[0]], [[1]], [[0]], [[1]], [[-1]]),
        made("too far from the diagonal", (1, 1, 1, 2), [[1]], [[2]], [[0]], [[1]], [[0]], [[1]],
             [[1, 0], [0, 1]]),
        made("two by two, no block b", (2, 1, 1, 1), [[1, 1], [1, 1]], [[0], [0]], [[0], [0]],
             [[0]], [[0]], [[3]], [[0]]),
        made("an empty block", (1, 0, 1, 1), [[1]], QQ.zeros(1, 0), [[1]], QQ.zeros(0, 0),
             QQ.zeros(0, 1), [[1]], [[1]]),
    )  # fmt: skip


BLOCKS = Setting(
    "blocks of a symmetric matrix",
    variables=(k, m, o, p, a, b, c, d, e, f, x),
    definitions=(semidefinite_,),
    decisions={"semidefinite": semidefinite},
    instances=examples,
)


def two_blocks() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Two by two blocks of sizes 1 and 2."""
    made = []
    for name, *rows in (
        ("units", [[1]], [[0]], [[1]]),
        ("a row", [[2]], [[1, -1]], [[0, 3], [1, 1]]),
        ("a column", [[0, 1], [1, 0]], [[2], [1]], [[-1]]),
    ):
        values: dict[Expr, Any] = {
            v: matrix_of(given, name) for v, given in zip((A, B, D), rows, strict=True)
        }
        values |= {k: values[A].shape[0], m: values[D].shape[0]}
        made.append((name, {v.term: value for v, value in values.items()}))
    return tuple(made)


TWO_BLOCKS = Setting("two by two blocks", variables=(k, m, A, B, D), instances=two_blocks)
whole, vector = blocks_of(A, B, D), stack(z1, z2)
expanded = form(whole, vector) == form(A, z1) + 2 * trace(z1.T @ B @ z2) + form(D, z2)
FORM = Statement(
    "PS21.LA1.form",
    TWO_BLOCKS,
    title="The form of a matrix of two by two blocks",
    names=(z1, z2),
    given={},
    then=expanded,
    proof=[
        have("rows", None, by(blocks.stack_times, P=block(A, B), Q=block(B.T, D), B2=vector)),
        have("first", None, by(blocks.block_times_stack, A=A, D=B, B=z1, U=z2)),
        have("second", None, by(blocks.block_times_stack, A=B.T, D=D, B=z1, U=z2)),
        have(
            "outer",
            None,
            by(
                blocks.block_times_stack,
                A=z1.T,
                D=z2.T,
                B=A @ z1 + B @ z2,
                U=B.T @ z1 + D @ z2,
            ),
        ),
        have(
            "product",
            vector.T @ whole @ vector
            == z1.T @ A @ z1 + z1.T @ B @ z2 + z2.T @ B.T @ z1 + z2.T @ D @ z2,
            calculation,
            "rows",
            "first",
            "second",
            "outer",
        ),
        have(
            "trace",
            expanded,
            by(entries.trace_of_equal),
            "product",
        ),
    ],
)


def parts(name: str, whole: Expr, first: Expr, second: Expr, top: Expr, bottom: Expr) -> list[Step]:
    """Steps: names for the two parts of a vector."""
    return [
        have(
            f"{name} exist",
            exists(top, bottom, whole == stack(top, bottom)),
            by(blocks.split_rows, H=whole, m=first, p=second),
        ),
        have(name, whole == stack(top, bottom), obtain(top, bottom), f"{name} exist"),
    ]


# ---- part (b) ------------------------------------------------------------------------------------
t = real("t")
corner = blocks_of(a, b, zeros(m, m))
v, u = matrix("v", m, 1), matrix("u", k, 1)
image, both_parts = b @ v, matrix("both_parts", k + m, 1)
both_small = both(semidefinite_(k, a), b == 0)
PART_B = Statement(
    "PS21.LA1.b",
    BLOCKS,
    title="A zero block on the diagonal",
    where="Appendix A.1, Lemma A.1 (b)",
    lines=(375, 398),
    given={},
    then=both(semidefinite_(k + m, corner) >> both_small, both_small >> semidefinite_(k + m, corner)),
    proof=[
        have(
            "only if",
            semidefinite_(k + m, corner) >> both_small,
            arbitrary(
                proof=[
                    have(
                        "first",
                        semidefinite_(k, a),
                        arbitrary(
                            u,
                            proof=[
                                have("there", None, at(stack(u, zeros(m, 1))), "only if.if"),
                                have(
                                    "form",
                                    None,
                                    cite(FORM, A=a, B=b, D=zeros(m, m), z1=u, z2=zeros(m, 1)),
                                ),
                                have("not negative", form(a, u) >= 0, linear, "there", "form"),
                            ],
                        ),
                        lines=(389, 391),
                    ),
                    have(
                        "second",
                        b == 0,
                        cases(
                            [have("given", b == 0, logic, "second.1")],
                            [
                                have("some", exists(v, image != 0), by(entries.some_image, A=b), "second.2"),
                                have("v", image != 0, obtain(v), "some"),
                                have(
                                    "line",
                                    every(t, t * (2 * trace(image.T @ image)) + t * t * form(a, image) >= 0),
                                    arbitrary(
                                        t,
                                        proof=[
                                            have("there", None, at(stack(t * image, v)), "only if.if"),
                                            have(
                                                "form",
                                                None,
                                                cite(FORM, A=a, B=b, D=zeros(m, m), z1=t * image, z2=v),
                                            ),
                                            have(
                                                "value",
                                                t * (2 * trace(image.T @ image)) + t * t * form(a, image) >= 0,
                                                linear,
                                                "there",
                                                "form",
                                            ),
                                        ],
                                    ),
                                    lines=(393, 398),
                                ),
                                have(
                                    "no slope",
                                    2 * trace(image.T @ image) == 0,
                                    by(forms.linear_part_vanishes, r=2 * trace(image.T @ image), s=form(a, image)),
                                    "line",
                                ),
                                have("size", trace(image.T @ image) <= 0, linear, "no slope"),
                                have("zero", image == 0, by(entries.zero_of_squares), "size"),
                                have("clash", b == 0, logic, "v", "zero"),
                            ],
                            split=b == 0,
                        ),
                    ),
                    have("small", both_small, logic, "first", "second"),
                ]
            ),
        ),
        have(
            "if",
            both_small >> semidefinite_(k + m, corner),
            arbitrary(
                proof=[
                    have("first", semidefinite_(k, a), logic, "if.if"),
                    have("second", b == 0, logic, "if.if"),
                    have(
                        "not negative",
                        semidefinite_(k + m, corner),
                        arbitrary(
                            both_parts,
                            proof=[
                                *parts("parts", both_parts, k, m, u, v),
                                have("there", None, at(u), "first"),
                                have("form", None, cite(FORM, A=a, B=b, D=zeros(m, m), z1=u, z2=v)),
                                have("no cross term", trace(u.T @ b @ v) == 0, calculation, "second"),
                                have("stacked", form(corner, stack(u, v)) >= 0, linear, "there", "form", "no cross term"),
                                have("value", form(corner, both_parts) >= 0, calculation, "stacked", "<parts"),
                            ],
                        ),
                    ),
                ]
            ),
        ),
        have(
            "exactly",
            both(semidefinite_(k + m, corner) >> both_small, both_small >> semidefinite_(k + m, corner)),
            logic,
            "only if",
            "if",
        ),
    ],
)  # fmt: skip


# ---- part (a) ------------------------------------------------------------------------------------
def upper(two: int) -> Expr:
    """The upper left part, with a factor in the second block row and column."""
    inner = blocks_of(two * two * d, two * e, f)
    return blocks_of(a, block(two * b, c), inner)


def split_form(name: str, two: int, z2: Expr) -> list[Step]:
    """Steps: the form of the upper left part at a vector of three parts."""
    inner, below = blocks_of(two * two * d, two * e, f), stack(z2, z3)
    return [
        have(f"{name} outer", None, cite(FORM, k=k, m=m + o, A=a, B=block(two * b, c), D=inner, z1=z1, z2=below)),
        have(f"{name} inner", None, cite(FORM, k=m, m=o, A=two * two * d, B=two * e, D=f, z1=z2, z2=z3)),
        have(f"{name} row", None, by(blocks.block_times_stack, A=two * b, D=c, B=z2, U=z3)),
        have(
            f"{name} cross",
            trace(z1.T @ block(two * b, c) @ below) == trace(z1.T @ (two * b @ z2 + c @ z3)),
            calculation,
            f"{name} row",
        ),
    ]  # fmt: skip


same = form(upper(2), stack(z1, stack(z2, z3))) == form(upper(1), stack(z1, stack(2 * z2, z3)))
SCALED = Statement(
    "PS21.LA1.scaled",
    BLOCKS,
    title="A factor 2 in the second block row and column",
    where="Appendix A.1, proof of Lemma A.1 (a)",
    lines=(385, 387),
    names=(z1, z2, z3),
    given={},
    then=same,
    proof=[
        *split_form("with", 2, z2),
        *split_form("without", 1, 2 * z2),
        have(
            "same",
            same,
            linear,
            "with outer",
            "with inner",
            "with cross",
            "without outer",
            "without inner",
            "without cross",
        ),
    ],
)

sides = both(semidefinite_(p, x), semidefinite_(k + (m + o), upper(1)))
matrix_a = blocks_of(upper(2), zeros(k + (m + o), p), x)
size_a = k + (m + o) + p
half = Fraction(1, 2)
rest, tail = matrix("rest", k + (m + o), 1), matrix("tail", m + o, 1)
all_parts = matrix("all_parts", size_a, 1)


def value(name: str, top: Expr, bottom: Expr) -> Step:
    """The form of the matrix of part (a) at a vector of two parts."""
    return have(
        name,
        None,
        cite(FORM, k=k + (m + o), m=p, A=upper(2), B=zeros(k + (m + o), p), D=x, z1=top, z2=bottom),
    )


LA1 = Statement(
    "PS21.LA1",
    BLOCKS,
    title="psd of the block forms",
    where="Appendix A.1, Lemma A.1 (a)",
    lines=(365, 371),
    given={},
    then=both(semidefinite_(size_a, matrix_a) >> sides, sides >> semidefinite_(size_a, matrix_a)),
    proof=[
        have(
            "only if",
            semidefinite_(size_a, matrix_a) >> sides,
            arbitrary(
                proof=[
                    have(
                        "x",
                        semidefinite_(p, x),
                        arbitrary(
                            z4,
                            proof=[
                                have(
                                    "there",
                                    None,
                                    at(stack(zeros(k + (m + o), 1), z4)),
                                    "only if.if",
                                ),
                                value("form", zeros(k + (m + o), 1), z4),
                                have("not negative", form(x, z4) >= 0, linear, "there", "form"),
                            ],
                        ),
                    ),
                    have(
                        "upper",
                        semidefinite_(k + (m + o), upper(1)),
                        arbitrary(
                            rest,
                            proof=[
                                *parts("two", rest, k, m + o, z1, tail),
                                *parts("three", tail, m, o, z2, z3),
                                have(
                                    "there",
                                    None,
                                    at(stack(stack(z1, stack(half * z2, z3)), zeros(p, 1))),
                                    "only if.if",
                                ),
                                value("form", stack(z1, stack(half * z2, z3)), zeros(p, 1)),
                                have("same", None, cite(SCALED, z2=half * z2)),
                                have(
                                    "stacked",
                                    form(upper(1), stack(z1, stack(z2, z3))) >= 0,
                                    linear,
                                    "there",
                                    "form",
                                    "same",
                                ),
                                have(
                                    "value",
                                    form(upper(1), rest) >= 0,
                                    calculation,
                                    "stacked",
                                    "<three",
                                    "<two",
                                ),
                            ],
                        ),
                    ),
                    have("both", sides, logic, "x", "upper"),
                ]
            ),
        ),
        have(
            "if",
            sides >> semidefinite_(size_a, matrix_a),
            arbitrary(
                proof=[
                    have("x", semidefinite_(p, x), logic, "if.if"),
                    have("upper", semidefinite_(k + (m + o), upper(1)), logic, "if.if"),
                    have(
                        "all",
                        semidefinite_(size_a, matrix_a),
                        arbitrary(
                            all_parts,
                            proof=[
                                *parts("outer", all_parts, k + (m + o), p, rest, z4),
                                *parts("two", rest, k, m + o, z1, tail),
                                *parts("three", tail, m, o, z2, z3),
                                have("there", None, at(stack(z1, stack(2 * z2, z3))), "upper"),
                                have("below", None, at(z4), "x"),
                                have("same", None, cite(SCALED)),
                                value("form", stack(z1, stack(z2, z3)), z4),
                                have(
                                    "stacked",
                                    form(matrix_a, stack(stack(z1, stack(z2, z3)), z4)) >= 0,
                                    linear,
                                    "there",
                                    "below",
                                    "same",
                                    "form",
                                ),
                                have(
                                    "value",
                                    form(matrix_a, all_parts) >= 0,
                                    calculation,
                                    "stacked",
                                    "<three",
                                    "<two",
                                    "<outer",
                                ),
                            ],
                        ),
                    ),
                ]
            ),
        ),
        have(
            "exactly",
            both(
                semidefinite_(size_a, matrix_a) >> sides, sides >> semidefinite_(size_a, matrix_a)
            ),
            logic,
            "only if",
            "if",
        ),
    ],
)
