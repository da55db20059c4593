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
# We read the lemma and its proof, step by step, with the word of a small kernel on each step: it
# accepts or refuses, for all networks at once. Then we break a step and see the kernel object.
# At the end the same formulas are evaluated on three samples, in exact numbers.

# %%
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from textwrap import shorten

from IPython.display import Markdown

from symbolic_landscape import Stepper, load_proofs
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.report.proofs import parts, why
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import declaration, latex, text

proofs = load_proofs()
kernel = Derivations(proofs.rules.values())
lemma = proofs["NH17.L4.3"].printed

# %% [markdown]
# ## 1. What is said
#
# A statement is one tree of formulas: names with their sorts, what is assumed throughout, what is
# given, and what follows. LaTeX and text are printed from this tree, and the kernel reads the same
# one.


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


said(lemma)

# %% [markdown]
# As text, for those who read no LaTeX:

# %%
for name, formula in lemma.claim.given.items():
    print(f"{name:12}{text(formula, lemma.setting.shown)}")
print(f"{'then':12}{text(lemma.claim.then, lemma.setting.shown)}")

# %% [markdown]
# ## 2. The proof, step by step
#
# Each step names the facts that it uses, says what it gives, and has one reason. The kernel looks
# at these formulas and at nothing else.


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


print(*walk(lemma), sep="\n")

# %% [markdown]
# One slip in the words is repaired on the way. The paper says that a strictly monotonic activation
# is "bijective on its domain", which no rule says. The first step needs less: different arguments
# have different values. The statement that it cites says just this.

# %%
print(*walk(proofs["NH17.L4.3.bijective"].printed), "", sep="\n")
print(*walk(proofs["NH17.L4.3.injective"].printed), sep="\n")

# %% [markdown]
# All the work lies in the step *some units*: for a bounded activation let the weights of the layer
# grow, and look at a determinant in the limit.

# %%
bounded = proofs["NH17.L4.3.bounded"].printed
said(bounded)

# %%
print(*walk(bounded), sep="\n")

# %% [markdown]
# Unit $j$ gets the weights $-\alpha a$ and the bias $\alpha t_j + \beta$, where $t = Z a$ holds the
# projections of the samples. The claim on the determinant is equation (3) of the paper.

# %%
equation = proofs["NH17.I4.3a"].printed
said(equation)

# %%
print(*walk(equation), sep="\n")

# %% [markdown]
# Subtracting each row from the next one leaves a triangle in the limit.

# %%
triangle = proofs["NH17.I4.3a.triangle"].printed
print(*walk(triangle), sep="\n")

# %% [markdown]
# ## 3. The kernel's word on the whole
#
# A lemma is derived if every step is accepted, and every step of all that it cites. A fact knows on
# which hypotheses it rests; one on which the conclusion does not rest is *surplus*.

# %%
derivation = kernel.of(lemma)
print("derived:", kernel.is_derived(lemma))
print("surplus:", ", ".join(derivation.surplus))

# %% [markdown]
# So neither analyticity nor the loss matters. The repaired reading goes further: an injective
# activation with a limit to the left is enough, bounded or not. Its proof is not the paper's.

# %%
print("derived:", kernel.is_derived(lemma.repaired), " surplus:", kernel.of(lemma.repaired).surplus)
said(lemma.repaired, setting=False)

# %% [markdown]
# What must be believed? The kernel, and the rules that the proof and all below it use. Here are the
# first and the last lines of the listing; `lemma-check show NH17.L4.3 --trust` prints it all.

# %%
from symbolic_landscape.library.run import CheckReport, plan
from symbolic_landscape.report.trust import trust, trust_lines

below = plan(proofs, ["NH17.L4.3"], reading="printed")
report = CheckReport(tuple(map(judged, below)), 0, 0.0, {})
believed = trust(proofs["NH17.L4.3"], "printed", report, proofs.rules)
listing = list(trust_lines(believed))
print(*listing[:16], "  ...", *listing[-4:], sep="\n")

# %%
print(", ".join(f"{rule.topic}.{rule.name}" for rule in believed.rules))

# %% [markdown]
# ## 4. Break it
#
# Change one index in one step: take the layer $k$ where the proof takes $k - 1$.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import N, k, n
from symbolic_landscape.statement.language import the
from symbolic_landscape.statement.proof import at


def refusals(statement: Statement) -> list[str]:
    """The steps that the kernel does not accept, and why."""
    steps = judged(statement).steps
    return [f"{step.name}: {step.refused_because}" for step in steps if not step.accepted]


def changed(statement: Statement, name: str, **change: object) -> Statement:
    """The statement with one step changed."""
    proof = [replace(step, **change) if step.name == name else step for step in statement.proof]
    return replace(statement, proof=proof, repaired=None)


wrong_layer = refusals(changed(lemma, "some apart", reason=at(k)))
print(*wrong_layer, sep="\n")

# %% [markdown]
# In the triangle, say that the first column is $\mu$ as well: a range from 1 on, not from 2 on.

# %%
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.bounded_entries import C, E
from symbolic_landscape.proofs.nguyen_hein_2017.settings import steep_units as line
from symbolic_landscape.statement.language import each

i, j, mu = line.i, line.j, line.mu
from_one = the(each(i, 1, line.N, each(j, 1, i, C[i, j] == mu)))
wrong_range = refusals(changed(triangle, "lower", gives=from_one))
print(*wrong_range, sep="\n")

# %% [markdown]
# And one unit less: $n_k \ge N - 2$.

# %%
narrow = replace(lemma, given={**lemma.given, "wide": n[k] >= N - 2}, repaired=None)
one_less = refusals(narrow)
print(*one_less, sep="\n")

# %% [markdown]
# ## 5. Exact numbers
#
# Three samples whose projections are 0, 1 and 3, a sigmoid, and $\beta = 0$. The formula of the
# matrix is the tree from the proof. At an integer $\alpha$ its entries lie in $\mathbb{Q}(e)$.

# %%
from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.formula import parse_formula
from symbolic_landscape.judge.evaluation import decide, value
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.statement.language import det, every, exists

sigmoid = parse_formula("1 / (1 + exp(-t))")
t = [0, 1, 3]
samples = Instance(
    "three samples on a line",
    {
        the(line.N): 3,
        the(line.t): QQ.matrix([[entry] for entry in t]),
        the(line.sigma): sigmoid,
        the(line.beta): 0,
        the(line.mu): 0,
        the(line.gamma): 1,
    },
)
features = E(line.alpha)
print(text(the(features), line.LINE.shown))
value(the(features), samples.changed({the(line.alpha): 1})).to_sympy()

# %% [markdown]
# Is the sigmoid bijective? No: some number is no value of it. The hypotheses of equation (3) are
# formulas too, and are decided on the instance. What only a limit can tell stays undecided there.

# %%
onto = decide(the(every(line.r, exists(line.x, line.sigma(line.x) == line.r))), samples)
print("onto the line:", onto.outcome.value, "-", onto.reason)
for name, formula in equation.claim.given.items():
    verdict = decide(formula, samples)
    print(f"{name}: {verdict.outcome.value} - {shorten(verdict.reason, 90)}")

# %% [markdown]
# Now the limit, exactly. With $x = e^{-\alpha}$ each entry is a fraction in $x$, and
# $\alpha \to \infty$ is $x = 0$.

# %%
from symbolic_landscape.arithmetic import decay_field, limit_at_zero, value_along

rows = [[1, *(value_along(sigmoid, t[q] - t[p]) for q in range(2))] for p in range(3)]
determinant = decay_field().matrix(rows).det()
limit = limit_at_zero(determinant)
print("det E =", determinant)
print("limit =", limit, "  (mu - sigma(beta))^(N-1) =", Fraction(0 - Fraction(1, 2)) ** 2)

# %% [markdown]
# A table to look at, in thirty digits of mpmath. It proves nothing. Beside it stand enclosures of
# the exact values, from the tree.

# %%
import mpmath

with mpmath.workdps(30):
    for alpha in (1, 2, 4, 8, 16, 32):
        entries = [[1, *(1 / (1 + mpmath.exp(-alpha * (t[q] - t[p]))) for q in range(2))]
                   for p in range(3)]  # fmt: skip
        exact = value(the(det(features)), samples.changed({the(line.alpha): alpha}))
        shown = mpmath.nstr(mpmath.det(mpmath.matrix(entries)), 24)
        print(f"alpha = {alpha:2}   det E = {shown:27} {exact.enclose(64)}")

# %% [markdown]
# ## 6. From which $\alpha$ on?
#
# A limit says nothing about any one $\alpha$. But the sigmoid increases, so for every
# $\alpha \ge \alpha_0$ an entry lies between its value at $\alpha_0$ and its limit. One matrix of
# intervals holds them all. If it is nonsingular, so is every matrix from $\alpha_0$ on.

# %%
from symbolic_landscape.arithmetic import BallField, Matrix, rank_at_least
from symbolic_landscape.formula import evaluated

balls = BallField(512)


def at_scale(places: list[int], alpha: Fraction, *, beyond: bool = False) -> Matrix:
    """[1, A(alpha)] in balls; with `beyond`, one that holds these for all greater alpha too."""
    out = []
    for p in places:
        entries = [evaluated(sigmoid, balls.constant(alpha * (q - p)), balls) for q in places[:-1]]
        if beyond:
            ends = [balls.constant(Fraction(int(q > p))) for q in places[:-1]]
            entries = [
                entry if p == q else entry.union(end)
                for entry, end, q in zip(entries, ends, places[:-1], strict=True)
            ]
        out.append([balls.constant(Fraction(1)), *entries])
    return balls.from_raw(out)


tried = (Fraction(step, 20) for step in range(1, 100))
scale = next(a for a in tried if rank_at_least(at_scale(t, a, beyond=True), 3).is_holds)
print("alpha0 =", scale)

# %% [markdown]
# ## 7. The witness in the network
#
# At last the lemma itself, on a network with two inputs and two hidden units: three points of the
# plane, the direction $a = (1, 3)$, and $\alpha = 2$. First its hypotheses, then its conclusion at
# these parameters.

# %%
from symbolic_landscape.judge.values import Family
from symbolic_landscape.proofs.nguyen_hein_2017.settings import network as net
from symbolic_landscape.statement.language import block, rank

alpha = 2
witness = Instance(
    "three points of the plane",
    {
        the(net.L): 2,
        the(net.N): 3,
        the(net.n): Family.of({0: 2, 1: 2, 2: 1}),
        the(net.X): QQ.matrix([[0, 0], [1, 0], [0, 1]]),
        the(net.Y): QQ.zeros(3, 1),
        the(net.W): {1: QQ.matrix([[-alpha, -alpha], [-3 * alpha, -3 * alpha]]), 2: QQ.zeros(2, 1)},
        the(net.b): {1: QQ.matrix([[0, alpha]]), 2: QQ.zeros(1, 1)},
        the(net.sigma): sigmoid,
        the(net.loss): parse_formula("t**2"),
        the(net.k): 1,
    },
)
for name, formula in lemma.claim.given.items():
    print(f"{name:12} {decide(formula, witness).outcome.value}")
independent = decide(the(rank(block(net.F(net.k), net.one)) == net.N), witness)
print("rank [F_1, 1] = N:", independent.outcome.value, "-", independent.reason)

# %% [markdown]
# ## 8. Why not ask numpy for the rank?
#
# Sixteen samples on a line and $\alpha = 1/20$. The matrix is nonsingular, but its smallest
# singular values lie far below the rounding errors. Floating point sees half of the rank.

# %%
import numpy as np

places = np.arange(16)
floats = 1 / (1 + np.exp(-0.05 * (places[None, :15] - places[:, None])))
rank_in_floats = int(np.linalg.matrix_rank(np.hstack([np.ones((16, 1)), floats])))
print("rank in floating point:", rank_in_floats)

certain = rank_at_least(at_scale(list(range(16)), Fraction(1, 20)), 16)
print("rank at least 16:", certain.outcome.value, f"({certain.evidence.word})")

# %% [markdown]
# ## Step by step, without a hypothesis
#
# The lemma without *increasing*, on an instance where the activation is constant: the first step
# that fails there is the first one that uses the hypothesis.
# In Jupyter there are buttons: next, back, another instance, another hypothesis to leave out. On a
# rendered page all steps stand there, and a click opens what is known of one.

# %%
Stepper(proofs["NH17.L4.3"], hypothesis="increasing")

# %% [markdown]
# ## Exercises
#
# 1. Walk `NH17.L4.3.growing`, the second case. Which step uses that other products decay?
# 2. Which steps lie inside *some units*? Call `walk(lemma, "some units/1")`, and go on from there.
# 3. Let two samples coincide in section 5. Which hypothesis fails, and what is the determinant?
# 4. Replace the reason of the step *triangle* in `equation` by `linear`. What does the kernel say?
# 5. Raise $\alpha$ in section 8. From which $\alpha$ on does numpy find rank 16?

# %%
result = {
    "derived": kernel.is_derived(lemma),
    "surplus": list(derivation.surplus),
    "refused": [len(wrong_layer) > 0, len(wrong_range) > 0, len(one_less) > 0],
    "limit": str(limit),
    "scale": str(scale),
    "independent": independent.outcome.value,
    "rank in floats": rank_in_floats,
    "rank": certain.outcome.value,
}
assert limit == Fraction(1, 4)
print(result)
