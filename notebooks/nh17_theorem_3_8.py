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
# # A wide layer: Theorem 3.8 of Nguyen and Hein (2017), step by step
#
# The main theorem of the paper. Some layer $k$ has at least $N - 1$ units. Take a critical point
# that is non-degenerate in the parameters of some upper layers $I \ni k+1$, with full column rank
# further up. Then it is a global minimum.
#
# We walk through the paper's proof, which moves the point along an implicit function. Then we ask
# for which networks the hypotheses can hold at all. The answer makes the proof much shorter.

# %%
from fractions import Fraction

from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer import NH17_T3_8

from symbolic_landscape import load_proofs
from symbolic_landscape.library.lemmas import Lemma

proofs = load_proofs()
theorem = Lemma(NH17_T3_8, proofs)  # NH17.T3.8, in the form that decides each step on instances
print(theorem.printed.claim)
print()
for number, step in enumerate(theorem.printed.steps):
    print(number, step.name, "-", step.why)

# %% [markdown]
# ## 1. One instance
#
# Three samples of the plane, three layers with two units each, $k = 1$ and $I = \{2\}$. The
# activation is $t / \sqrt{1 + t^2}$, and the weights are chosen so that every number is rational.

# %%
name = "three samples, three layers, two outputs, I = {2}"
instance = next(i for i in theorem.printed.instances if i.name == name)
for layer in (1, 2, 3):
    print(f"F_{layer} =", instance.features(layer).to_sympy())

# %%
for hypothesis in theorem.printed.hypotheses:
    verdict = hypothesis.decide(instance)
    print(f"{verdict.outcome.value:6} {hypothesis.claim}")

# %% [markdown]
# The block is the Hessian in the six parameters of layer 2, a principal submatrix of the whole.

# %%
instance.block.to_sympy()

# %% [markdown]
# ## 2. The implicit function
#
# Let $u$ be the parameters of layer 1, and $v$ those of layer 2. Then $\Psi(u, v) = \nabla_v \Phi$
# is zero at the point, and its Jacobian in $v$ is the block. So near $u^*$ some function
# $v = \alpha(u)$ keeps $\Psi$ at zero. One step of interval arithmetic finds boxes on which it
# does.


# %%
def walk(name, reading=theorem.printed):
    """The named step of the proof on our instance."""
    return next(step for step in reading.steps if step.name == name).walk(instance)


walk("implicit_function_exists")

# %% [markdown]
# Here $\alpha$ can be written down. The pre-activations of layer 2 are $G = [F_1, 1]\,\Theta$,
# where $\Theta$ stacks the weights on the biases. If $[F_1(u), 1]$ is square and nonsingular, then
# $\alpha(u) = [F_1(u), 1]^{-1} G$ keeps $G$, and with it everything above.

# %%
features = instance.features_with_ones(1)
theta = features.solve(instance.at.preactivations(2))
print("theta =", theta.to_sympy())
print("rank of [F_1, 1]:", features.rank(), "for", instance.count, "samples")

# %% [markdown]
# ## 3. A full rank nearby, and the limit
#
# Corollary 4.5 says that every ball around $u^*$ contains parameters with rank $N$. There Lemma 3.5
# applies, so that $\Phi$ is least. By continuity it is least at the point itself.

# %%
for name in ("full_rank_lies_nearby", "full_rank_is_open"):
    print(walk(name))
    print()

# %%
for name in ("lemma_3_5_applies_on_branch", "objective_is_continuous"):
    print(walk(name))
    print()

# %% [markdown]
# ## 4. Did we need to move?
#
# At our point the rank was $N$ already. Is that an accident? Give layer 1 one more unit. Now
# $[F_1, 1]$ has more columns than rows, and some $z \ne 0$ has $[F_1, 1]\, z = 0$. Adding $z$ to a
# column of $\Theta$ moves nothing at all, so it is a null direction of the block.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import null_directions
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import SPARE_UNIT

flat = null_directions(SPARE_UNIT)
print("units:", SPARE_UNIT.width, " samples:", SPARE_UNIT.count)
print("null direction:", flat.T.to_sympy())
print("block times it:", (SPARE_UNIT.block @ flat).T.to_sympy())

# %% [markdown]
# This works for every set $I$ that holds layer $k+1$. So a nonsingular block forces
# $n_k + 1 \le \operatorname{rank}[F_k, 1] \le N$, and with $n_k \ge N - 1$ it forces
# $n_k = N - 1$. For $n_k \ge N$ the theorem speaks of no point.
#
# The laws that empty a range are few. A solver names those that clash.

# %%
from symbolic_landscape.former.check import judge
from symbolic_landscape.judge.options import Options

printed = judge(theorem.printed, Options(instances=0), ())
for finding in printed.findings:
    print(finding.where)
    print("   ", finding.text)

# %% [markdown]
# ## 5. More layers in $I$
#
# At such a point no error is left: $\Delta_{k+1} = 0$ since $[F_k, 1]$ is square and nonsingular,
# and full rank passes that on to the top. So the block is $J^T \operatorname{diag}(l'')\, J$, and
# $J$ has $N m$ rows. Let us count columns.

# %%
from dataclasses import replace

for chosen in ((2,), (2, 3)):
    moved = replace(instance, chosen=chosen)
    rows = moved.count * moved.network.outputs
    size, rank = moved.block.shape[0], moved.block.rank()
    print(f"I = {chosen}: {size} parameters, N m = {rows}, rank of the block {rank}")

# %% [markdown]
# ## 6. The direct proof
#
# So the hypotheses hold together for $n_k = N - 1$, $I = \{k+1\}$ and $n_{k+1} = \dots = n_L$ only.
# There the proof needs no implicit function.

# %%
print(theorem.repaired.claim)
print()
for step in theorem.repaired.steps:
    seen = step.walk(instance)
    print(f"{seen.inference.outcome.value:6} {step.name} - {step.why[:80]}")

# %% [markdown]
# One step deserves a look. Assumption 3.2 allows $\sigma' = 0$ at single points, and there Lemma
# 3.5 fails. But an increasing $\sigma$ has $\sigma'' = 0$ where $\sigma' = 0$, and then the block
# has a null direction. So the theorem is safe where its lemma is not.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import FLAT_FITTED

slopes = FLAT_FITTED.at.preactivations(2)
print("pre-activations of the output:", slopes.T.to_sympy())
print("rank of the block:", FLAT_FITTED.block.rank(), "of", FLAT_FITTED.block.shape[0])

# %% [markdown]
# ## 7. Non-degenerate local minima
#
# Corollary 3.9 asks for a nonsingular Hessian in all parameters. But $\alpha$ from section 2 is a
# whole manifold of critical points: layer 1 can move freely, and layer 2 makes up for it. So there
# is no such minimum, for any activation.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_remarks import flat_direction

direction = flat_direction(instance)
curvature = (direction.T @ instance.at.hessian @ direction)[0, 0]
inertia = instance.at.hessian.inertia()
print("inertia of the whole Hessian:", inertia, " curvature along the curve:", curvature)

# %% [markdown]
# ## 8. A conjecture
#
# The paper conjectures that no local minimum with weights of low rank is suboptimal. Four targets
# on a cross speak against it, if a layer is wider than the one below it. One unit carries two
# outputs. It follows the shorter arm, and turning costs more at first than it gains.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_conjecture import WIDE_CROSS
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_local_minima_facts import (
    local_minimum_is_global,
    point_is_a_local_minimum,
)

print("targets:", WIDE_CROSS.samples.targets.to_sympy())
print("Phi =", WIDE_CROSS.at.value)
for question in (point_is_a_local_minimum, local_minimum_is_global):
    answer = question.decide(WIDE_CROSS)
    print(answer.outcome.value, "-", answer.reason)

# %% [markdown]
# ## Exercises
#
# 1. Change a target of the instance. Which fact fails first, and which step stops applying?
# 2. Give the instance two samples in place of three. Which hypothesis breaks?
# 3. Turn the cross so that its arms have the lengths 1/4 and 20/101. What does the Hessian say?
# 4. In section 4, find a second null direction for a network with two more units than needed.
# 5. Walk the step `flat_units_are_null_directions` on the instance with slope 0 at 0.

# %%
result = {
    "phi": str(instance.at.value),
    "block": instance.block.rank(),
    "inertia": list(inertia),
    "empty": len([f for f in printed.findings if f.kind == "inconsistent"]),
    "cross": str(WIDE_CROSS.at.value),
}
assert WIDE_CROSS.at.value == Fraction(2, 25)
print(result)
