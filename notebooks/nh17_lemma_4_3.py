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
# # Independent features: Lemma 4.3 of Nguyen and Hein (2017), step by step
#
# A layer with at least $N - 1$ units can give $N$ different samples linearly independent features.
# More exactly: some parameters of the first $k$ layers give $\operatorname{rank}[F_k, 1_N] = N$.
#
# We walk through the proof on one example. Every number is exact, or comes with an error bound.
# Floating point appears only twice, and both times to be looked at with care.

# %%
from fractions import Fraction

from symbolic_landscape.proofs.nguyen_hein_2017.section_4_features import NH17_L4_3

from symbolic_landscape import load_proofs
from symbolic_landscape.library.lemmas import Lemma

proofs = load_proofs()
lemma = Lemma(NH17_L4_3, proofs)  # NH17.L4.3, in the form that decides each step on instances
print(lemma.printed.claim)
print()
for number, step in enumerate(lemma.steps):
    print(number, step.name, "-", step.why)

# %% [markdown]
# ## 1. One instance
#
# Three points of the plane, one sigmoid layer with two units, so $N = 3$ and $n_1 = 2 = N - 1$.

# %%
instance = next(i for i in lemma.printed.instances if i.name == "three points of a plane")
instance.samples.inputs.to_sympy()

# %% [markdown]
# The lemma has hypotheses. Each is a fact that can be decided on the instance.

# %%
for hypothesis in lemma.printed.hypotheses:
    verdict = hypothesis.decide(instance)
    print(f"{verdict.outcome.value:6} {hypothesis.claim}")


# %% [markdown]
# ## 2. A slip in the words
#
# The paper says that a strictly monotonic activation is "bijective on its domain". The sigmoid
# maps the line to the interval $(0, 1)$, so it does not reach the number 2.


# %%
def walk(name):
    """The named step of the proof on our instance."""
    return next(step for step in lemma.steps if step.name == name).walk(instance)


walk("strictly_monotonic_is_bijective")

# %% [markdown]
# The proof needs less: different arguments have different values. That is the repaired step.

# %%
print(lemma.repaired.minimal)
lemma.repaired.steps[0].walk(instance)

# %% [markdown]
# ## 3. A direction that tells the samples apart
#
# Each pair of samples rules out the directions of one line through 0. Three lines do not cover
# the plane.

# %%
walk("hyperplanes_do_not_cover")

# %%
for name in ("choose_first_column", "same_argument_in_each_layer", "reorder_samples"):
    print(walk(name))
    print()

# %% [markdown]
# ## 4. Let the weights grow
#
# Unit $j$ gets the weights $-\alpha a$ and the bias $\alpha t_j + \beta$, where
# $t_j = \langle a, z_j \rangle$.
# Then $A(\alpha)_{ij} = \sigma(\alpha (t_j - t_i) + \beta)$, and $E(\alpha) = [1, A(\alpha)]$.
#
# With $x = e^{-\alpha}$ each entry is a fraction in $x$. So $\alpha \to \infty$ is $x = 0$.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.rank_witness import ordered_layer
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    beside_ones,
    layer_over_decay,
    row_differences,
)

from symbolic_landscape.arithmetic import limit_at_zero

layer = ordered_layer(instance).layer
matrix, value = layer_over_decay(layer)
E = beside_ones(matrix, first=True)
E.to_sympy()

# %% [markdown]
# Subtract each row from the next one. In the limit the matrix is upper triangular.

# %%
differences = row_differences(E)
limit = differences.field.matrix(
    [[limit_at_zero(entry) for entry in row] for row in differences.tolist()]
)
limit.to_sympy()

# %%
determinant = E.det()
limit_of_determinant = limit_at_zero(determinant)
print("det E =", determinant)
print("limit =", limit_of_determinant, "and (mu - sigma(beta))^(N-1) =", Fraction(-1, 2) ** 2)

# %% [markdown]
# The steps of the proof say the same, for every bounded increasing activation at once.

# %%
for name in ("entries_converge", "equation_3"):
    print(walk(name))
    print()

# %% [markdown]
# ## 5. From which $\alpha$ on?
#
# A limit says nothing about any one $\alpha$. But the sigmoid increases, so for every
# $\alpha \ge \alpha_0$ an entry lies between its value at $\alpha_0$ and its limit. One matrix of
# intervals holds them all, and it is nonsingular.

# %%
walk("determinant_is_continuous")

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.full_rank import bounded_rank_is_full

scale = bounded_rank_is_full.decide(instance).data["scale"]
print("alpha0 =", scale)

# %% [markdown]
# A table to look at. It is computed to thirty digits and proves nothing; the lines above do.

# %%
import sympy

x = sympy.Symbol("x")
for alpha in (1, 2, 4, 8, 16, 32):
    shown = determinant.to_sympy().evalf(30, subs={x: sympy.exp(-alpha).evalf(60)})
    print(f"alpha = {alpha:2}   det E = {shown}")

# %% [markdown]
# ## 6. The witness
#
# At the end stand parameters in rational numbers, and a matrix of balls that has rank 3.

# %%
print(walk("choose_first_columns"))
witness = lemma.printed.conclusion.decide(instance).data["witness"]
print("weights", [[list(map(str, row)) for row in w] for w in witness.weights])
print("biases ", [list(map(str, b)) for b in witness.biases])

# %% [markdown]
# ## 7. Why not ask numpy for the rank?
#
# Sixteen samples on a line and $\alpha = 1/20$. The matrix is nonsingular, but its smallest
# singular values lie far below the rounding errors. Floating point sees half of the rank.

# %%
import numpy as np

t = np.arange(16)
floats = 1 / (1 + np.exp(-0.05 * (t[None, :15] - t[:, None])))
rank_in_floats = int(np.linalg.matrix_rank(np.hstack([np.ones((16, 1)), floats])))
print("rank in floating point:", rank_in_floats)

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.projected import projected
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import layer_at

from symbolic_landscape.arithmetic import BallField, rank_at_least

sixteen = projected("sixteen samples", "sigmoid", tuple(range(16))).layer
balls = BallField(512)
certain = rank_at_least(beside_ones(layer_at(sixteen, Fraction(1, 20), balls), first=True), 16)
print("rank at least 16:", certain.outcome.value, f"({certain.evidence.word})")

# %% [markdown]
# ## 8. The second case: an activation that grows
#
# Softplus has no upper bound. There the paper expands the determinant over all permutations. Every
# product but the one on the diagonal has a factor that decays, and its other factors grow at most
# linearly.

# %%
growing = next(i for i in lemma.printed.instances if i.name == "softplus, three points")
for name in ("leibniz_sum", "determinant_is_continuous_again"):
    print(next(step for step in lemma.steps if step.name == name).walk(growing))
    print()

# %% [markdown]
# The products themselves, with the constants of their bound:

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_growing import NH17_I4_3B

three = next(i for i in NH17_I4_3B.instances if i.name == "three samples, beta 1")
next(s for s in NH17_I4_3B.steps if s.name == "bound_each_factor").walk(three)

# %% [markdown]
# ## Exercises
#
# 1. What if two samples coincide? Run the cell below. Which facts fail, and which step is the
#    first that does not apply?
# 2. Take the control of `layer_is_wide_enough`. Why can no choice of parameters help?
# 3. Replace the sigmoid by the identity. Which step of section 4 breaks?
# 4. Raise $\alpha$ in section 7. From which $\alpha$ on does numpy find rank 16?
# 5. Is the layer count $k = 1$ special? Walk the instance "five points, second layer".

# %%
coinciding = lemma.printed.controls[lemma.printed.hypotheses[0]]
for step in lemma.repaired.steps:
    seen = step.walk(coinciding)
    print(f"{seen.inference.outcome.value:10}{seen.gives[1].outcome.value:10}{step.name}")

# %%
result = {
    "limit": str(limit_of_determinant),
    "scale": str(scale),
    "rank in floats": rank_in_floats,
    "rank": certain.outcome.value,
}
assert limit_of_determinant == Fraction(1, 4)
print(result)
