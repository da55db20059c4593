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
# We walk through the paper's proof, which moves the point along an implicit function, with the word
# of the kernel on each step. Then we ask for which networks the hypotheses can hold at all. The
# answer makes the proof much shorter.

# %%
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from textwrap import shorten

from IPython.display import Markdown

from symbolic_landscape import load_proofs
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.report.proofs import parts, why
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import declaration, latex, text

proofs = load_proofs()
kernel = Derivations(proofs.rules.values())
theorem = proofs["NH17.T3.8"].printed


# %% [markdown]
# ## 1. What is said
#
# LaTeX and text are printed from the tree of formulas that the kernel reads.


# %%
def said(statement: Statement, *, setting: bool = True) -> Markdown:
    """The statement, printed from its tree as LaTeX."""
    shown, claim = statement.setting.shown, statement.claim
    lines = [f"**{statement.key}** ({statement.reading} reading): {statement.title}", ""]
    if setting:
        names = ",\\quad ".join(declaration(v, shown, tex=True) for v in claim.variables)
        lines += [f"In {statement.setting.title}: ${names}$", ""]
        lines += [f"- throughout: ${latex(f, shown)}$" for f in claim.standing]
    lines += [f"- given, *{name}*: ${latex(f, shown)}$" for name, f in claim.given.items()]
    return Markdown("\n".join([*lines, f"- then: ${latex(claim.then, shown)}$"]))


said(theorem)

# %% [markdown]
# The words in it are abbreviations for trees.

# %%
from symbolic_landscape.report.formulas import definition_words, used_definitions

for one in used_definitions([*theorem.claim.given.values(), theorem.claim.then]):
    print(definition_words(one, theorem.setting.shown))

# %% [markdown]
# ## 2. The paper's proof
#
# Near the point some function of the lower layers keeps the gradient in the layers of $I$ at zero
# (*branches*). Every ball has lower layers with independent features (*dense*). There Lemma 3.5
# says that $\Phi$ is least; by continuity it is least at the point itself.


# %%
@cache
def judged(statement: Statement) -> StatementResult:
    """What is found about a statement by its derivation."""
    return judge(statement, Options(), kernel)


def walk(statement: Statement, inside: str = "") -> Iterator[str]:
    """The steps of a proof, or those inside one step, with reasons and the kernel's word."""
    for part in parts(statement, judged(statement)):
        if part.path.rpartition("/")[0] != inside or part.step is None or part.result is None:
            continue
        word = "accepted" if part.result.accepted else f"refused: {part.result.refused_because}"
        yield f"{part.name}: {shorten(part.formula, 160)}"
        yield f"    {shorten(why(statement, part.step), 160)}"
        yield f"    {word}"


print(*walk(theorem), sep="\n")

# %% [markdown]
# The last step compares with an arbitrary other point, and supposes that this one is lower.

# %%
print(*walk(theorem, "minimum/least"), sep="\n")

# %% [markdown]
# ## 3. A gap below
#
# The kernel accepts every step. Is the theorem derived, then? A citation is worth as much as what
# it cites.

# %%
print("steps accepted:", all(step.accepted for step in kernel.of(theorem).steps))
print("derived:", kernel.is_derived(theorem))
for cited in theorem.cites:
    print(f"    {cited.key:18} {'derived' if kernel.is_derived(cited) else 'not derived'}")

# %%
chain = proofs["NH17.L3.5"].printed
print(*walk(chain), sep="\n")

# %% [markdown]
# "By assumption $\sigma'$ is strictly positive": the assumption says that $\sigma$ is strictly
# increasing, and $\sigma'$ may vanish at single points. So this reason is *claimed*. No rule says
# it, and it is false: here is a network with one sample and one unit in each of two layers that
# meets the hypotheses of Lemma 3.5, and is not a minimum.

# %%
from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.formula import parse_formula
from symbolic_landscape.judge.evaluation import decide, value
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import I
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F,
    L,
    N,
    Phi,
    W,
    X,
    Y,
    b,
    k,
    loss,
    n,
    sigma,
)
from symbolic_landscape.statement.language import fn, integer, the

ALGEBRAIC = "t / sqrt(1 + t**2)"
i = integer("i")


def rational(rows: list[list[object]]) -> object:
    """A matrix over Q; entries are integers or texts."""
    return QQ.matrix([[Fraction(entry) for entry in row] for row in rows])


def network(
    name: str, widths: list[int], inputs: object, weights: object, activation: str = ALGEBRAIC
) -> Instance:
    """Values for the setting: zero biases, k = 1, I = {2}, targets that the outputs meet."""
    values = {
        the(L): len(widths) - 1,
        the(N): len(inputs),
        the(n): dict(enumerate(widths)),
        the(X): rational(inputs),
        the(W): {layer: rational(rows) for layer, rows in enumerate(weights, 1)},
        the(b): {layer: QQ.zeros(1, width) for layer, width in enumerate(widths) if layer},
        the(sigma): parse_formula(activation),
        the(loss): parse_formula("t**2"),
        the(k): 1,
        the(I): the(fn(i, i == 2)),
    }
    instance = Instance(name, {**values, the(Y): QQ.zeros(len(inputs), widths[-1])})
    return instance.changed({the(Y): value(the(F(len(widths) - 1)), instance)})


flat = network("slope 0", [1, 1, 1], [[0]], [[[1]], [[0]]], "tanh(t**3)")
flat = flat.changed({the(Y): rational([["1/2"]])})
for name, formula in [*chain.claim.given.items(), ("then", chain.claim.then)]:
    if name != "attained":  # no search is made for a point where the minimum is attained
        verdict = decide(formula, flat)
        print(f"{name:12} {verdict.outcome.value:6} {shorten(verdict.reason, 100)}")
refuted = decide(chain.claim.then, flat)

# %% [markdown]
# ## 4. The theorem holds all the same
#
# The repaired reading asks that $\sigma'' = 0$ wherever $\sigma' = 0$. An increasing $\sigma$ does
# that: its slope is least there. So `NH17.T3.8.direct` derives the conclusion from hypotheses that
# are among the printed ones: the theorem is safe where its lemma is not.

# %%
repaired, direct = theorem.repaired, proofs["NH17.T3.8.direct"].printed
for one in (repaired, direct):
    print(one.key, one.reading, "- derived:", kernel.is_derived(one))
print("printed hypotheses that it does not need:",
      ", ".join(sorted(set(theorem.claim.given) - set(direct.claim.given))))  # fmt: skip
print(*walk(direct), sep="\n")

# %%
print(*walk(repaired), sep="\n")

# %% [markdown]
# No implicit function, no limit: at the point itself the features are independent already. And
# nothing given is surplus. What is to be believed is the kernel and the rules used:

# %%
from symbolic_landscape.library.run import CheckReport, plan
from symbolic_landscape.report.trust import trust, trust_lines

below = plan(proofs, [direct.key], reading="printed")
report = CheckReport(tuple(map(judged, below)), 0, 0.0, {})
believed = trust(proofs[direct.key], "printed", report, proofs.rules)
listing = list(trust_lines(believed))
print(*listing[:15], "  ...", *listing[-4:], sep="\n")

# %%
surplus = kernel.of(direct).surplus
print("surplus:", surplus or "none")
print("rules:", ", ".join(f"{rule.topic}.{rule.name}" for rule in believed.rules))

# %% [markdown]
# ## 5. For which networks does it speak?
#
# The first two steps of the repaired proof say $n_k + 1 = \operatorname{rank}[F_k, 1] \le N$. So a
# wide layer cannot have $N$ units or more. The kernel derives this as a contradiction.

# %%
empty = proofs["NH17.T3.8.empty"].printed
print("derived:", kernel.is_derived(empty))
said(empty, setting=False)

# %% [markdown]
# We can say it in our own words: the hypotheses force $n_k = N - 1$. A statement is a few lines.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.null_directions import (
    FEATURES_AND_ONE,
    RANK,
)
from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.statement.language import rank
from symbolic_landscape.statement.proof import at, by, cite, have, linear

forced = Statement(
    "NOTEBOOK.forced",
    RANK.setting,
    title="The hypotheses of Theorem 3.8 force the width",
    names=(k, I),
    standing=(k >= 1, k <= L - 1),
    given={"wide": n[k] >= N - 1, **RANK.given},
    then=n[k] == N - 1,
    proof=[
        have("columns", rank(FEATURES_AND_ONE) == n[k] + 1, cite(RANK)),
        have("rows", rank(FEATURES_AND_ONE) <= N, by(ranks.rank_at_most_rows)),
        have("width", n[k] == N - 1, linear, "columns", "rows", "wide"),
    ],
)
print("derived:", kernel.is_derived(forced))
print(*walk(forced), sep="\n")

# %% [markdown]
# The full ranks say that no layer above $k+1$ is wider than the one below it. For one hidden layer
# there is a remark of its own in the paper, with the same end. And Corollary 3.9, on local minima
# that are non-degenerate in *all* parameters, speaks of no point at all.

# %%
keys = ("NH17.R3.8", "NH17.R3.8.shallow.empty", "NH17.C3.9.empty")
for one in (proofs[key].printed for key in keys):
    print(one.key, "- derived:", kernel.is_derived(one))
    for name, formula in one.claim.given.items():
        print(f"    {name}: {text(formula, one.setting.shown)}")
    print(f"    then {text(one.claim.then, one.setting.shown)}")

# %% [markdown]
# ## 6. Break it
#
# Change one index: take the gradient of layer $k$ where the proof takes layer $k + 1$.


# %%
def refusals(statement: Statement) -> list[str]:
    """The steps that the kernel does not accept, and why."""
    steps = judged(statement).steps
    return [f"{step.name}: {step.refused_because}" for step in steps if not step.accepted]


proof = [replace(step, reason=at(k)) if step.name == "flat" else step for step in repaired.proof]
wrong_layer = refusals(replace(repaired, proof=proof))
print(*wrong_layer, sep="\n")

# %% [markdown]
# One unit less, and non-degeneracy left out:

# %%
one_less = refusals(replace(repaired, given={**repaired.given, "wide": n[k] >= N - 2}))
left = {name: f for name, f in repaired.given.items() if name != "nondegenerate"}
degenerate = refusals(replace(repaired, given=left))
print(*one_less, *degenerate, sep="\n")

# %% [markdown]
# ## 7. Exact numbers
#
# Three samples of the plane, three layers with two units each, $k = 1$ and $I = \{2\}$. The
# activation is $t / \sqrt{1 + t^2}$, and the weights are such that every number is rational.

# %%
scaled = [["5/4", 0], [0, "5/4"]]
first = [["3/4", 0], [0, "3/4"]]
point = network("three layers", [2, 2, 2, 2], [[0, 0], [1, 0], [0, 1]], [first, scaled, scaled])
for layer in (1, 2, 3):
    print(f"F_{layer} =", value(the(F(layer)), point))
print("Phi =", value(the(Phi(W, b)), point))
print("rank of [F_1, 1]:", value(the(rank(FEATURES_AND_ONE)), point), "for 3 samples")

# %%
numbers = {}
for name, formula in theorem.claim.given.items():
    if name not in ("attained", "nondegenerate"):
        numbers[name] = decide(formula, point)
        print(f"{name:12} {numbers[name].outcome.value:6} {shorten(numbers[name].reason, 100)}")

# %% [markdown]
# The minimum is attained here, since $\Phi = 0$. Non-degeneracy speaks of all directions; it says
# that the block of second derivatives in layer 2 is nonsingular. We take the second derivative from
# the tree, at pairs of directions that move one parameter each.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    K,
    e,
    e2,
    second_derivative,
)

second = the(second_derivative(W, b, K, e, K2, e2))


def moves(instance: Instance, layer: int) -> list[tuple[object, object]]:
    """Directions that move one parameter of the layer, unit after unit, the biases last."""
    weights, biases = (instance.values[the(family)].table for family in (W, b))
    rest_w = {at_: QQ.zeros(*matrix.shape) for at_, matrix in weights.items()}
    rest_b = {at_: QQ.zeros(*matrix.shape) for at_, matrix in biases.items()}
    rows, columns = weights[layer].shape
    out = []
    for column in range(columns):
        for row in range(rows + 1):
            moved = [
                [int((r, c) == (row, column)) for c in range(columns)] for r in range(rows + 1)
            ]
            W_, b_ = QQ.matrix(moved[:-1]), QQ.matrix(moved[-1:])
            out.append(({**rest_w, layer: W_}, {**rest_b, layer: b_}))
    return out


def block(instance: Instance) -> object:
    """The second derivatives in layer 2."""
    directions = moves(instance, 2)
    return QQ.matrix(
        [
            [
                value(
                    second,
                    instance.changed({the(K): u, the(e): a, the(K2): v, the(e2): c}),
                )
                for v, c in directions
            ]
            for u, a in directions
        ]
    )


hessian = block(point)
print("rank of the block:", hessian.rank(), "of", hessian.shape[0])
hessian.to_sympy()

# %% [markdown]
# A second road to the same number: the engine differentiates the network by itself, and knows no
# formula of the paper. It keeps $W_k$ transposed.

# %%
from symbolic_landscape import Network, Parameters, Samples

net = Network(widths=(2, 2, 2, 2), activation=ALGEBRAIC, output_activation=ALGEBRAIC)
here = net.loss(Samples(point.values[the(X)], point.values[the(Y)]), "sum").at(
    Parameters(
        weights=[W_.T for W_ in point.values[the(W)].table.values()],
        biases=[b_.T for b_ in point.values[the(b)].table.values()],
    )
)
places = net.layer_range(2)
other = here.hessian.submatrix(places, places)
print("rank:", other.rank(), " same determinant:", other.det() == hessian.det())
inertia = here.hessian.inertia()
print("inertia of the whole Hessian:", inertia)

# %% [markdown]
# Twelve null directions: in all parameters the point is degenerate, and by the corollary's own
# hypotheses it has to be.
#
# Now give layer 1 one unit too many. $[F_1, 1]$ has more columns than rows, some $z \ne 0$ has
# $[F_1, 1]\, z = 0$, and adding $z$ to the weights of a unit above moves nothing at all.

# %%
spare = network("one unit too many", [1, 2, 1], [[0], [1]], [[["3/4", "4/3"]], [["5/4"], [0]]])
wide = value(the(FEATURES_AND_ONE), spare)
null = wide.kernel()
singular = block(spare)
print("[F_1, 1] =", wide, "  z =", null.T)
print("block times z:", (singular @ null).T, "  rank of the block:", singular.rank(), "of 3")

# %% [markdown]
# ## 8. A conjecture
#
# The paper conjectures that no local minimum with weights of low rank is suboptimal. It is stated,
# with no proof:

# %%
conjecture = proofs["NH17.R3.8.conjecture"].printed
print(*walk(conjecture), sep="\n")

# %% [markdown]
# Four targets on a cross speak against it, if a layer is wider than the one below it. One unit
# carries two outputs. It follows one arm, and turning to the other costs more at first than it
# gains. The Hessian has no negative direction; that the point is a local minimum takes an argument
# along its null directions, which stands in the tests. Following the other arm is better.

# %%
tall = Network(widths=(3, 3, 1, 2), activation=ALGEBRAIC, output_activation=ALGEBRAIC)
arms = Samples(
    inputs=[[0, "3/4", "3/4"], [0, "-3/4", 0], ["3/4", 0, 0], ["-3/4", 0, 0]],
    targets=[["1/5", 0], ["-1/5", 0], [0, "20/101"], [0, "-20/101"]],
)
identity = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
phi = tall.loss(arms, "sum")
zero = [[0, 0, 0], [0], [0, 0]]
cross = phi.at(Parameters([identity, [["5/4", 0, 0]], [[0], ["100/297"]]], zero))
turned = phi.at(Parameters([identity, [[0, "5/4", 0]], [["17/50"], [0]]], zero))
print("gradient 0:", cross.gradient.is_zero, " inertia:", cross.hessian.inertia())
print("Phi =", cross.value, "  elsewhere:", turned.enclose(64).value)

# %% [markdown]
# ## Exercises
#
# 1. Change a target of the point in section 7. Which hypothesis fails first?
# 2. Take two of the three samples. Which hypothesis breaks, and what is the rank of the block?
# 3. Replace the citation of Lemma 3.5 in the printed proof by that of its repaired reading. Which
#    hypothesis is missing then?
# 4. Take $I = \{2, 3\}$ in section 7. The block has 12 rows: what is its rank, and why not more
#    than $N m = 6$?
# 5. Make the shorter arm of the cross the longer one: $1/4$ for $1/5$. What does the Hessian say?

# %%
result = {
    "printed derived": kernel.is_derived(theorem),
    "lemma refuted": refuted.outcome.value,
    "direct derived": kernel.is_derived(direct),
    "forced derived": kernel.is_derived(forced),
    "refused": [len(wrong_layer) > 0, len(one_less) > 0, len(degenerate) > 0],
    "phi": str(here.value),
    "block": hessian.rank(),
    "spare": singular.rank(),
    "inertia": list(inertia),
    "cross": str(cross.value),
}
assert all(verdict.is_holds for verdict in numbers.values())
assert cross.value == Fraction(2, 25)
print(result)
