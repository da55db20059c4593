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
# # Minimum or saddle? The rank test of Yun, Sra and Jadbabaie (2018)
#
# A deep linear network computes $W_{H+1} \cdots W_1 x$. Its risk
# $L(W) = \tfrac12 \|W_{H+1} \cdots W_1 X - Y\|_F^2$ is not convex, and it has many critical points.
# The paper says how to tell the global minima among them from the saddles: look at the rank of the
# product, and in a network with a bottleneck at a column space too.
#
# Here the test meets certificates that know nothing of ranks. All numbers are rational and exact.

# %%
from symbolic_landscape import Stepper, load_proofs
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import text


def shown(reading: Statement) -> None:
    """Prints what is given and what follows."""
    print(reading.key, "-", reading.reading)
    for name, formula in reading.claim.given.items():
        print(f"    {name}: {text(formula, reading.setting.shown)}")
    print(f"    then {text(reading.claim.then, reading.setting.shown)}")
    print()


proofs = load_proofs()
for key in ("YSJ18.T2.1", "YSJ18.T2.2"):
    shown(proofs[key].printed)

# %% [markdown]
# ## 1. A critical point made to order
#
# Take data whose best linear fit has the singular values 3, 2, 1, in rational but skew bases.
# A critical point realises some of the singular directions. The rest of the hidden units may do
# something as well, as long as the product does not see it.

# %%
from symbolic_landscape.critical.deep_linear import compare, critical_point, spectral_data

data = spectral_data(3, 3, (3, 2, 1), seed=5)
point = critical_point(data, hidden=(2, 2), selected=(0,), how="two zero", seed=5)
for weight in point.weights:
    print(weight)
print("critical:", point.is_critical, "  rank of the product:", point.rank)

# %% [markdown]
# ## 2. The test and the certificate
#
# The test needs the rank 2, and finds 1: a saddle. The certificate is a pair of curves
# $W + t D \mp t^q G$ through the point. On the first the risk falls, on the second it rises. The
# coefficients are exact, so this settles what the point is, whatever the Hessian says.

# %%
print(compare(point))

# %% [markdown]
# With the two greatest directions the point is a global minimum. The certificate is then a lower
# bound of the risk of all maps of rank 2, which the point attains.

# %%
print(compare(critical_point(data, hidden=(2, 2), selected=(0, 1), seed=5)))

# %% [markdown]
# With the directions 0 and 2 the rank is right, but the column space is not.

# %%
print(compare(critical_point(data, hidden=(2, 2), selected=(0, 2), seed=5)))

# %% [markdown]
# ## 3. A saddle that the Hessian does not show
#
# Five layers of width 1, all weights zero: the Hessian vanishes. The risk falls at the order 5.

# %%
from symbolic_landscape.critical.deep_linear import DeepLinearPoint

flat = DeepLinearPoint.of([[1]], [[3]], [[[0]]] * 5)
print(compare(flat))

# %% [markdown]
# ## 4. The table
#
# For each list of widths: every choice of singular directions, with the other units silent, with
# two silent layers, and with one silent layer between units that do not meet. "order" is the
# greatest order of descent at the saddles without negative curvature.

# %%
from symbolic_landscape.critical.deep_linear import table_lines, tally

widths = [
    (2, 2), (3, 1), (1, 3),
    (1, 1, 1), (2, 1, 2), (2, 2, 2), (2, 3, 2), (3, 2, 3), (2, 2, 4), (1, 2, 3), (3, 1, 2),
    (1, 1, 1, 1), (2, 2, 2, 2), (3, 1, 1, 3), (2, 1, 2, 3), (2, 2, 3, 4), (3, 2, 2, 3),
    (1, 2, 1, 2, 1), (2, 1, 2, 1, 2), (2, 3, 2, 3, 2),
    (2, 1, 2, 1, 2, 2), (1, 3, 1, 2, 1, 3),
]  # fmt: skip
rows = [tally(w, seed=5) for w in widths]
print("\n".join(table_lines(rows)))

# %% [markdown]
# With one layer there are no saddles; with one hidden layer all saddles have negative curvature;
# from two hidden layers on there are saddles without it.
#
# ## 5. All critical values, found another way
#
# For the smallest networks the critical values follow from the equations alone, by a Groebner
# basis. They are the same as those of our points.

# %%
from symbolic_landscape import Network, Samples
from symbolic_landscape.critical import critical_values

small = spectral_data(2, 2, (2, 1))
network = Network(widths=(2, 1, 2), activation="linear", bias=False)
surface = network.loss(Samples(inputs=small.inputs.T, targets=small.targets.T), "half")
by_elimination = critical_values(surface)
by_directions = sorted(critical_point(small, (1,), s).loss for s in ((), (0,), (1,)))
print([str(value) for value in by_elimination], [str(value) for value in by_directions])

# %% [markdown]
# ## 6. What the paper did not say
#
# The assumptions ask for distinct singular values. With $d_y \ge d_x + 2$ two of them are zero: no
# data meet the assumptions there. The theorem holds without the assumption.

# %%
shown(proofs["YSJ18.A1.empty"].printed)
shown(proofs["YSJ18.T2.1"].printed.repaired)

# %% [markdown]
# With $Y = 0$ the point $U = V = 0$ is the best factorisation of $Y$, and its product has rank 0:
# the theorems do not apply to every matrix factorisation.

# %%
walk = proofs["YSJ18.R2"].walk("Y = 0, U = V = 0")
print(walk.conclusion.verdict.outcome.value, "-", walk.conclusion.verdict.reason)

# %% [markdown]
# And the test speaks of critical points only. Near this saddle there are points with a product of
# full rank, which are neither critical nor good.

# %%
from fractions import Fraction

near = DeepLinearPoint.of([[1]], [[3]], [[[Fraction(1, 1000)]]] * 5)
print("rank", near.rank, " risk", near.loss, " critical:", near.is_critical)

# %% [markdown]
# ## 7. Step by step, through a narrow layer
#
# Theorem 2.1 without *wide*: a layer is narrower than input and output. Which half of the theorem
# fails first there?
# In Jupyter there are buttons: next, back, another instance, another hypothesis to leave out. On a
# rendered page all steps stand there, and a click opens what is known of one.

# %%
Stepper(proofs["YSJ18.T2.1"], hypothesis="wide")

# %% [markdown]
# ## Exercises
#
# 1. Take equal singular values 2, 2, 1 and select the directions 0 and 2. What do test and
#    certificate say, and what is left of the column space in Theorem 2.2?
# 2. Which lower blocks give a saddle with negative curvature although the leading directions are
#    selected? Try `how="one zero"`.
# 3. Why does the order in the table never exceed $2H + 1$?

# %%
result = {
    "networks": len(rows),
    "points": sum(row.count for row in rows),
    "disagreements": sum(len(row.disagreements) for row in rows),
    "critical values": [str(value) for value in by_elimination],
}
assert by_elimination == tuple(by_directions)
print(result)
