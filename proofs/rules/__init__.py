"""The rule book: inference schemes that name no paper, a file for each topic."""

from symbolic_landscape.proofs.rules import (
    blocks,
    columns,
    continuity,
    curves,
    derivatives,
    entries,
    exponentials,
    forms,
    functions,
    minima,
    order,
    pieces,
    ranks,
    signs,
    sums,
)
from symbolic_landscape.statement.rule import book

RULES = book(
    blocks,
    columns,
    continuity,
    curves,
    derivatives,
    entries,
    exponentials,
    forms,
    functions,
    minima,
    order,
    pieces,
    ranks,
    signs,
    sums,
)
