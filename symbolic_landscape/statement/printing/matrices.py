"""Numbers and matrices: sums, products, powers, quotients, blocks, entries, constants."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.statement.notation import Level
from symbolic_landscape.statement.printing.marks import Shown
from symbolic_landscape.statement.printing.shapes import (
    BOTH,
    NEITHER,
    Known,
    Place,
    grid,
    parts,
    value,
)
from symbolic_landscape.statement.term import INT, NAT, NUMBERS, Term, num

if TYPE_CHECKING:
    from symbolic_landscape.statement.printing.printer import Printer


# ---- sums and products ---------------------------------------------------------------------------
def summed(p: Printer, t: Term, inside: Sequence[Place]) -> Shown:
    """A sum with its signs; of integers, the constant last."""
    places = list(inside)
    if t.sort in (INT, NAT):
        places.sort(key=lambda x: -_degree(x[0]))
    if len(places) == 1:
        return p.show(*places[0])
    signed = [_signed(p, *x) for x in places]
    first = next((i for i, (negative, _) in enumerate(signed) if not negative), 0)
    signed.insert(0, signed.pop(first if signed[0][0] else 0))
    out = p.marks.minus if signed[0][0] else ""
    for i, (negative, x) in enumerate(signed):
        sign = f" {p.marks.minus} " if negative else " + "
        out += (sign if i else "") + p.marks.held(x, Level.HADAMARD)
    return Shown(out, Level.SUMMED)


def _degree(t: Term) -> int:
    """How many factors a summand of an integer has, numbers left out."""
    return sum(x.head != "num" for x in (t.args if t.head == "mul" else (t,)))


def product(p: Printer, t: Term, inside: Sequence[Place]) -> Shown:
    """A number or a product: number, scalars, matrices, with one sign before them."""
    negative, shown = _unsigned(p, t, inside)
    if not negative:
        return shown
    return Shown(p.marks.minus + p.marks.held(shown, Level.HADAMARD), Level.SUMMED)


def _signed(p: Printer, t: Term, known: Known) -> tuple[bool, Shown]:
    """Whether a summand has a minus sign, and the summand without it."""
    if t.head in ("num", "mul"):
        return _unsigned(p, t, parts(t, known))
    return False, p.show(t, known)


def _unsigned(p: Printer, t: Term, inside: Sequence[Place]) -> tuple[bool, Shown]:
    """Whether a number or product has a minus sign, and what is printed without it."""
    (number, _), *rest = inside if t.head == "mul" else [(t, NEITHER)]
    coefficient = value(number)
    scalars = Counter(x for x, _ in rest if x.sort in NUMBERS)
    matrices = [p.show(*x) for x in rest if x[0].sort not in NUMBERS]
    numbers, quotient = _scalars(p, abs(coefficient), scalars)
    pieces = [*numbers, *matrices]
    if len(pieces) > 1:
        return coefficient < 0, Shown(p.marks.product(pieces), Level.MULTIPLIED)
    alone = pieces[0] if pieces else Shown("1", Level.ATOM)
    return coefficient < 0, alone._replace(level=Level.MULTIPLIED) if quotient else alone


def _scalars(p: Printer, size: Fraction, scalars: Counter[Term]) -> tuple[list[Shown], bool]:
    """The number and the scalar factors of a product, and whether there is a quotient."""
    under = [x for x, n in scalars.items() if x.head == "recip" and n == 1]
    under = [x for x in under if x.args[0].head != "num"] if len(under) == 1 else []
    over = [_power(p, x, n) for x, n in scalars.items() if x not in under]
    over.sort(key=lambda x: x.level is Level.PREFIXED)
    whole = size.denominator == 1
    number = [] if size == 1 else [Shown(_number(p, size), Level.ATOM)]
    if not under:
        return [*number, *over], not whole
    if whole:
        return _quotient(p, [*number, *over], under[0].args[0]), True
    return [*number, *_quotient(p, over, under[0].args[0])], True


def _number(p: Printer, size: Fraction) -> str:
    above, below = size.as_integer_ratio()
    if below == 1:
        return str(above)
    return p.marks.pick(f"{above}/{below}", rf"\frac{{{above}}}{{{below}}}")


def _power(p: Printer, x: Term, n: int) -> Shown:
    if n == 1:
        return p.show(x)
    return Shown(p.held(x, Level.CALLED) + p.marks.raised(str(n)), Level.RAISED)


def _quotient(p: Printer, top: Sequence[Shown], under: Term) -> list[Shown]:
    """The factors of a quotient of numbers."""
    top = top or [Shown("1", Level.ATOM)]
    if p.marks.tex:
        made = rf"\frac{{{p.marks.product(top)}}}{{{p.show(under).text}}}"
        return [Shown(made, Level.RAISED)]
    last = f"{p.marks.held(top[-1], Level.RAISED)}/{p.held(under, Level.RAISED)}"
    return [*top[:-1], Shown(last, Level.RAISED)]


def reciprocal(p: Printer, x: Term) -> Shown:
    """1/x, and 2⁻¹ for a number, since 1/2 is a number itself."""
    if x.head == "num":
        return Shown(p.held(x, Level.CALLED) + p.marks.pick("⁻¹", "^{-1}"), Level.RAISED)
    return Shown(_quotient(p, (), x)[0].text, Level.MULTIPLIED)


def hadamard(p: Printer, inside: Sequence[Place]) -> Shown:
    """A ∘ B."""
    held = [p.held(x, Level.RAISED, k) for x, k in inside]
    return Shown(p.marks.pick(" ∘ ", r" \circ ").join(held), Level.HADAMARD)


def raised(p: Printer, a: Place, power: str) -> Shown:
    """Aᵀ and A⁻¹."""
    return Shown(p.held(a[0], Level.CALLED, a[1]) + power, Level.RAISED)


def total(p: Printer, t: Term, known: Known) -> Shown:
    """A finite sum with its index."""
    i, low, high, body = t.args
    inner = p.under(i)
    ends = f"_{{{inner.letter(i)}={p.index(low)}}}^{{{p.index(high)}}}"
    sign = p.marks.pick("Σ", r"\sum")
    return Shown(f"{sign}{ends} {inner.held(body, Level.MULTIPLIED, known)}", Level.PREFIXED)


# ---- matrices ------------------------------------------------------------------------------------
def number_of(p: Printer, t: Term) -> Shown:
    """The rank, determinant or trace."""
    name = "tr" if t.head == "trace" else t.head
    sign = p.marks.pick(name, r"\det" if name == "det" else rf"\operatorname{{{name}}}")
    return Shown(f"{sign} {p.held(t.args[0], Level.RAISED)}", Level.PREFIXED)


def constant(p: Printer, t: Term, known: Known) -> Shown:
    """0 and I, with their sizes where these are not known; 𝟙 always with its size."""
    match t.head:
        case "zeros":
            name, sized = "0", known != BOTH
        case "eye":
            taken = p.letters.uses("I")
            name, sized = p.marks.pick("Id", r"\mathrm{Id}") if taken else "I", not any(known)
        case _:
            name, sized = p.marks.pick("𝟙", r"\mathbf{1}"), True
    if not sized:
        return Shown(name, Level.ATOM)
    columns = t.args[1] if t.args[1:] else num(1)
    return Shown(name + p.marks.lowered(size(p, t.args[0], columns)), Level.INDEXED)


def size(p: Printer, rows: Term, columns: Term) -> str:
    """A shape as an index or a power; that of a column is its height."""
    if columns is num(1):
        return p.index(rows)
    return p.marks.times.join(p.marks.close(p.held(x, Level.RAISED)) for x in (rows, columns))


def blocks(p: Printer, t: Term, known: Known) -> Shown:
    """[A, B] beside each other, [A; B] one below the other."""
    rows = [[p.held(x, Level.LOOSE, k) for x, k in row] for row in grid(t, known)]
    across, down = p.marks.pick(", ", " & "), p.marks.pick("; ", r" \\ ")
    inside = down.join(across.join(row) for row in rows)
    made = p.marks.pick(f"[{inside}]", rf"\begin{{bmatrix}} {inside} \end{{bmatrix}}")
    return Shown(made, Level.ATOM)


def entry(p: Printer, t: Term) -> Shown:
    """A_ij."""
    a, i, j = t.args
    base, ends = Shown(p.held(a, Level.ATOM), Level.ATOM), [p.index(x) for x in (i, j)]
    if p.marks.tex:
        short = all(re.fullmatch(r"[A-Za-z0-9]|\\[A-Za-z]+", x) for x in ends)
        return p.marks.indexed(base, (" " if short else ", ").join(ends))
    if all(re.fullmatch("[0-9]", x) for x in ends):
        return p.marks.indexed(base, "".join(ends))
    if all(len(x) == 1 and x.isalpha() for x in ends):
        return Shown(f"{base.text}_{''.join(ends)}", Level.INDEXED)
    return p.marks.indexed(base, ",".join(ends))


def built(p: Printer, t: Term) -> Shown:
    """The matrix with these entries, the ranges of the indices below."""
    i, j, rows, columns, body = t.args
    inner, most = p.under(i, j), p.marks.pick("≤", r" \le ")
    ranges = (f"{inner.letter(x)}{most}{p.index(n)}" for x, n in ((i, rows), (j, columns)))
    below = p.marks.lowered(p.marks.pick(", ", r",\, ").join(ranges))
    return Shown(p.marks.round(inner.show(body).text) + below, Level.INDEXED)
