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
# # A lemma of your own: write it, break it, attack it
#
# The papers here were taken apart step by step. Now it is your turn: a lemma about least squares
# in twenty lines, then six ways to write it wrongly, and what notices each.
#
# Two witnesses work independently. The *kernel* looks at formulas alone, and accepts a step for
# all data or refuses it. An *instance* is exact data, on which formulas are decided.

# %%
from symbolic_landscape import load_proofs
from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.errors import SortError
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import tried
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.rules.ranks import kernel_of_full_column_rank
from symbolic_landscape.statement.language import matrix, natural, rank, the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.proof import by, have, linear, sampled
from symbolic_landscape.statement.rule import Rule, rule
from symbolic_landscape.statement.setting import Setting

proofs = load_proofs()

# %% [markdown]
# ## 1. What is let be given
#
# A matrix has its shape, in letters. A product of shapes that do not fit is an error on its own
# line.

# %%
m, n, p = natural("m"), natural("n"), natural("p")
A, b = matrix("A", m, n), matrix("b", m, 1)
x, y = matrix("x", n, 1), matrix("y", n, 1)
B = matrix("B", n, p)
SYSTEM = Setting("a system of equations", variables=(m, n, A, b, x, y))

try:
    A @ b
except SortError as error:
    print(error)

# %% [markdown]
# ## 2. A rule and a lemma
#
# A rule is a line that a reader believes. It speaks of free objects. Look for one before you write
# one: the rule book has the second rule already.

# %%
gram_has_the_same_kernel = rule(A.T @ A @ B == 0, then=A @ B == 0, source="elementary")
GIVEN = {
    "full rank": rank(A) == n,
    "x solves": A.T @ A @ x == A.T @ b,
    "y solves": A.T @ A @ y == A.T @ b,
}
PROOF = [
    have("difference", A.T @ A @ (x - y) == 0, linear, "x solves", "y solves"),
    have("same image", A @ (x - y) == 0, by(gram_has_the_same_kernel), "difference"),
    have("unique", x == y, by(kernel_of_full_column_rank), "full rank", "same image"),
]


def lemma(given: dict = GIVEN, then: object = x == y, proof: list = PROOF) -> Statement:
    """The lemma, or a variant of it."""
    title = "Least squares with full column rank have at most one solution"
    return Statement("MINE.T1", SYSTEM, title=title, given=given, then=then, proof=proof)


def show(statement: Statement, *more: Rule) -> bool:
    """The kernel's word on each step; whether all are accepted."""
    rules = {one.name: one for one in (*proofs.rules.values(), gram_has_the_same_kernel, *more)}
    found = judge(statement, Options(), Derivations(rules.values()))
    for step in found.steps:
        word = "accepted" if step.accepted else f"refused: {step.refused_because}"
        print(f"{step.name:12} {word}")
    surplus = found.derivation.surplus
    if surplus:
        print("surplus:", *surplus)
    return all(step.accepted for step in found.steps)


right = show(lemma())

# %% [markdown]
# Three steps, three accepted: the lemma holds for all shapes and all numbers, relative to two
# rules.
#
# ## 3. Without its hypothesis
#
# Is full rank needed? Take a matrix of rank 1 and two solutions. All that is given holds but the
# rank, and the conclusion fails: that is a *control*, and `lemma-check check` looks for one for
# each hypothesis.

# %%
control = Instance(
    "two equal columns",
    {
        the(m): 2,
        the(n): 2,
        the(A): QQ.matrix([[1, 1], [1, 1]]),
        the(b): QQ.matrix([[1], [1]]),
        the(x): QQ.matrix([[1], [0]]),
        the(y): QQ.matrix([[0], [1]]),
    },
)
decided = {name: decide(the(said), control) for name, said in {**GIVEN, "then": x == y}.items()}
for name, verdict in decided.items():
    print(f"{name:10} {verdict.outcome.value}: {verdict.reason}")

# %% [markdown]
# ## 4. Six wrong lemmas
#
# *A sign.* The difference becomes a sum. The kernel names the step.

# %%
first, second, third = PROOF
sign = show(
    lemma(proof=[have("difference", A.T @ A @ (x + y) == 0, linear, "x solves", "y solves")])
)

# %% [markdown]
# *A step too far.* From $A^T A z = 0$ straight to $z = 0$, by the rule that needs a rank.

# %%
leap = show(
    lemma(proof=[first, have("unique", x == y, by(kernel_of_full_column_rank), "difference")])
)

# %% [markdown]
# *Hollow.* "Clear" is no reason. `sampled` may be said, and is counted; the lemma is not derived
# then.

# %%
hollow = show(
    lemma(proof=[first, have("unique", x == y, sampled("clear"), "full rank", "difference")])
)

# %% [markdown]
# *Begged.* With $A x = A y$ among the hypotheses the proof goes through, and the kernel says what
# became of the rest: it is surplus, the mark of a begged question.

# %%
begging = {**GIVEN, "the same image": A @ x == A @ y}
begged = show(
    lemma(
        given=begging,
        proof=[
            have("unique", x == y, by(kernel_of_full_column_rank), "full rank", "the same image")
        ],
    )
)

# %% [markdown]
# *Begged outright.* The conclusion among the hypotheses, in other words. Both have one normal
# form, so the last step gives nothing new.

# %%
outright = show(lemma(given={**GIVEN, "no difference": x - y == 0}))

# %% [markdown]
# *A false rule.* The kernel believes rules: with a false one it accepts everything. So rules are
# tried, on free objects drawn for them, and one counterexample is enough.

# %%
gram_is_injective = rule(A.T @ A @ B == 0, then=B == 0, source="wishful thinking")
fooled = show(
    lemma(
        proof=[first, have("unique", x == y, by(gram_is_injective), "difference")],
    ),
    gram_is_injective,
)
trial = tried(gram_is_injective)
print("refuted:", trial.refuted, "-", trial.reason)
for name, value in trial.counterexample.values.items():
    print("   ", text(name), "=", value)

# %% [markdown]
# ## 5. In a file
#
# `lemma-check new MINE.T1 -o my_proofs/mine.py` writes this lemma as a file. Then
#
# - `lemma-check check MINE.T1 --proofs my_proofs` tries it on instances, and looks for controls;
# - `lemma-check attack MINE.T1 --proofs my_proofs` makes wrong variants of it, more than six, and
#   tells which went unnoticed;
# - `lemma-check show MINE.T1 --proofs my_proofs --trust` prints all that a reader must believe.
#
# ## Exercises
#
# 1. `lemma-check exercise show ED01` asks for a proof about YSJ18.I4.steered, as short as this one.
# 2. State that a solution exists where $A$ has full row rank, and prove it with `take`.
# 3. The rule `gram_has_the_same_kernel` can be derived from smaller ones. Which?
# 4. Make a seventh wrong lemma that the kernel accepts. What does `show` say of it?

# %%
result = {
    "right": right,
    "needed": decided["full rank"].is_fails and decided["then"].is_fails,
    "noticed": [not word for word in (sign, leap, hollow, outright)],
    "begged": begged,
    "fooled": fooled,
    "rule refuted": trial.refuted,
}
print(result)
