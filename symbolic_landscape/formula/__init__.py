"""Formulas in one variable: a small grammar, exact derivatives, values in any ring.

A formula is built from rational constants, one variable, + - * /, integer powers and the calls
exp, log, tanh, atan, sqrt, and max, min, abs and piece of polynomials. It is read by the parser of
`grammar` and by nothing else; `evaluated` runs it in any ring that offers the `Operations`
protocol, so that one formula serves Q, Q(u), balls and SymPy.
"""

from __future__ import annotations

from symbolic_landscape.formula.evaluation import (
    ChoosingOperations,
    Evaluation,
    NamingOperations,
    Operations,
    OrderedOperations,
    evaluated,
    generic_function,
    to_sympy,
)
from symbolic_landscape.formula.grammar import parse_formula
from symbolic_landscape.formula.numbers import parse_number, rational_root
from symbolic_landscape.formula.transformations import composition, derivative, joints, smoothed
from symbolic_landscape.formula.tree import (
    CALLS,
    ONE,
    ZERO,
    Add,
    Call,
    Const,
    Formula,
    Generic,
    Mul,
    Piece,
    Pow,
    Shifted,
    T,
    Var,
    call,
    power,
    product,
    total,
)

__all__ = [
    "CALLS",
    "ONE",
    "ZERO",
    "Add",
    "Call",
    "ChoosingOperations",
    "Const",
    "Evaluation",
    "Formula",
    "Generic",
    "Mul",
    "NamingOperations",
    "Operations",
    "OrderedOperations",
    "Piece",
    "Pow",
    "Shifted",
    "T",
    "Var",
    "call",
    "composition",
    "derivative",
    "evaluated",
    "generic_function",
    "joints",
    "parse_formula",
    "parse_number",
    "power",
    "product",
    "rational_root",
    "smoothed",
    "to_sympy",
    "total",
]
