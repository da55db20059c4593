"""Appendix B: points whose lower layers are those of V, and whose upper layers are those of W.

Notation: mixed(i) has the layers V_1, ..., V_i, W_{i+1}, ..., W_{H+1}.

Statements
- YSJ18.I11.lower, YSJ18.I11.upper: products depend on their own layers alone.
- YSJ18.I11.mixed: which layers a mixed point has.
- YSJ18.I11.stage: a mixed point has the product W_{H+1} ... W_{i+1} V_i ... V_1.
"""

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    P_,
    R_,
    Example,
    H,
    V,
    W,
    critical_points,
    i,
    j,
    k,
    v,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import Rows
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    define,
    each,
    like,
    recursion,
    the,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    calculation,
    cases,
    cite,
    definition,
    have,
    induct,
    linear,
    logic,
)

before, U = like("before", W), like("U", W)
mixed = define(
    "mixed",
    (V, W),
    recursion(k, before, 0, W, update(before, k, V[k])),
    text="({0}|{1})",
    latex=r"({0} \mid {1})",
)
"""mixed(V, W)[i] is the point (V_1, ..., V_i, W_{i+1}, ..., W_{H+1})."""


def draw(name: str, point: str, *layers: Rows) -> Example:
    """The example `point` of a deep linear network, with the rows of V_1, V_2, ..."""
    (values,) = (values for other, values in critical_points() if other == point)
    return name, {**values, the(V): {k: matrix_of(m, name) for k, m in enumerate(layers, 1)}}


def drawn_points() -> tuple[Example, ...]:
    """Points, and points with drawn layers V."""
    two = "widths 1, 2, 2, two outputs, zero weights"
    three = "widths 2, 1, 2, 3, zero weights, three outputs"
    return (
        draw("factors of full rank", two, [[1], [2]], [[1, 1], [0, 1]]),
        draw("factors of full rank, orthogonal", "seen from a broad layer", [[0], [1]], [[1, 0]]),
        draw("factors of full rank around a narrow layer", three, [[1, 2]], [[1], [1]],
             [[1, 0], [0, 1], [1, 1]]),
        draw("drawn where all inputs are 0", "zero inputs, zero weights", [[1]], [[1]]),
        draw("drawn beside a product of 10", "a product of 10", [[0], [1]], [[0, 1]]),
        *critical_points(),
    )  # fmt: skip


BY_TURNS = DEEP_LINEAR.extended(
    "a deep linear network, and a point that takes over its layers one by one",
    definitions=(mixed,),
    instances=drawn_points,
)
i_in_range = (0 <= i, i <= H + 1)

same_lower = each(j, 0, i, P_(U)[j] == P_(V)[j])
LOWER = Statement(
    "YSJ18.I11.lower",
    DEEP_LINEAR,
    title="A product of lower layers depends on these layers alone",
    names=(i, U, V),
    standing=i_in_range,
    given={"layers": each(j, 1, i, U[j] == V[j])},
    then=same_lower,
    proof=[
        have(
            "all",
            same_lower,
            induct(
                v,
                base=[have("input", P_(U)[0] == P_(V)[0], calculation)],
                step=[
                    have("there", P_(U)[v + 1] == U[v + 1] @ P_(U)[v], definition),
                    have("here", P_(V)[v + 1] == V[v + 1] @ P_(V)[v], definition),
                    have("layer", None, at(v + 1), "layers"),
                    have(
                        "next",
                        P_(U)[v + 1] == P_(V)[v + 1],
                        calculation,
                        "there",
                        "layer",
                        "all.before",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

same_upper = each(j, i, H + 1, A_(U)[j] == A_(V)[j])
UPPER = Statement(
    "YSJ18.I11.upper",
    DEEP_LINEAR,
    title="A product of upper layers depends on these layers alone",
    names=(i, U, V),
    standing=i_in_range,
    given={"layers": each(j, i + 1, H + 1, U[j] == V[j])},
    then=same_upper,
    proof=[
        have(
            "all",
            same_upper,
            induct(
                v,
                base=[have("output", A_(U)[H + 1] == A_(V)[H + 1], calculation)],
                step=[
                    have("there", A_(U)[v - 1] == A_(U)[v] @ U[v], definition),
                    have("here", A_(V)[v - 1] == A_(V)[v] @ V[v], definition),
                    have("layer", None, at(v), "layers"),
                    have(
                        "next",
                        A_(U)[v - 1] == A_(V)[v - 1],
                        calculation,
                        "there",
                        "layer",
                        "all.before",
                        "<here",
                    ),
                ],
                down=True,
            ),
        )
    ],
)

between = mixed(V, W)


def taken_over(i: Expr | int) -> Expr:
    """The layers of the mixed point up to i are those of V, and the others those of W."""
    return both(each(j, 1, i, between[i][j] == V[j]), each(j, i + 1, H + 1, between[i][j] == W[j]))


MIXED = Statement(
    "YSJ18.I11.mixed",
    BY_TURNS,
    title="The layers of a mixed point",
    names=(V,),
    given={},
    then=each(i, 0, H + 1, taken_over(i)),
    proof=[
        have(
            "all",
            each(i, 0, H + 1, taken_over(i)),
            induct(
                v,
                base=[
                    have(
                        "lower",
                        each(j, 1, 0, between[0][j] == V[j]),
                        arbitrary(
                            j,
                            proof=[
                                have("none", contradiction, linear, "lower.j"),
                                have("layer", between[0][j] == V[j], logic, "none"),
                            ],
                        ),
                    ),
                    have(
                        "upper",
                        each(j, 1, H + 1, between[0][j] == W[j]),
                        arbitrary(j, proof=[have("layer", between[0][j] == W[j], calculation)]),
                    ),
                    have("both", taken_over(0), logic, "lower", "upper"),
                ],
                step=[
                    have(
                        "change", between[v + 1] == update(between[v], v + 1, V[v + 1]), definition
                    ),
                    have("below", each(j, 1, v, between[v][j] == V[j]), logic, "all.before"),
                    have(
                        "above", each(j, v + 1, H + 1, between[v][j] == W[j]), logic, "all.before"
                    ),
                    have(
                        "lower",
                        each(j, 1, v + 1, between[v + 1][j] == V[j]),
                        arbitrary(
                            j,
                            proof=[
                                have(
                                    "layer",
                                    between[v + 1][j] == V[j],
                                    cases(
                                        [
                                            have("before", None, at(j), "below"),
                                            have(
                                                "kept",
                                                between[v + 1][j] == V[j],
                                                calculation,
                                                "change",
                                                "before",
                                            ),
                                        ],
                                        [
                                            have("last", j == v + 1, linear, "lower.j", "layer.2"),
                                            have(
                                                "new",
                                                between[v + 1][j] == V[j],
                                                calculation,
                                                "last",
                                                "change",
                                            ),
                                        ],
                                        split=j <= v,
                                    ),
                                )
                            ],
                        ),
                    ),
                    have(
                        "upper",
                        each(j, v + 2, H + 1, between[v + 1][j] == W[j]),
                        arbitrary(
                            j,
                            proof=[
                                have("before", None, at(j), "above"),
                                have(
                                    "kept",
                                    between[v + 1][j] == W[j],
                                    calculation,
                                    "change",
                                    "before",
                                ),
                            ],
                        ),
                    ),
                    have("both", taken_over(v + 1), logic, "lower", "upper"),
                ],
            ),
        )
    ],
)

here = between[i]
at_stage = both(
    each(j, 0, i, P_(here)[j] == P_(V)[j]),
    each(j, i, H + 1, A_(here)[j] == A_(W)[j]),
    R_(here) == A_(W)[i] @ P_(V)[i],
)
STAGE = Statement(
    "YSJ18.I11.stage",
    BY_TURNS,
    title="Products of the layers of a mixed point",
    names=(i, V),
    standing=i_in_range,
    given={},
    then=at_stage,
    proof=[
        have("mixed", None, cite(MIXED)),
        have("layers", None, at(i), "mixed"),
        have("lower layers", each(j, 1, i, here[j] == V[j]), logic, "layers"),
        have("upper layers", each(j, i + 1, H + 1, here[j] == W[j]), logic, "layers"),
        have("lower", None, cite(LOWER, U=here)),
        have("upper", None, cite(UPPER, U=here, V=W)),
        have("split", None, cite(SPLIT, W=here)),
        have("below", None, at(i), "lower"),
        have("above", None, at(i), "upper"),
        have("product", None, at(i), "split"),
        have("stage", R_(here) == A_(W)[i] @ P_(V)[i], calculation, "product", "below", "above"),
        have("all", at_stage, logic, "lower", "upper", "stage"),
    ],
)
