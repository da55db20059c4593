"""Section 5.5: when the construction is said to give a saddle point.

Statements
- PS21.Rem5.5: where D is not 0, or B has a direction of the wrong sign, the Hessian has a negative
  eigenvalue. That B is not definite is not enough: where all residuals are 0, B and D are 0.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.criteria import (
    REM_SADDLE,
    REM_SADDLE_PRINTED,
    hessian,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import z
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    D_,
    UNIT,
)
from symbolic_landscape.proofs.rules.definite import pd, psd
from symbolic_landscape.statement.language import Expr, both, either
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, claimed, have, logic
from symbolic_landscape.statement.step import Step

GIVEN = {name: f for name, f in REM_SADDLE.given.items() if name != "wrong sign"}
violated = either(D_(z) != 0, both(~pd(B_(z)), ~pd(-B_(z))))


def remark_5_5(
    given: Mapping[str, Expr],
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of when the embedded point has a direction of negative curvature."""
    return Statement(
        "PS21.Rem5.5",
        UNIT,
        title="Section 5.5: conditions and limitations",
        kind="remark",
        where="Section 5.5",
        lines=(277, 277),
        given={**GIVEN, **given},
        then=~psd(hessian),
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
        hedge="The paper's own second layer has a B that is semidefinite and not definite, and a local "
        "minimum. Its count of n_(l-1) n_(l+1) conditions for D = 0 leaves out the bias, and that the "
        "weights out are orthogonal to D (PS21.P15.orthogonal): with one unit in layer l + 1 there is none.",
    )  # fmt: skip


REM5_5 = remark_5_5(
    {"wrong sign": REM_SADDLE.given["wrong sign"]},
    [
        have("both", None, cite(REM_SADDLE)),
        have("negative", ~psd(hessian), logic, "both"),
    ],
    "repaired",
)
REM5_5_PRINTED = remark_5_5(
    {"minimum": REM_SADDLE_PRINTED.given["minimum"], "violated": violated},
    [
        have(
            "negative",
            ~psd(hessian),
            claimed(
                "whenever a necessary condition is violated the construction leads to a saddle"
            ),
            "minimum",
            "violated",
            lines=(277, 277),
        )
    ],
    repaired=REM5_5,
    expected=("refuted, statement", "invalid inference, step negative"),
)
