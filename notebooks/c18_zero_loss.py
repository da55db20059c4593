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
# # The zero-loss set: Cooper (2018), point by point
#
# With more parameters than samples, the parameters of loss 0 are said to form a manifold $M$ of
# dimension $n - d$, on which the Hessian has $d$ positive eigenvalues, and others 0. We look at
# exact points of $M$: regular ones, where this is so, and others. Then we carry out the
# construction that shows that $M$ is not empty, and ask the kernel what is derived.

# %%
from fractions import Fraction

from symbolic_landscape import Network, Parameters, Samples, Stepper, load_proofs
from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.proofs.cooper_2018.settings.interpolation import (
    at,
    deep,
    fits,
    one_layer,
)

proofs = load_proofs()
kernel = Derivations(proofs.rules.values())

# %% [markdown]
# ## 1. A regular point and a singular one
#
# The network $v\, w x$ has two parameters. On the one sample $x = 1$ with target 1 the set $M$ is a
# hyperbola; with target 0 it is a cross, which is no manifold at 0.

# %%
net = Network((1, 1, 1), "linear", bias=False)


def eigenvalue_signs(target: int, w: int, v: int) -> tuple[int, int, int]:
    """How many eigenvalues of the Hessian are positive, negative, 0, at a point with loss 0."""
    loss = net.loss(Samples(inputs=[[1]], targets=[[target]]))
    here = loss.at(Parameters(weights=[[[w]], [[v]]]))
    assert here.value.is_zero
    return here.hessian.inertia()


regular, singular = eigenvalue_signs(1, 1, 1), eigenvalue_signs(0, 0, 0)
print(regular, singular)

# %% [markdown]
# ## 2. A smooth hypersurface without a slope
#
# Proposition 2.3 asks that each $M_i$, the set where sample $i$ is fitted, is a smooth
# hypersurface. For $f(w) = w^3$ with target 0 it is one, but the Hessian of $f^2$ is 0 there. The
# pool finds this by itself (`lemma-check explain C18.P2.3`); here it is by hand.

# %%
cube = Network((1, 1), "linear", output_activation="t**3", bias=False)
flat = cube.loss(Samples(inputs=[[1]], targets=[[0]])).at(Parameters(weights=[[[0]]]))
print(flat.value, flat.hessian.inertia())

# %% [markdown]
# ## 3. Weights that fit
#
# Lemma 3.3: $d$ rectified units fit $d$ samples. The weights of the first layer are equal, the
# biases lie between the samples, and the matrix of features is triangular. Units beyond $d$ are 0.

# %%
samples, targets = matrix_of([[3, 0, 1]], "samples"), matrix_of([[1, -1, 2]], "targets")
relu = Activation.of("relu")
first, last = one_layer(samples, targets, relu, 5)
print(first, last)
assert fits(samples, targets, relu, (first, last))

# %% [markdown]
# Corollary 3.4 takes this through several layers. As printed, the last matrix is 1 in its top left
# entry and 0 elsewhere: then all units but one are constant, and with the constant 1 there are two
# independent features, too few for three samples.

# %%
lower, (weights, biases), top = deep(samples, targets, relu, (1, 3))
corner = weights - matrix_of([[0], [1], [1]], "weights")


def independent_features(matrix: Matrix) -> int:
    """The rank of the features of the last hidden layer, with the constant 1."""
    features = at(samples, targets, relu, (lower, (matrix, biases), top)).features(2)
    return features.hstack(features.field.ones(3, 1)).rank()


repaired, printed = independent_features(weights), independent_features(corner)
print(repaired, printed)

# %% [markdown]
# ## 4. What is derived
#
# Theorem 4.1 as printed allows that parameters are shared, as the definition of a network does;
# one weight for two inputs refutes it. Without sharing the kernel derives it, with Sard's theorem
# as the only theorem from outside.

# %%
theorem = proofs["C18.T4.1"].repaired
assumed = kernel.assumed(theorem)
print(kernel.is_derived(theorem), assumed)

# %% [markdown]
# ## 5. Step by step, with zeros that are not transversal
#
# Proposition 2.3 without *transversal*: the gradients of the pieces depend on each other.
# In Jupyter there are buttons: next, back, another instance, another hypothesis to leave out. On a
# rendered page all steps stand there, and a click opens what is known of one.

# %%
Stepper(proofs["C18.P2.3"], hypothesis="transversal")

# %% [markdown]
# ## Exercises
#
# 1. Move the point of section 1 along the hyperbola. What happens to the positive eigenvalue?
# 2. Take a sample twice in section 3, with two targets. Which step of the construction fails?
# 3. How many units does the construction need for two outputs?

# %%
result = {
    "regular": list(regular),
    "singular": list(singular),
    "flat": list(flat.hessian.inertia()),
    "features": [repaired, printed],
    "bias": str(first[1][0, 0]),
    "derived": kernel.is_derived(theorem),
    "assumed": list(assumed),
}
assert Fraction(str(first[1][0, 0])) == Fraction(1, 2)
print(result)
