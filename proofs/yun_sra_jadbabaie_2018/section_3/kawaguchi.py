"""Section 3.3: a theorem from outside that the paper takes over.

Statements
- external:kawaguchi_2016_theorem_2_3_iii: critical points that are not least are saddles.

Source: Kawaguchi, "Deep learning without poor local minima", 2016, Theorem 2.3 (iii).
"""

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    DEEP_LINEAR,
    POINT,
    H,
    W,
    X,
    Y,
    critical,
    d,
    distinct,
    full_correlation,
    full_gram,
    least,
    saddle,
)
from symbolic_landscape.statement.lemma import Statement

KAWAGUCHI = Statement(
    "external:kawaguchi_2016_theorem_2_3_iii",
    DEEP_LINEAR,
    kind="external",
    title="Critical points of deep linear networks that are not least are saddles",
    where="Kawaguchi 2016, Theorem 2.3 (iii)",
    given={
        "order": d[H + 1] <= d[0],
        "gram": full_gram,
        "correlation": full_correlation,
        "distinct": distinct(X, Y),
        "critical": critical(W),
        "not least": ~least(*POINT),
    },
    then=saddle(*POINT),
)
