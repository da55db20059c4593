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
# # A tour in ten minutes
#
# Five papers prove things about the loss surfaces of neural networks. This package takes their
# claims one by one. We classify a point, read a theorem, break it, and look at one that is false
# as printed.

# %%
from fractions import Fraction

from IPython.display import display

from symbolic_landscape import Network, Parameters, Samples, classify, load_proofs
from symbolic_landscape.atlas import find

proofs = load_proofs()

# %% [markdown]
# ## 1. What kind of point is this?
#
# A network with two hidden units and tanh, two samples, and a point. All numbers are exact; a
# float is refused. The answer says what was shown, and by which evidence.

# %%
net = Network(widths=(1, 2, 1), activation="tanh")
loss = net.loss(Samples(inputs=[[0], [1]], targets=[[0], [1]]))
point = Parameters(weights=[[[0], [0]], [[0, 0]]], biases=[[0, 0], [Fraction(1, 2)]])
found = classify(loss, point)
print(found)

# %% [markdown]
# Loss, gradient and Hessian are there too, exact at the point or as SymPy expressions.

# %%
print(loss.at(point).value, loss.at(point).hessian.inertia())
display(loss.expression)

# %% [markdown]
# ## 2. A theorem
#
# Theorem 3.4 of Nguyen and Hein (2017): with independent samples and weights of full rank, every
# critical point is a global minimum. A statement has a setting, hypotheses with names, a
# conclusion and a proof.

# %%
theorem = proofs["NH17.T3.4"]
print(theorem.title)
for step in theorem.steps:
    print("   ", step.name, "by", type(step.reason).__name__)

# %% [markdown]
# A step is a rule, a calculation, a citation, a construction, or it says what it lacks. *Claimed*
# is what the paper says and no rule does.
#
# ## 3. Break it
#
# Leave out a hypothesis of a theorem that is right. The program shows a near miss, which breaks
# this hypothesis and keeps the others, and walks the proof on it up to the step that fails.

# %%
display(proofs["NH17.T5.3.private"].break_("alone"))

# %% [markdown]
# ## 4. False as printed
#
# Theorem 3.4 itself asks for a strictly increasing activation and uses a positive slope. The
# function $\tanh(t^3)$ has slope 0 at 0. One sample, one weight and one bias are enough:

# %%
flat = Network(widths=(1, 1), activation="tanh(t**3)", output_activation="tanh(t**3)")
flat_loss = flat.loss(Samples(inputs=[[0]], targets=[["1/2"]]))
stuck = classify(flat_loss, Parameters(weights=[[[1]]], biases=[[0]]))
print(stuck)

# %% [markdown]
# Errors stop there, and the critical point is no minimum. `lemma-check errata` lists all such
# findings, each with its cause, the smallest counterexample known, how it was found, and what of
# the claim survives.
#
# ## 5. What is known
#
# The atlas holds certified points. Ask for properties, with `not` where one must be missing.

# %%
known = find("local minimum, not global, strict")
print(len(known.entries), "are known; the smallest:", known.entries[0].title)

# %% [markdown]
# ## Where to go from here
#
# - `nh17_theorem_3_8`: a main theorem step by step, and for which networks it speaks at all.
# - `ps21_existence`: a local minimum that should not exist, with 547 parameters.
# - `ysj18_rank_test`: minimum or saddle, by a rank.
# - `c18_zero_loss`, `c21_critical_locus`: manifolds of critical points, and counts.
# - `landscapes`: pictures, and what they do not show.
# - `your_own_lemma`: write one, and be refused.

# %%
result = {
    "kind": str(found.kind),
    "inertia": list(found.inertia),
    "stuck": [str(stuck.kind), str(stuck.global_minimum)],
    "strict": len(known.entries) > 0,
}
print(result)
