# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Local minima at infinity: Theorem 4 of Petzka and Sminchisescu (2021)
#
# Let all biases of the last hidden layer of a sigmoid network run to infinity. Its units then give
# 1 on every sample, and the network is a constant. The paper says that near such a point the loss
# can be higher everywhere than in the limit: training that comes near it runs away, to a loss that
# is not the best. Here is how near is near enough, and where the better point lies.

# %%
from fractions import Fraction

import matplotlib.pyplot as plt
import mpmath

from symbolic_landscape import Network, Parameters, Samples, load_proofs
from symbolic_landscape.critical.saturation import (
    Saturated,
    lower_point,
    minimum_at_infinity,
    suboptimal_minimum,
)
from symbolic_landscape.judge.derivations import Derivations

# %% [markdown]
# ## 1. One unit and three samples
#
# The targets 0, 0, 1 have the mean 1/3. With weight 1 in, weight -1 out and the output bias 4/3
# the output tends to 1/3 as the bias $b$ of the unit grows.

# %%
samples = Samples([[0], [1], [2]], [[0], [0], [1]])
network = Network((1, 1, 1), "sigmoid")
third = Fraction(1, 3)


def point(out: int) -> Saturated:
    """The point at infinity with this weight out, and the mean as its constant."""
    return Saturated(network, samples, Parameters([[[1]], [[out]]], [[0], [third - out]]))


below, above = point(-1), point(1)
verdicts = [minimum_at_infinity(case) for case in (below, above)]
for verdict in verdicts:
    print(verdict.outcome.name, verdict.reason)

# %% [markdown]
# The first answer is about a whole neighbourhood: all weights and biases within the radius, and all
# biases $b$ with $e^{-b} \le p_0$. It is decided in balls, and no remainder is left out: with
# $p = e^{-b}$ the loss is that at infinity, plus a square, minus $2 p\,S(p)$, and $S$ is negative
# there. With the other sign of the weight out the loss comes down from infinity.
#
# ## 2. The loss against the bias
#
# The picture is drawn with mpmath and decides nothing. The dotted line is the loss at infinity;
# on the right of the other line lies what the certificate is about, $b \ge -\log p_0$.

# %%
mpmath.mp.dps = 40


def loss(out: int, bias: float) -> float:
    """The loss with this weight out and bias, in many digits."""
    unit = [1 / (1 + mpmath.exp(-(x + mpmath.mpf(bias)))) for x in range(3)]
    outputs = [mpmath.mpf(1) / 3 - out + out * a for a in unit]
    return float(sum((f - y) ** 2 for f, y in zip(outputs, (0, 0, 1), strict=True)))


biases = [k / 10 for k in range(-20, 81)]
start = -mpmath.log(
    mpmath.mpf(verdicts[0].data["p0"].numerator) / verdicts[0].data["p0"].denominator
)
figure, axes = plt.subplots(figsize=(6, 3.5))
for out in (-1, 1):
    axes.plot(biases, [loss(out, b) for b in biases], label=f"weight out {out}")
axes.axhline(float(below.value), linestyle=":", color="black")
axes.axvline(float(start), color="grey", linewidth=0.8)
axes.set_xlabel("bias")
axes.set_ylabel("loss")
axes.legend()
figure.tight_layout()

gaps = [loss(-1, b) - 2 / 3 for b in (2, 4, 8)]
print([f"{gap:.2e}" for gap in gaps])

# %% [markdown]
# ## 3. A better finite point, and deeper networks
#
# From the constant one step of the last layer along the negative gradient gives a lower loss.

# %%
better = lower_point(below)
assert better is not None
print(below.loss(better), "<", below.value)

found = []
for widths in ((1, 3, 1), (2, 2, 2, 1), (1, 2, 2, 2, 1)):
    inputs = [[(i * (j + 1)) % 4 for j in range(widths[0])] for i in range(3)]
    layers = range(1, len(widths))
    zero = Parameters(
        [[[0] * widths[k - 1] for _ in range(widths[k])] for k in layers],
        [[0] * widths[k] for k in layers],
    )
    case = Saturated(Network(widths, "sigmoid"), Samples(inputs, [[0], [0], [1]]), zero)
    minimum = suboptimal_minimum(case)
    assert minimum is not None
    found.append(minimum)
    print(widths, "radius and p0", minimum[1].data["p0"], "better", minimum[0].loss(minimum[2]))

# %% [markdown]
# ## 4. For all data
#
# `PS21.T4` derives it from the definition of the network: for all inputs that differ and targets
# that do not agree, all depths, widths and numbers of outputs there is such a point, and a finite
# one with a lower loss. Two units in each layer, as the paper asks for, are not needed.

# %%
proofs = load_proofs()
kernel = Derivations(proofs.rules.values())
theorem = proofs["PS21.T4"]
assert theorem.repaired is not None
result = {
    "outcomes": [verdict.outcome.value for verdict in verdicts],
    "p0": str(verdicts[0].data["p0"]),
    "falling gap": gaps[0] > gaps[1] > gaps[2] > 0,
    "deeper": [str(minimum[1].data["p0"]) for minimum in found],
    "derived": kernel.is_derived(theorem.repaired),
    "printed derived": kernel.is_derived(theorem.printed),
}
print(result)
