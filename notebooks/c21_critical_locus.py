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
# # Where the gradient vanishes: Cooper (2021) on the critical locus
#
# A network of depth $\ell$ computes $A_\ell \circ \sigma \circ A_{\ell-1} \circ \dots \circ \sigma
# \circ A_1$ with $A_k(x) = M_k x + b_k$, and $L$ is the sum of the squared errors. The critical
# points of $L$ are not scattered about: many lie on affine spaces that can be written down for all
# data at once. We build some, see which hypothesis of the paper holds them together, look at
# their Hessians, and count zero eigenvalues. All numbers that decide are exact; only the two
# pictures are in floats.

# %%
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np

from symbolic_landscape import (
    Network,
    Parameters,
    Samples,
    Stepper,
    classify,
    critical_loci,
    load_proofs,
)
from symbolic_landscape.atlas import entry
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options

proofs = load_proofs()
kernel = Derivations(proofs.rules.values())

# %% [markdown]
# ## 1. A layer of zeros
#
# Let $M_k = 0$, $M_\ell = 0$ and $b_k = \dots = b_{\ell-1} = 0$. Above layer $k$ nothing depends on
# the samples any more: with $\sigma(0) = 0$ all features there are 0, and the network outputs
# $b_\ell$. All layers below $k$ are free. Here $k = 2$, and the first layer is arbitrary.

# %%
net = Network((1, 2, 2, 1), "tanh")
samples = Samples(inputs=[[0], [1], [2]], targets=[[1], [0], [5]])
loss = net.loss(samples)


def star_point(last_bias: int, first: int = 1) -> Parameters:
    """A point with zeros in layers 2 and 3."""
    return Parameters(
        weights=[[[first], [-2]], [[0, 0], [0, 0]], [[0, 0]]],
        biases=[[1, 3], [0, 0], [last_bias]],
    )


targets_sum, targets_mean = 6, 2
for name, bias in (("sum", targets_sum), ("mean", targets_mean)):
    gradient = loss.at(star_point(bias)).gradient
    print(f"b_3 the {name} of the targets: gradient {[str(x) for (x,) in gradient.tolist()]}")

# %% [markdown]
# The paper sets $b_\ell = \sum_\alpha y_\alpha$, the sum. Then the errors do not cancel, and the
# last entry of the gradient is $2\,(n\, b_\ell - \sum_\alpha y_\alpha) = 24$. With the *mean* the
# point is critical, and it stays so wherever the free parameters go:

# %%
moved = [loss.at(star_point(targets_mean, first)).gradient.is_zero for first in (-5, 0, 7)]
print(moved)

# %% [markdown]
# So there is a whole affine space $S_2$ of critical points, and one more, $S_1$, for $k = 1$. Their
# union over $k$ is the **star locus** $S$. For the network 1-1-1-1 with $M_3 = 0$ and zero biases
# it can be drawn: the gradient vanishes where $w_1 w_2 = 0$.

# %%
x, y = np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.0, 5.0])
side = np.linspace(-2, 2, 201)
w1, w2 = np.meshgrid(side, side)
features = np.tanh(w2[..., None] * np.tanh(w1[..., None] * x))
slope = np.abs(2 * (features * (y.mean() - y)).sum(axis=-1))
figure, axes = plt.subplots(figsize=(4.6, 3.8))
image = axes.pcolormesh(side, side, slope, cmap="viridis", shading="auto")
axes.axhline(0, color="white", linewidth=2)
axes.axvline(0, color="white", linewidth=2)
axes.set(xlabel="$w_1$  (0 on $S_1$)", ylabel="$w_2$  (0 on $S_2$)", title="size of the gradient")
figure.colorbar(image)
plt.show()

# %% [markdown]
# Where the two lines meet, both layers are 0. Such points form the **core** $C$.
#
# ## 2. All of them at once
#
# `critical_loci` lists these spaces for given widths. $S_k$ has one layer of zeros below the last,
# $C_{(j, k)}$ two, and so on. $M$ is the set of loss 0, where such a point is found. Each comes
# with its dimension, an exact point, and the inertia of the Hessian there: how many eigenvalues
# are positive, negative, zero.

# %%
loci = critical_loci((1, 2, 2, 2, 2), samples=3)
print(*loci, sep="\n")

# %% [markdown]
# The dimensions are the numbers of parameters that the equations leave free. Statements
# `C21.I3.dimS` and `C21.I3.dimC` derive them for all widths.
#
# ## 3. What $\sigma(0) = 0$ is for
#
# Theorem 3.1 says that star points are critical. The kernel accepts every step of the paper's
# proof, but one of them cites that the errors sum to 0 (`C21.D3.S`), which is false with the sum as
# last bias. Take a hypothesis away, and ask the kernel again.

# %%
theorem = proofs["C21.T3.1"].printed


def refused_without(name: str) -> list[str]:
    """The steps that the kernel refuses if a hypothesis is dropped."""
    given = {key: formula for key, formula in theorem.given.items() if key != name}
    statement = replace(theorem, given=given, repaired=None)
    steps = judge(statement, Options(), kernel).steps
    return [step.name for step in steps if not step.accepted]


for hypothesis in theorem.given:
    print(f"without {hypothesis!r}: {', '.join(refused_without(hypothesis))}")

# %% [markdown]
# Without $\sigma(0) = 0$ the features of the last hidden layer are no longer 0 but the same for all
# samples. Is the conclusion lost as well? With $\sigma(t) = 1 + t$ and the mean the point *is*
# critical: the derivative by $M_\ell$ is the sum of the errors, which is 0, times these features.

# %%
shifted = Network((1, 2, 2, 1), "1 + t").loss(samples)
print("mean:", shifted.at(star_point(targets_mean)).gradient.is_zero)
print("sum: ", shifted.at(star_point(targets_sum)).gradient.is_zero)

# %% [markdown]
# So $\sigma(0) = 0$ carries the paper's proof, not the conclusion. So do the zero biases: any
# $b_k, \dots, b_{\ell-1}$ would do. Layer $k$ erases the samples, and that is enough. The repaired
# theorem has neither hypothesis, and the kernel derives it.

# %%
repaired = proofs["C21.T3.1"].repaired
print("derived:", kernel.is_derived(repaired), "from", ", ".join(repaired.given))
with_biases = Parameters(
    weights=[[[1], [-2]], [[0, 0], [0, 0]], [[0, 0]]], biases=[[1, 3], [4, -1], [targets_mean]]
)
bias_is_free = loss.at(with_biases).gradient.is_zero
print(bias_is_free)

# %% [markdown]
# ## 4. The Hessian on the core
#
# Theorem 3.2 says that on the core one eigenvalue is positive and all others are 0. With two
# outputs there are two last biases, and two positive eigenvalues: the list above shows
# $(2, 0, 20)$. Repaired, the Hessian is $2n$ times the square of the last bias, for any number of
# outputs.

# %%
core = proofs["C21.T3.2"].repaired
print("derived:", kernel.is_derived(core))
by_outputs = [
    next(x for x in critical_loci((1, 2, 2, 2, m), 3) if x.name == "C_(1, 2)").inertia
    for m in (1, 2, 3)
]
print(by_outputs)

# %% [markdown]
# The hypothesis of the *second* layer of zeros matters: at a star point with only one, the Hessian
# has negative eigenvalues, in pairs with positive ones. It is a strict saddle. On the core the
# Hessian shows no way down. Is the point a minimum then? `classify` looks at higher orders.

# %%
orders = {}
for locus in loci[1:]:
    found = classify(locus.loss, locus.point)
    orders[locus.name] = found.descent.order
    print(f"{locus.name:14}{found.kind!s:16}the loss falls at order {found.descent.order}")

# %% [markdown]
# Here, with $h$ layers of zeros below the last one, the loss falls at order $h + 1$: all of them
# have to move, and the last layer too. So these are saddles, the flatter the more layers vanish.
# Whether gradient descent can stop there is what the paper leaves open; that they are no minima is
# certified here.
#
# ## 5. Counting zeros
#
# Let every hidden layer have at least $n$ units ("very wide"). Corollary 5.18 (`C21.C5.18`) says
# that the Hessian has at least $(m_{\ell-1} + 1 - n)\, m_\ell$ zero eigenvalues at *every* critical
# point. The argument: the loss is a quadratic function of the last layer, of low rank, so it is
# constant along some space. The atlas has exact critical points that were searched for few zeros.

# %%
NAMES = (
    *("very_wide_saddle", "few_zeros_1_4_1", "few_zeros_1_4_2", "few_zeros_1_6_2"),
    *("few_zeros_2_5_3", "few_zeros_1_8_3", "few_zeros_1_4_4_2", "few_zeros_1_4_6_3"),
)
print(f"{'widths':14}{'n':>3}  {'inertia':14}{'zeros':>6}{'claimed':>9}")
counts = {}
for name in NAMES:
    facts = entry(name).facts
    claimed = (facts.widths[-2] + 1 - facts.samples) * facts.widths[-1]
    counts[name] = facts.inertia[2], claimed
    short = "  <--" if facts.inertia[2] < claimed else ""
    shape = "-".join(map(str, facts.widths))
    print(
        f"{shape:14}{facts.samples:3}  {facts.inertia!s:14}{facts.inertia[2]:6}{claimed:9}{short}"
    )

# %% [markdown]
# The bound fails. A constant direction of $L$ gives a zero on the *diagonal* of the Hessian, and a
# zero eigenvalue only if the Hessian is semidefinite: the form $2 s t$ vanishes along both axes and
# has the eigenvalues $1$ and $-1$. The first row is the extreme case: more units than samples, and
# no zero at all. So this saddle is isolated, which answers a question of the paper. We check it.

# %%
problem = entry("very_wide_saddle").problem()
here = problem.surface.at(problem.point)
print(here.gradient.is_zero, here.hessian.inertia(), problem.surface.network.widths)
hidden = here.features(1)
with_ones = hidden.hstack(hidden.field.ones(hidden.shape[0], 1))
flat = (hidden.shape[1] + 1 - with_ones.rank()) * problem.surface.network.outputs
print("rank of the features with 1:", with_ones.rank(), " constant directions:", flat)

# %% [markdown]
# The level set does contain an affine space through the point. What fails is the
# step from there to eigenvalues.
#
# ## 6. Growth with the width
#
# Let all hidden layers have the width $m$. For $\ell = 4$ the paper says
# $\dim S = (\ell-3) m^2 + (a+1) m$ and $\dim C = (\ell-4) m^2 + (a+1) m$. These are the dimensions
# of the pieces $S_2$ and $C_{(2,3)}$, and others are larger.

# %%
depth, a, b, n = 4, 1, 1, 2
sizes = [2, 3, 4, 6, 8, 12, 16, 24, 32, 40]
star, core_locus, fitted, everything = [], [], [], []
for m in sizes:
    found = critical_loci((a, m, m, m, b), n)
    star.append(max(x.dimension for x in found if len(x.layers) == 1))
    core_locus.append(max(x.dimension for x in found if len(x.layers) == 2))
    fitted.append(next(x.dimension for x in found if x.name == "M"))
    everything.append(found[0].loss.network.parameter_count)
printed_star = [(depth - 3) * m**2 + (a + 1) * m for m in sizes]
printed_core = [(depth - 4) * m**2 + (a + 1) * m for m in sizes]
print(f"{'m':>3}{'d':>7}{'dim M':>8}{'dim S':>8}{'printed':>9}{'dim C':>8}{'printed':>9}")
for row in zip(
    sizes, everything, fitted, star, printed_star, core_locus, printed_core, strict=True
):
    print("{:3}{:7}{:8}{:8}{:9}{:8}{:9}".format(*row))

# %%
figure, axes = plt.subplots(figsize=(6, 4))
for values, label, style in (
    (fitted, "M, loss 0", "o-"),
    (star, "star locus", "s-"),
    (printed_star, "star locus, printed", "s:"),
    (core_locus, "core locus", "^-"),
    (printed_core, "core locus, printed", "^:"),
    ([(m + 1 - n) * b for m in sizes], "level set, lower bound", "x--"),
):
    axes.loglog(sizes, values, style, label=label, markersize=4)
axes.set(xlabel="width $m$", ylabel="dimension", title="growth with the width, depth 4")
axes.set_xticks(sizes, [str(m) for m in sizes])
axes.minorticks_off()
axes.legend(fontsize=8)
plt.show()

# %% [markdown]
# ## 7. Step by step, with an activation that is not 0 at 0
#
# Theorem 3.1 without *zero*: the first step that fails is the first one that uses the hypothesis.
# In Jupyter there are buttons: next, back, another instance, another hypothesis to leave out. On a
# rendered page all steps stand there, and a click opens what is known of one.

# %%
Stepper(proofs["C21.T3.1"], hypothesis="zero")

# %% [markdown]
# $M$ has the constant codimension $b n$. The star locus has the same leading term, $2 m^2$ here, as
# the whole space: for $m \ge \ell + a - 2$ its codimension is $(\ell + a + b - 1)\, m + b$. That
# grows linearly, where the paper says quadratically. The core locus grows like $m^2$, and not
# linearly. For wide layers the largest pieces have their zeros in the *first* layer: all layers
# between it and the last stay free.
#
# ## Exercises
#
# 1. In section 1, move one weight of layer 2 away from 0. Which entries of the gradient change?
# 2. Which data make the Hessian at *every* star point semidefinite? (Look at one sample.)
# 3. In section 5, why can no minimum break the bound?
# 4. Let $m$ stay and the depth grow: which of the loci has the smallest codimension?

# %%
result = {
    "critical": moved,
    "gradient with the sum": 24,
    "refused": refused_without("zero"),
    "biases are free": kernel.is_derived(repaired) and bias_is_free,
    "core": by_outputs,
    "orders": orders,
    "zeros": counts["very_wide_saddle"],
    "below the bound": sum(zeros < claimed for zeros, claimed in counts.values()),
    "star": star[-1],
    "core locus": core_locus[-1],
}
last = loss.at(star_point(targets_sum)).gradient.tolist()[-1][0]
assert last.rational() == result["gradient with the sum"]
print(result)
