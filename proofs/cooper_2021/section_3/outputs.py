"""Section 3.1.2: the form of an output, (3.3) and (3.4).

Statements
- C21.I3.4.matrices: the network as a product of stacked layers; the row of ones bypasses sigma.
- C21.I3.4: the nested form of an entry of the outputs.
"""

from collections.abc import Sequence

from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.derivatives import (
    DERIVATIVES,
    affine,
    printed_stack_,
    stack_,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    b,
    f_,
    layer,
    n,
    one,
    phi_,
    sigma,
)
from symbolic_landscape.proofs.rules import blocks, entries
from symbolic_landscape.statement.language import Expr, both, each, integer, stack, total
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    claimed,
    definition,
    have,
    induct,
    logic,
)
from symbolic_landscape.statement.step import Step

v, a = integer("v"), integer("a")


def product_of_layers(
    stacked: Expr,
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of (3.3): the outputs are the last layer applied to the stacked features."""
    return Statement(
        "C21.I3.4.matrices",
        DERIVATIVES,
        kind="identity",
        title="The network as a product of stacked layers",
        where="Section 3.1.2, (3.3)",
        lines=(243, 247),
        given={},
        then=f_(M, b) == affine(l) @ stacked[l - 1],
        gloss="Literally sigma turns the row of ones into sigma(1); it has to leave it as it is.",
        hedge="The nested form (3.4), which is what the proofs use, is right.",
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


features = stack_(M, b)
ONES = product_of_layers(
    features,
    [
        have(
            "stacked",
            each(k, 0, l - 1, features[k] == stack(phi_(M, b)[k], one)),
            induct(
                v,
                base=[have("inputs", features[0] == stack(phi_(M, b)[0], one), calculation)],
                step=[
                    have(
                        "layer",
                        None,
                        by(
                            blocks.block_times_stack,
                            A=M[v + 1],
                            D=b[v + 1],
                            B=phi_(M, b)[v],
                            U=one,
                        ),
                    ),
                    have(
                        "stack",
                        features[v + 1] == stack(sigma(affine(v + 1) @ features[v]), one),
                        definition,
                    ),
                    have(
                        "features",
                        phi_(M, b)[v + 1] == sigma(layer(phi_(M, b)[v], v + 1)),
                        definition,
                    ),
                    have(
                        "next",
                        features[v + 1] == stack(phi_(M, b)[v + 1], one),
                        calculation,
                        "stack",
                        "features",
                        "stacked.before",
                        "layer",
                    ),
                ],
            ),
        ),
        have("below", None, at(l - 1), "stacked"),
        have(
            "last layer",
            None,
            by(blocks.block_times_stack, A=M[l], D=b[l], B=phi_(M, b)[l - 1], U=one),
        ),
        have(
            "outputs", f_(M, b) == affine(l) @ features[l - 1], calculation, "below", "last layer"
        ),
    ],
    "repaired",
)
ONES_PRINTED = product_of_layers(
    printed_stack_(M, b),
    [
        have(
            "outputs",
            f_(M, b) == affine(l) @ printed_stack_(M, b)[l - 1],
            claimed("the function computed by the neural network is of the following form"),
            lines=(243, 247),
        )
    ],
    repaired=ONES,
    expected=("refuted, statement", "invalid inference, step outputs"),
)


def unit(k: Expr, i: Expr) -> Expr:
    """What unit i of layer k makes of the features below for sample a."""
    return total(j, 1, m[k - 1], M[k][i, j] * phi_(M, b)[k - 1][j, a]) + b[k][i, 1]


def of_units(k: Expr, formula: Expr) -> Expr:
    """The formula holds for each unit i of layer k and each sample a."""
    return each(i, 1, m[k], each(a, 1, n, formula))


output = f_(M, b)[i, a] == unit(l, i)
hidden = phi_(M, b)[k][i, a] == sigma(unit(k, i))
outputs, units = of_units(l, output), each(k, 1, l - 1, of_units(k, hidden))


def row(k: Expr, name: str) -> list[Step]:
    """Steps to an entry of what layer k makes of the features below; the last has this name."""
    return [
        have("product", None, by(entries.entry_of_product, A=M[k], B=phi_(M, b)[k - 1], i=i, j=a)),
        have(
            "shift",
            (b[k] @ one)[i, a] == b[k][i, 1],
            by(entries.entry_of_repeated_row, m=n, n=m[k], H=b[k].T, i=a, j=i),
        ),
        have(
            name,
            layer(phi_(M, b)[k - 1], k)[i, a] == unit(k, i),
            calculation,
            "product",
            "shift",
        ),
    ]


I3_4 = Statement(
    "C21.I3.4",
    NETWORK,
    kind="identity",
    title="Nested form of an output coordinate",
    where="Section 3.1.2, (3.4)",
    lines=(249, 253),
    given={},
    then=both(outputs, units),
    gloss="f is a sum of w sigma(...) plus a bias, and each sigma has such a sum inside.",
    proof=[
        have(
            "outputs",
            outputs,
            arbitrary(i, a, proof=row(l, "output")),
        ),
        have(
            "units",
            units,
            arbitrary(
                k,
                i,
                a,
                proof=[
                    *row(k, "inside"),
                    have(
                        "layer",
                        phi_(M, b)[k] == sigma(layer(phi_(M, b)[k - 1], k)),
                        definition,
                    ),
                    have("unit", hidden, calculation, "layer", "inside"),
                ],
            ),
        ),
        have("both", both(outputs, units), logic, "outputs", "units"),
    ],
)
