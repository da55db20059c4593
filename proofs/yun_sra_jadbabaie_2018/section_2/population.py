"""Section 2.2: the population risk of linear residual networks (Hardt and Ma), Definition D4.

Statements
- YSJ18.D4: the risk as a trace form of (I + W_{H+1}) ... (I + W_1) - R, for x and xi with finitely
  many values.
"""

from symbolic_landscape.proofs.rules import columns, entries
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import m
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.population import (
    LAW,
    K,
    R,
    S,
    covariance,
    errors,
    expected_risk,
    n,
    noise,
    parts,
    q,
    residual_product,
    values,
    weights,
)
from symbolic_landscape.statement.language import det, identity_matrix, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, calculation, cite, have, linear

TITLE = "Linear residual population risk (Hardt-Ma setting)"
error = residual_product(parts) - R
MOMENTS = {
    "centred": values @ q == 0,
    "noise centred": noise @ q == 0,
    "noise standard": covariance(noise, q) == identity_matrix(n),
    "independent": noise @ weights @ values.T == noise @ q @ q.T @ values.T,
}
form = expected_risk(parts) == (trace(error @ covariance(values, q) @ error.T) + n) / 2
residuals = K @ values - noise
MOMENTS_ENTER = Statement(
    "YSJ18.D4.moments",
    LAW,
    title="Only second moments of x and xi enter the mean of a squared error",
    names=(S, K),
    given={
        "symmetric": S.T == S,
        "cross": noise @ S @ values.T == 0,
        "noise": noise @ S @ noise.T == identity_matrix(n),
    },
    then=trace(residuals @ S @ residuals.T) == trace(K @ values @ S @ values.T @ K.T) + n,
    proof=[
        have(
            "turned",
            values @ S @ noise.T == 0,
            by(entries.zero_turned),
            "symmetric",
            "cross",
        ),
        have(
            "sum",
            trace(residuals @ S @ residuals.T) == trace(K @ values @ S @ values.T @ K.T) + n,
            calculation,
            "symmetric",
            "turned",
            "noise",
        ),
    ],
)
expanded = [
    have("squares", None, by(columns.weighted_squares, A=errors, v=q)),
    have("symmetric", None, by(columns.diagonal_is_symmetric, m=m, u=q)),
    have("cross", noise @ weights @ values.T == 0, calculation, "independent", "noise centred"),
    have(
        "noise",
        noise @ weights @ noise.T == identity_matrix(n),
        calculation,
        "<noise standard",
        "noise centred",
    ),
    have("sum", None, cite(MOMENTS_ENTER, S=weights, K=error)),
    have(
        "inputs",
        trace(error @ covariance(values, q) @ error.T)
        == trace(error @ values @ weights @ values.T @ error.T),
        calculation,
        "centred",
    ),
    have("form", form, linear, "squares", "sum", "inputs"),
]
D4_REPAIRED = Statement(
    "YSJ18.D4",
    LAW,
    title=TITLE,
    kind="definition",
    where="sec. 2.2",
    lines=(132, 143),
    reading="repaired",
    given=MOMENTS,
    then=form,
    proof=expanded,
    gloss="For a law with finite second moments the mean is linear, and the same holds; here x and "
    "xi have finitely many values. The sign of det R does not matter, as the paper says too.",
)
D4 = Statement(
    "YSJ18.D4",
    LAW,
    title=TITLE,
    kind="definition",
    where="sec. 2.2",
    lines=(132, 137),
    given={**MOMENTS, "truth": det(R) > 0},
    then=form,
    proof=expanded,
    repaired=D4_REPAIRED,
)
