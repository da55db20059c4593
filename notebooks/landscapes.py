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
# # Pictures of loss surfaces, and what they do not show
#
# A loss surface has many dimensions and a picture has two. Here the point comes first: its kind is
# certified, and then a plane through it is drawn. Under each picture it says what in it is exact
# (the point, its kind, the directions), what is enclosed, and what is numeric: lines of equal loss
# are drawn in floats, and they show nothing that was not decided before.
#
# Beside the package, the pictures need matplotlib.

# %%
from collections.abc import Sequence

import matplotlib.pyplot as plt
import mpmath
import numpy as np
import sympy
from matplotlib.axes import Axes

from symbolic_landscape import Network, Samples, classify, load_proofs
from symbolic_landscape.atlas import entry
from symbolic_landscape.critical.classification import Classification
from symbolic_landscape.critical.problem import Problem

proofs = load_proofs()
s, t = sympy.symbols("s t", real=True)
Direction = dict[str, int]


# %% [markdown]
# ## A plane through a point
#
# The loss at $w + s\,u + t\,v$ is built exactly, as an expression in $s$ and $t$. Directions are
# given by the names of the parameters that they move.


# %%
def on_plane(problem: Problem, u: Direction, v: Direction) -> sympy.Expr:
    """The loss on the plane, an exact expression in s and t."""
    surface = problem.surface
    place = surface.network.vector(problem.point)
    moved = {
        symbol: w.to_sympy() + s * u.get(str(symbol), 0) + t * v.get(str(symbol), 0)
        for symbol, w in zip(surface.symbols, place, strict=True)
    }
    return surface.expression.subs(moved, simultaneous=True)


def contours(axes: Axes, loss: sympy.Expr, reach: float, levels: Sequence[float]) -> None:
    """Lines of equal loss, drawn in floats, and the point in the middle."""
    value = sympy.lambdify((s, t), loss, "numpy")
    ticks = np.linspace(-reach, reach, 161)
    across, up = np.meshgrid(ticks, ticks)
    axes.contour(across, up, value(across, up), levels=sorted(levels), linewidths=0.8)
    axes.plot(0, 0, "o", color="black")
    axes.set(xlabel="s", ylabel="t", aspect="equal")


def known(name: str) -> tuple[Problem, Classification]:
    """A problem of the atlas, and what it is, decided here and now."""
    problem = entry(name).problem()
    return problem, classify(problem.surface, problem.point)


# %% [markdown]
# ## 1. The simplest saddle
#
# The network $v\,w\,x$ on the sample $x = 1$ with target 1. The loss is $(v w - 1)^2$: at the
# origin the Hessian has one positive and one negative eigenvalue, and the global minima are a
# hyperbola.

# %%
problem, saddle = known("two_layer_origin")
loss = on_plane(problem, {"W1_11": 1}, {"W2_11": 1})
figure, axes = plt.subplots(figsize=(4.5, 4.5))
contours(axes, loss, 2, [0.02, 0.2, 0.5, 0.8, 1, 1.3, 2, 4, 8])
axes.set(title=f"{saddle.kind}, inertia {saddle.inertia}")
plt.show()
print(loss)

# %% [markdown]
# Exact: the expression, the point, its inertia. Numeric: the lines.
#
# ## 2. A saddle that no second derivative sees
#
# One hidden unit with $t + t^3$. At this point the Hessian has three zero eigenvalues and no
# negative one, so no second derivative along a line is negative. Yet the loss falls, with the
# fourth power: along a line, and faster along a parabola that moves the last bias too.

# %%
problem, flat = known("hunted_order_4")
print(flat)

# %%
straight = on_plane(problem, {"W1_11": 1, "W2_11": 1}, {"b2_1": 1})
line = sympy.expand(straight.subs(t, 0))
parabola = sympy.expand(straight.subs(t, s**2))
print("line    ", sympy.series(line, s, 0, 6))
print("parabola", sympy.series(parabola, s, 0, 6))
ticks = np.linspace(-0.4, 0.4, 200)
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2))
contours(left, straight, 0.4, [13.5, 13.8, 13.95, 14, 14.1, 14.3, 15, 16])
left.plot(ticks, ticks**2, "--")
left.set(title=f"{flat.kind}: the loss falls along the dashed parabola")
for loss, style, name in ((line, "-", "along the line"), (parabola, "--", "along the parabola")):
    right.plot(ticks, sympy.lambdify(s, loss, "numpy")(ticks), style, label=name)
right.set(title="the loss, numeric; the orders are exact", xlabel="s")
right.legend()
plt.show()
order, coefficient = flat.descent.order, str(flat.descent.coefficient)

# %% [markdown]
# Exact: the curve of descent, its order and coefficient, and a point on it with a lower loss.
# Numeric: the two graphs.
#
# ## 3. A minimum that is none of the best
#
# A network with one hidden unit, at a local minimum with loss about $5 \cdot 10^{10}$, whose unit
# was split in two (NH17.R3.yuchen, PS21.T8). Sharing the weight out changes nothing, so the
# minimum is a line. Across the line the loss rises.

# %%
problem, spurious = known("hunted_spurious_flat")
share, across = {"W2_11": -1, "W2_12": 1}, {"b2_1": 1}
loss = on_plane(problem, share, across)
value = sympy.lambdify((s, t), loss, "numpy")
figure, axes = plt.subplots(figsize=(4.5, 4.5))
contours(axes, loss, 1, [float(value(0, h)) for h in (0.2, 0.4, 0.6, 0.8, 1)])
axes.axhline(0, color="black", linewidth=1.5)
axes.set(title=f"{spurious.kind}\nthe same loss all along t = 0")
plt.show()
shared = not sympy.expand(loss).has(s)
print("the same for all s:", shared)
print("global minimum:", spurious.global_minimum, "-", spurious.global_minimum_reason)

# %% [markdown]
# Exact: that the loss does not depend on $s$ at all; the Hessian is positive across. Enclosed: the
# better point. No plane through this point shows it, and no picture shows that every other
# direction rises.
#
# ## 4. An isolated saddle of a very wide network
#
# Five hidden units, four samples, two outputs. More parameters than equations, and still no zero
# eigenvalue (`very_wide_saddle`; C21.T5.15 finds a flat space in the level set, which is no null
# space of the Hessian). The loss falls on one axis of this plane and rises on the other.

# %%
problem, wide = known("very_wide_saddle")
down = {
    name: int(str(value))
    for name, value in zip(wide.names, wide.descent.directions[0], strict=True)
    if str(value) != "0"
}
loss = on_plane(problem, down, {"b2_1": 20})
value = sympy.lambdify((s, t), loss, "numpy")
figure, axes = plt.subplots(figsize=(4.5, 4.5))
middle = float(value(0, 0))
steps = [float(value(0, 0.006 * k)) - middle for k in (0.25, 0.5, 0.75, 1)]
contours(axes, loss, 0.006, [middle, *(middle + x for x in steps), *(middle - x for x in steps)])
axes.set(title=f"{wide.kind}, inertia {wide.inertia}", xlabel="s, down", ylabel="t, up")
plt.show()
print("one direction of descent:", down)

# %% [markdown]
# Exact: the inertia. A flat space of dimension $k$ in the level set gives vectors on which the
# quadratic form vanishes; they lie in the kernel where the form has one sign, and only there.
#
# ## 5. Weights that run away
#
# A sigmoid unit and the targets 0 and 1 on the inputs $-1$ and 1. The targets are reached by no
# weights, and come nearer the longer the weights grow. There is no critical point near: the answer
# is a ray, with the infimum along it. The table is mpmath's, in thirty digits; it shows, and
# decides nothing.

# %%
net = Network(widths=(1, 1), activation="linear", output_activation="sigmoid")
surface = net.loss(Samples(inputs=[[-1], [1]], targets=[[0], [1]]))
runaway = classify(surface, [8, 0], near=True)
print(runaway)

# %%
with mpmath.workdps(30):
    rows = [(w, 2 * mpmath.exp(-2 * w) / (1 + mpmath.exp(-w)) ** 2) for w in (2, 4, 8, 16, 32)]
    for w, size in rows:
        print(f"w = {w:2d}   loss {mpmath.nstr(size, 12)}")
figure, axes = plt.subplots(figsize=(5, 3))
axes.semilogy([w for w, _ in rows], [float(size) for _, size in rows], "o-")
axes.set(xlabel="weight", ylabel="loss", title="the infimum 0 is not attained")
plt.show()

# %% [markdown]
# ## Exercises
#
# 1. In section 1 take the target 0. What becomes of the hyperbola, and of the kind?
# 2. In section 2, which multiple of the parabola makes the loss fall fastest?
# 3. In section 3, share beyond $[0, 1]$: where does the certified point stop being a minimum, and
#    why does this picture not show it?
# 4. In section 4, find a plane on which the point looks like a minimum, and one on which it looks
#    like a maximum.

# %%
result = {
    "kinds": [str(one.kind) for one in (saddle, flat, spurious, wide, runaway)],
    "order": order,
    "coefficient": coefficient,
    "shared": shared,
    "inertia": list(wide.inertia),
}
print(result)
