"""Section 3.2, Corollary 3.9: why nothing meets its hypotheses.

Statements
- NH17.C3.9.line: along a line that keeps the preactivations of layer k + 1 to first order the
  objective does not bend, where the errors of that layer vanish.
- NH17.C3.9.empty: with n_k >= N - 1 no local minimum is non-degenerate.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import OBJECTIVE as SPLIT
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.definite_hessians import (
    BLOCK,
    DEFINITE,
    definite,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import ERRORS
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.layer_slopes import (
    NO_BIASES,
    NO_WEIGHTS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.local_minima import (
    ALL,
    CRITICAL,
    SMOOTH,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.nondegenerate_minima import (
    UPPER,
    no_lower,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.null_directions import RANK
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    BELOW,
    OBJECTIVE,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.tails import SMOOTH_TAILS, TAILS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    moved,
    nondegenerate,
    second_derivative,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    Delta,
    F,
    G,
    L,
    N,
    Phi,
    W,
    b,
    critical,
    flat_at,
    h,
    k,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules import blocks, curves, entries, forms, functions, points, ranks
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    derivative,
    every,
    exists,
    fn,
    gradient,
    identity_matrix,
    integer,
    matrix,
    ones,
    rank,
    real,
    stack,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    definition,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Step

i, j, v, t = integer("i"), integer("j"), integer("v"), real("t")

eps, A, beta = matrix("eps", 1, n[k]), matrix("A", n[k], n[k + 1]), matrix("beta", 1, n[k + 1])
slope = derivative(sigma)
TURN = (
    update(NO_WEIGHTS, k + 1, A),
    update(update(NO_BIASES, k, eps), k + 1, beta),
)
"""The direction that moves the biases of layer k by eps, and layer k + 1 by (A, beta)."""
TURNED = moved((t, *TURN))
first_order = (slope(G(k)) * (one @ eps)) @ W[k + 1]
"""The change of the features of layer k, as layer k + 1 sees it."""
kept = first_order == -(F(k) @ A + one @ beta)

below = fn(t, G(k) + t * (one @ eps))
image = fn(t, sigma(below(t)))
weights = fn(t, W[k + 1] + t * A)
product = fn(t, image(t) @ weights(t))
biases = fn(t, one @ b[k + 1] + t * (one @ beta))
path = fn(t, product(t) + biases(t))
"""The preactivations of layer k + 1 along the line, and what they are made of."""


def smooth_curve(name: str, curve: Expr, rule: Rule, *uses: str) -> list[Step]:
    """Steps: the curve is twice, and so once, continuously differentiable."""
    return [
        have(f"{name} twice", twice_smooth(curve), by(rule), *uses),
        have(name, smooth(curve), by(curves.smooth_curve_of_twice), f"{name} twice"),
    ]


LINE = Statement(
    "NH17.C3.9.line",
    NEIGHBOURHOODS,
    title="Where errors vanish the objective does not bend along a line that layer k + 1 undoes",
    names=(k, eps, A, beta),
    standing=(k >= 1, k <= L - 1),
    given={"errors": Delta(k + 1) == 0, "kept": kept, **SMOOTH},
    then=second_derivative(W, b, *TURN, *TURN) == 0,
    proof=[
        have(
            "on the line",
            every(t, Phi(*TURNED) == h(k + 1)(path(t))),
            arbitrary(
                t,
                proof=[
                    have(
                        "lower layers",
                        points.agree(*TURNED, W, b, 1, k - 1),
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "same", both(TURNED[0][i] == W[i], TURNED[1][i] == b[i]), logic
                                )
                            ],
                        ),
                    ),
                    have(
                        "upper layers",
                        points.agree(*TURNED, W, b, k + 2, L),
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "same", both(TURNED[0][i] == W[i], TURNED[1][i] == b[i]), logic
                                )
                            ],
                        ),
                    ),
                    have("features", None, cite(BELOW, V=TURNED[0], c=TURNED[1], k=k - 1)),
                    have("features below", None, at(k - 1), "features"),
                    have("tails", None, cite(TAILS, V=TURNED[0], c=TURNED[1], k=k + 1)),
                    have("tail", None, at(k + 1), "tails"),
                    have("image", F_(*TURNED)[k] == sigma(G_(*TURNED, k)), definition),
                    have("split", None, cite(SPLIT, W=TURNED[0], b=TURNED[1])),
                    have("split here", None, at(k + 1), "split"),
                    have(
                        "value",
                        Phi(*TURNED) == h(k + 1)(path(t)),
                        calculation,
                        "split here",
                        "tail",
                        "image",
                        "features below",
                    ),
                ],
            ),
        ),
        have(
            "functions",
            fn(t, Phi(*TURNED)) == fn(t, h(k + 1)(path(t))),
            by(functions.equal_functions_of_numbers),
            "on the line",
        ),
        *smooth_curve("below", below, curves.twice_smooth_line),
        *smooth_curve("image", image, curves.twice_smooth_curve_image, "sigma", "below twice"),
        *smooth_curve("weights", weights, curves.twice_smooth_line),
        *smooth_curve(
            "product", product, curves.twice_smooth_curve_product, "image twice", "weights twice"
        ),
        *smooth_curve("biases", biases, curves.twice_smooth_line),
        have(
            "path twice",
            twice_smooth(path),
            by(curves.twice_smooth_curve_sum),
            "product twice",
            "biases twice",
        ),
        have("below moves", derivative(below)(0) == one @ eps, by(curves.derivative_of_line)),
        have(
            "image moves",
            derivative(image)(0) == slope(below(0)) * derivative(below)(0),
            by(curves.derivative_of_image),
            "standing 4",
            "below",
        ),
        have("weights move", derivative(weights)(0) == A, by(curves.derivative_of_line)),
        have(
            "product moves",
            derivative(product)(0)
            == derivative(image)(0) @ weights(0) + image(0) @ derivative(weights)(0),
            by(curves.derivative_of_product),
            "image",
            "weights",
        ),
        have("biases move", derivative(biases)(0) == one @ beta, by(curves.derivative_of_line)),
        have(
            "path moves",
            derivative(path)(0) == derivative(product)(0) + derivative(biases)(0),
            by(curves.derivative_of_sum),
            "product",
            "biases",
        ),
        have("features here", F(k) == sigma(G(k)), definition),
        have(
            "velocity",
            derivative(path)(0) == first_order + F(k) @ A + one @ beta,
            calculation,
            "path moves",
            "product moves",
            "biases move",
            "weights move",
            "image moves",
            "below moves",
            "features here",
        ),
        have("at rest", derivative(path)(0) == 0, calculation, "velocity", "kept"),
        have("start", path(0) == G(k + 1), calculation, "<features here"),
        have("no errors", gradient(h(k + 1), path(0)) == 0, calculation, "start", "errors"),
        have("tails twice", None, cite(SMOOTH_TAILS)),
        have("tail twice", None, at(k + 1), "tails twice"),
        have(
            "no bend",
            derivative(derivative(fn(t, h(k + 1)(path(t)))))(0) == 0,
            by(curves.second_derivative_at_rest, h=h(k + 1), X=path),
            "tail twice",
            "path twice",
            "no errors",
            "at rest",
        ),
        have("smooth", None, cite(SMOOTH_OBJECTIVE)),
        have(
            "form",
            derivative(derivative(fn(t, Phi(*TURNED))))(0) == second_derivative(W, b, *TURN, *TURN),
            by(forms.hessian_along_line, H=OBJECTIVE, U=W, a=b, K=TURN[0], e=TURN[1]),
            "smooth",
        ),
        have(
            "zero",
            second_derivative(W, b, *TURN, *TURN) == 0,
            calculation,
            "<form",
            "functions",
            "no bend",
        ),
    ],
)

features_and_one = block(F(k), one)
R = matrix("R", n[k] + 1, N)
unit = ones(1, n[k])
pulled = (slope(G(k)) * (one @ unit)) @ W[k + 1]
turned = (update(NO_WEIGHTS, k + 1, A), update(update(NO_BIASES, k, unit), k + 1, beta))

EMPTY = Statement(
    "NH17.C3.9.empty",
    NEIGHBOURHOODS,
    title="With n_k >= N - 1 no local minimum is non-degenerate",
    names=(k,),
    standing=(k >= 1, k <= L - 1),
    given={
        "wide": n[k] >= N - 1,
        "minimum": local_minimum(W, b),
        "nondegenerate": nondegenerate(W, b, ALL),
        **SMOOTH,
    },
    then=contradiction,
    proof=[
        have("definite", definite, cite(DEFINITE)),
        have("block", nondegenerate(W, b, UPPER), cite(BLOCK, I=UPPER)),
        have("no lower layer", no_lower, arbitrary(i, proof=[have("upper", ~UPPER(i), linear)])),
        have("next layer", UPPER(k + 1), linear),
        have("columns", rank(features_and_one) == n[k] + 1, cite(RANK, I=UPPER)),
        have("rows", rank(features_and_one) <= N, by(ranks.rank_at_most_rows)),
        have("full", rank(features_and_one) == N, linear, "columns", "rows", "wide"),
        have("critical", critical(W, b), cite(CRITICAL)),
        have("flat layer", flat_at(W, b, k + 1), at(k + 1), "critical"),
        have("errors", Delta(k + 1) == 0, cite(ERRORS)),
        have(
            "inverse",
            exists(R, features_and_one @ R == identity_matrix(N)),
            by(ranks.right_inverse),
            "full",
        ),
        have("R", features_and_one @ R == identity_matrix(N), obtain(R), "inverse"),
        have(
            "parts",
            exists(A, beta, -(R @ pulled) == stack(A, beta)),
            by(blocks.split_rows, H=-(R @ pulled), m=n[k], p=1),
        ),
        have("A and beta", -(R @ pulled) == stack(A, beta), obtain(A, beta), "parts"),
        have(
            "multiplied",
            features_and_one @ stack(A, beta) == F(k) @ A + one @ beta,
            by(blocks.block_times_stack),
        ),
        have(
            "undone", features_and_one @ stack(A, beta) == -pulled, calculation, "<A and beta", "R"
        ),
        have("kept", pulled == -(F(k) @ A + one @ beta), calculation, "<undone", "multiplied"),
        have("no bend", second_derivative(W, b, *turned, *turned) == 0, cite(LINE, eps=unit)),
        have(
            "not zero",
            ~points.is_zero(*turned, 1, L),
            suppose_not(
                [
                    have("zero", points.is_zero(*turned, 1, L), logic, "not zero.not"),
                    have("layer", None, at(k), "zero"),
                    have("biases", unit == 0, logic, "layer"),
                    have("some unit", n[k] >= 1, at(k), "standing 3"),
                    have(
                        "clash",
                        contradiction,
                        by(entries.entry_of_zero, A=unit, i=1, j=1),
                        "biases",
                    ),
                ]
            ),
        ),
        have("if not zero", None, at(*turned), "definite"),
        have(
            "bend", second_derivative(W, b, *turned, *turned) > 0, logic, "if not zero", "not zero"
        ),
        have("clash", contradiction, linear, "bend", "no bend"),
    ],
)
