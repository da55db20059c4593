"""Two readings of YSJ18 that were declared, and are false beyond their own examples.

Statements
- YSJ18.I10.factor: the Hessian block of Appendix B for any factor before the squared error.
- YSJ18.T4.1.layer2: Theorem 4.1 with its conditions on the layers above a layer j, not the first.
"""

from dataclasses import replace

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.last_layer import I10
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.critical_points import (
    T4_1,
    conditions,
    inputs,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import j

FACTOR = replace(
    I10,
    key="YSJ18.I10.factor",
    title="Hessian block for the last layer, whatever the factor of the squared error",
    kind="remark",
    given={},
    proof=(),
    repaired=None,
)
LAYER_2 = replace(
    T4_1,
    key="YSJ18.T4.1.layer2",
    title="Nonlinear case d_x>=d_y, with conditions on the layers above a layer j",
    kind="remark",
    given={**inputs, **conditions(j)},
    proof=(),
    repaired=None,
)
