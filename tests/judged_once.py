"""What the tests of the papers judge, once in a process: derivations, and results on examples.

Object: DERIVATIONS. Function: result. What must be judged anew makes its own `Derivations`.
"""

from __future__ import annotations

from functools import cache

from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.setting import Setting

DERIVATIONS = Derivations(RULES.values())
OPTIONS = Options(instances=0)


@cache
def trials(settings: tuple[Setting, ...]) -> Trials:
    """The examples of these settings, with what has been decided on them."""
    return Trials(settings, (), DERIVATIONS, OPTIONS)


@cache
def result(statement: Statement, *settings: Setting) -> StatementResult:
    """What is found about a reading on the examples of these settings, or else of its own."""
    tried = trials(settings or (statement.setting,)).tried
    return judge(statement, OPTIONS, DERIVATIONS, tried)
