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
from symbolic_landscape import load_proofs
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    b_definite,
    located,
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
# ## 4. Nobody is trapped for ever
#
# Each of these points has a path that never rises and ends lower: share the weights out beyond
# $[0, 1]$, where the loss stays the same, and then fall (`PS21.T9.escape`).

# %%
escape = proofs["PS21.T9.escape"].printed
print(text(escape.then.term, escape.setting.shown)[:160])

# %%
losses = [float(found.loss.raw.mid()) for found in (small, located(sigmoid, 16, 16))]
result = {
    "definite": all(verdict.is_holds for verdict in definite),
    "derived": all(derived.values()),
    "kernels": list(table.values()),
    "losses agree": abs(
        float(located(sigmoid, 16, 16).loss.raw.mid()) - float(small.loss.raw.mid())
    )
    < 1e-9,
}
print(result)
