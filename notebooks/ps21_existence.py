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
# # Local minima of deep and wide networks: Theorem 2 of Petzka and Sminchisescu (2021)
#
# Are all local minima of a wide network global? The paper says no: split the hidden units of a
# small network at a local minimum, and it stays a local minimum of the larger one, if certain
# matrices $B$ are positive definite. That such a minimum exists "is easily verified empirically".
# Here it is enclosed instead: 16 rational samples, and a network with widths 2-1-1-1.

# %%
import json
import random
from fractions import Fraction

import matplotlib.pyplot as plt

from symbolic_landscape import Network, Samples, Stepper, load_proofs, path_to_global_minimum
from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.paths import falls_from_critical
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    b_definite,
    b_matrix,
    has_escape,
    located,
    network,
    passed_on,
    problem_file,
    samples,
)
from symbolic_landscape.statement.printing import text

proofs = load_proofs()
kernel = Derivations(proofs.rules.values())
tanh, sigmoid = (Activation.of(name) for name in ("tanh", "sigmoid"))

# %% [markdown]
# ## 1. The small network
#
# Newton's method and Krawczyk's operator show one critical point in a tiny box, and the pivots of
# the Hessian are positive on the whole box. The loss is far from 0.

# %%
small = located(tanh, 1, 1)
print("loss", small.loss)
print(small.reason)

# %% [markdown]
# Both matrices $B$ are positive definite, with the bias among the coordinates. The paper checks
# $B$ of the first layer for the two inputs alone; `PS21.T8` shows that this is not enough.

# %%
definite = [
    b_definite(None, (activation, layer)) for activation in (tanh, sigmoid) for layer in (1, 2)
]
for verdict in definite:
    print(verdict.outcome.name, verdict.reason[:70])

# %% [markdown]
# ## 2. Why a split point stays a minimum
#
# The Hessian at the split point is a block matrix (Lemma 12), and the kernel accepts its
# computation for every network. `PS21.R11` then says when a split minimum is one, also where the
# small one is degenerate already, so that units can be added one after the other.

# %%
relaxed = proofs["PS21.R11"].printed
for name, formula in relaxed.given.items():
    print(f"{name}: {text(formula.term, relaxed.setting.shown)}"[:110])
derived = {
    key: kernel.is_derived(proofs[key].repaired or proofs[key].printed)
    for key in ("PS21.T7", "PS21.L12", "PS21.R11", "PS21.T9.escape", "PS21.T13")
}
print(derived)

# %% [markdown]
# ## 3. Wide networks
#
# The same point, split: the loss stays, and the Hessian has a kernel of dimension
# $m_1 m_2 - 1$, that of all ways to share weights between equal units. The printed set of vectors
# has $m_1 + m_1 m_2 + m_2$.

# %%
table = {}
for first, second in ((1, 1), (2, 1), (2, 2), (3, 2), (16, 1), (16, 16)):
    found = located(tanh, first, second)
    table[first, second] = found.nullity
    print(f"2-{first}-{second}-1  loss {found.loss}  kernel {found.nullity}")

# %% [markdown]
# ## 4. A way out
#
# Each of these points has a path that never rises and ends lower. Two units of the first layer have
# the same weights in, so one can pass weights out on to the other and nothing is seen of it: a
# level path. In the end one of them has a negative share; moved against each other the two then
# bend the loss down (`PS21.T9.escape` derives it for all data). Here it is certified from the
# minimum of 2-21-21-1 itself, and for 2-2-1-1 along a longer line.

# %%
escape = proofs["PS21.T9.escape"].printed
print(text(escape.then.term, escape.setting.shown)[:160])
wide_escape = has_escape(None, (tanh, 21, 21))
print("2-21-21-1:", wide_escape.outcome.value, "-", wide_escape.reason)

# %%
shares = (Fraction(-10), Fraction(11))
net, _ = network(tanh, 2, 1)
surface = net.loss(samples())
minimum = located(tanh, 2, 1).coordinates
edge = passed_on(minimum, 2, 1, Fraction(1), shares)
apart = [0, 11, 0, 10, *[0] * (net.parameter_count - 4)]
reach = Fraction(3, 100)
falls = falls_from_critical(surface, edge, apart, reach, seconds=100)
print(falls.outcome.value, "-", falls.reason)

# %% [markdown]
# ## 5. The paper's Figure 3, from certified data
#
# The paper's pictures are of losses in random directions. Those below are drawn at the certified
# points of 2-2-1-1, tanh: (a) near the minimum, (b) along the level path, (c) near the point where
# it ends, (d) along the line on which the fall is certified.
# Random directions decide nothing: how many of them lead lower at (c), a saddle, is printed below.

# %%
FIELD = BallField(64)


def height(point):
    """The loss above that of the minimum, as a float for a picture."""
    return float((surface.at(point, FIELD).value - located(tanh, 2, 1).loss).raw.mid())


source = random.Random(0)
steps = [Fraction(i, 20) for i in range(-4, 5)]


def along_random_directions(point, count):
    """The loss in so many random directions, at the steps."""
    rows = []
    for _ in range(count):
        way = [Fraction(source.gauss(0, 1)).limit_denominator(1000) for _ in point]
        rows.append([height([a + s * v for a, v in zip(point, way, strict=True)]) for s in steps])
    return rows


figure, axes = plt.subplots(2, 2, figsize=(9, 6.5), layout="constrained")
for axis, point, title in (
    (axes[0, 0], minimum, "(a) near the minimum: random directions"),
    (axes[1, 0], edge, "(c) near the end of the level path"),
):
    rows = along_random_directions(point, 60)
    for row in rows:
        axis.plot([float(s) for s in steps], row, color="0.75", linewidth=0.6)
    least = [min(column) for column in zip(*rows, strict=True)]
    axis.plot([float(s) for s in steps], least, color="#00694d", linewidth=2, label="least of them")
    axis.set(title=title, xlabel="step", ylabel="loss above the minimum's", yscale="symlog")
    axis.legend()
    lower = sum(min(row) < -1e-9 for row in rows)
    print(f"{title[:3]} {lower} of {len(rows)} random directions lead lower")
times = [Fraction(i, 16) for i in range(17)]
level = [height(passed_on(minimum, 2, 1, t, shares)) for t in times]
axes[0, 1].plot([float(t) for t in times], level, "o-", color="#00694d")
axes[0, 1].set(title="(b) level path: weights out are passed on", xlabel="time", ylim=(-1, 1))
far = [reach * i / 30 for i in range(31)]
line = [height([a + s * v for a, v in zip(edge, apart, strict=True)]) for s in far]
axes[1, 1].plot([float(s) for s in far], line, color="#00694d")
axes[1, 1].set(title="(d) two units moved against each other", xlabel="step")
plt.show()

# %% [markdown]
# ## 6. All the way down
#
# Both hidden layers of 2-16-16-1 have as many units as there are samples. So by Theorem 5 a path of
# falling loss leads from near this minimum to loss 0, and here it is: the start is within 1/1000 of
# the rounded minimum, the outputs go straight to the targets. With 2-16-1-1 the wide layer is the
# first, and the path goes through a layer of one unit, whose values must stay inside $(-1, 1)$.

# %%
roads = {}
for sizes in ((16, 16), (16, 1)):
    net, point = network(tanh, *sizes)
    roads[sizes] = path_to_global_minimum(net.loss(samples()), point, seconds=60)
    print(f"2-{sizes[0]}-{sizes[1]}-1", roads[sizes].verdict.outcome.value, roads[sizes].formulas())
    for t, formula, again in roads[sizes].table(4):
        print(f"  t = {t!s:<4} (1 - t)^2 L {formula.enclose(64).str(12):<32}", end="")
        print(f"network {again.enclose(64).str(12)}")

# %% [markdown]
# The same for every place of the wide layer and images of several kinds, from parameters without a
# pattern, on three samples; `pieces` is how many parts of $[0, 1]$ the parameters were enclosed on.

# %%
three = Samples(inputs=[[0], [1], [-1]], targets=[[1], [-2], ["1/2"]])
places = {"first": ((1, 3, 2, 1), 1), "middle": ((1, 2, 3, 2, 1), 2), "last": ((1, 2, 3, 1), 2)}
images = ("sigmoid", "tanh", "softplus", "1/(1 + exp(-t)) + 1")
found = {}
print(f"{'activation':<22}{'wide layer':<12}{'verdict':<18}{'pieces':<8}loss at the start")
for activation in images:
    for place, (widths, k) in places.items():
        net = Network(widths, activation)
        start = [Fraction((7 * i * i + 3 * i) % 17 - 8, 6) for i in range(net.parameter_count)]
        road = path_to_global_minimum(net.loss(three), start, wide=k, seconds=60)
        found[activation, place] = road
        said = f"{road.verdict.outcome.value}, {road.verdict.evidence.word}"
        print(f"{activation:<22}{place:<12}{said:<18}{len(road.pieces):<8}", end="")
        print(road.loss_at(0).enclose(64).str(10))

# %%
figure, axes = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
for (sizes, road), mark in zip(roads.items(), "ox", strict=True):
    rows = road.table(16)
    label = f"2-{sizes[0]}-{sizes[1]}-1"
    times = [float(t) for t, _, _ in rows]
    axes[0].plot(times, [float(x.enclose(64).mid()) for _, _, x in rows], mark, label=label)
axes[0].plot(times, [float(x.enclose(64).mid()) for _, x, _ in rows], color="0.5")
axes[0].set(title="from near the minimum to a fit", xlabel="t", ylabel="loss")
axes[0].legend()
road = roads[16, 1]
weights = [road.at(Fraction(i, 32)).weights[2][0, 0] for i in range(33)]
scale = [float(x.enclose(64).mid()) for x in weights]
axes[1].plot([i / 32 for i in range(33)], scale, color="#00694d")
axes[1].set(title="2-16-1-1: the weight of the output", xlabel="t", yscale="log")
plt.show()

# %% [markdown]
# ## 7. Step by step, with a share of the wrong sign
#
# Theorem 9, by which split points stay minima, without *right sign*: the first step that fails.
# In Jupyter there are buttons: next, back, another instance, another hypothesis to leave out. On a
# rendered page all steps stand there, and a click opens what is known of one.

# %%
Stepper(proofs["PS21.T9"], hypothesis="right sign")

# %% [markdown]
# ## 8. Section 5.4 side by side
#
# | | the paper | here |
# |---|---|---|
# | samples | 20, from a 2-5-5-1 network; not printed | 16, rational, in this package |
# | 2-1-1-1 point | found by training; not printed | one critical point in a box (Krawczyk) |
# | loss, a sum of squares | 4.817 | 112.621567349112, to all digits |
# | $B(1)$ | eigenvalues 0.0182, 0.0004 | 3 x 3 with the bias, below; definite on the whole box |
# | $B(2)$ | 0.0757 | 2 x 2 with the bias, below |
# | wide network | 2-21-21-1 | 2-21-21-1, 547 parameters |
# | a minimum, because | no lower loss in 5000 directions | definite across a manifold, kernel 440 |
# | suboptimal, because | the teacher has fewer units | a point with loss below $10^{-9}$ |
# | way out | a picture | level path and a line on which the loss falls, enclosed |
#
# What the printed numbers are not: with neither data nor parameters they cannot be computed again;
# two eigenvalues for two inputs leave out the bias, and a positive $B$ of the inputs does not make
# $B$ positive (`PS21.T8`); 0.0004 has one digit. That the construction works is nevertheless right.

# %%
for layer in (1, 2):
    print(f"B({layer})")
    for row in b_matrix(tanh, layer).tolist():
        print("  ", *(x.enclose(64).str(8) for x in row))
largest = located(tanh, 21, 21)
print("2-21-21-1  loss", largest.loss, " kernel", largest.nullity)

# %% [markdown]
# ## 8. Certificates
#
# Nobody has to believe this package: `lemma-check certify` writes down why a point is what it is,
# and the verifier, one file that needs Python alone, checks it again. The Hessian of the wide
# network has 547 rows; what the verifier looks at is the small Hessian and both matrices $B$. That
# they settle the whole inertia is the theorem in its source, `Merged.signs`. With the claim
# `escape` the way out is certified too: other shares, a negative one among them.

# %%
certified = {}
for activation in (tanh, sigmoid):
    for sizes in ((1, 1), (16, 16), (21, 21)):
        problem = problem_from_data(problem_file(activation, *sizes))
        data = json.dumps(certificate(problem, classify_problem(problem)))
        lines = verifier.verify(data)
        certified[str(activation), sizes] = {line.outcome for line in lines}
        print(f"{activation}, 2-{sizes[0]}-{sizes[1]}-1: a certificate of {len(data)} characters")
        for line in lines:
            print("  ", str(line)[:100])

# %%
losses = [float(found_.loss.raw.mid()) for found_ in (small, located(sigmoid, 16, 16), largest)]
result = {
    "definite": all(verdict.is_holds for verdict in definite),
    "derived": all(derived.values()),
    "kernels": [*table.values(), largest.nullity],
    "losses agree": max(losses) - min(losses) < 1e-9,
    "certified": all(found_ == {"holds"} for found_ in certified.values()),
    "escapes": [wide_escape.outcome.value, falls.outcome.value],
    "paths": [road.verdict.outcome.value for road in (*roads.values(), *found.values())].count(
        "holds"
    ),
}
print(result)
