"""The measured rows T1 to T10 and the growth T13: the engine beside another way, in one process.

Every row first checks that both sides agree. Its lower limit is the operation count of the formula
times the measured cost of one operation in flint, plus the cost of making and placing the numbers
that go through Python as objects; a smaller time needs another formula or another library. Exact
Hessians are integers over one denominator, as the engine keeps them; lowest terms are on request.
For T7 and T8 the limit is the time to take the numbers out of flint as floats, and LAPACK's own;
for T9 it is elimination modulo one prime, or modulo as many primes as Hadamard's bound needs if the
rank is not full.

Objects: Growth, Sizes; FULL, TINY. Functions: rows, start_rows, growths.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import mpmath
import numpy as np
import sympy
from benchmarks.baselines import (
    Lists,
    listed,
    numpy_data,
    numpy_loss,
    numpy_tanh,
    operations,
    square,
)
from benchmarks.minimum import Minimum
from benchmarks.opponents import (
    casadi_hessian,
    casadi_values,
    installed,
    kept_lambdify,
    symengine_hessian,
    symengine_values,
)
from benchmarks.problems import Problem, problem
from benchmarks.rows import Row
from benchmarks.timing import Times, cost, interleaved
from sympy.core.cache import clear_cache
from sympy.polys.matrices import DomainMatrix

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Matrix,
    certainly_definite,
    eigenvalue_enclosures,
    working_precision,
)

Widths = tuple[int, ...]
AIMS = {"lemma-check --help": 6, "lemma-check list": 7}
BITS = 64
DOUBLE_BITS = 53
MARGINS = (1e-4, 1e-9, 1e-12)
"""Least eigenvalue over the largest."""
PRIME = (1 << 62) + 135


@dataclass(frozen=True)
class Growth:
    """Times of a family of problems with growing size, and the exponents fitted to them."""

    family: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    counts: tuple[int, ...]
    limits: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of log seconds over log size."""
        return _slope(self.sizes, self.seconds)

    @property
    def count_exponent(self) -> float:
        """The same for the operation count."""
        return _slope(self.sizes, self.counts)

    @property
    def limit_exponent(self) -> float:
        """The same for operations times the cost of one, which grows with the numbers."""
        return _slope(self.sizes, self.limits)


def _slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    return statistics.linear_regression(np.log(sizes).tolist(), np.log(values).tolist()).slope


@dataclass(frozen=True)
class Sizes:
    """How large the problems are."""

    one_hidden: Widths
    small: Widths
    middle: Widths
    large: Widths
    singular: tuple[Widths, ...]
    rank: int
    rounds: int
    widths: tuple[int, ...]
    depths: tuple[int, ...]
    samples: tuple[int, ...]
    bits: tuple[int, ...]


FULL = Sizes(
    (2, 3, 1),
    (2, 3, 3, 1),
    (2, 5, 5, 1),
    (2, 21, 21, 1),
    singular=((2, 5, 5, 1), (2, 8, 8, 1), (2, 12, 12, 1)),
    rank=60,
    rounds=9,
    widths=(4, 8, 16),
    depths=(2, 3, 4, 5),
    samples=(10, 20, 40, 80),
    bits=(64, 128, 256, 512, 1024),
)
TINY = Sizes(
    (1, 2, 1),
    (1, 2, 1),
    (1, 2, 2, 1),
    (2, 3, 2, 1),
    singular=((1, 2, 2, 1),),
    rank=6,
    rounds=1,
    widths=(1, 2),
    depths=(2, 3),
    samples=(1, 2),
    bits=(64, 128),
)


# ---- both sides


def exact_side(given: Problem) -> Callable[[], tuple[Any, Any, Any]]:
    """Value, gradient and Hessian by the engine over Q."""
    surface = given.surface

    def run() -> tuple[Any, Any, Any]:
        at = surface.at(given.point)
        return at.value, at.gradient, at.hessian

    return run


def ball_side(given: Problem, bits: int = BITS) -> Callable[[], tuple[Any, Any, Any]]:
    """Value, gradient and Hessian by the engine in balls."""
    surface = given.surface

    def run() -> tuple[Any, Any, Any]:
        at = surface.at(given.point).enclose(bits)
        return at.value, at.gradient, at.hessian

    return run


def double_side(given: Problem) -> Callable[[], tuple[Any, Any, Any]]:
    """Value, gradient and Hessian by the engine in balls of doubles."""
    return ball_side(given, DOUBLE_BITS)


def mpmath_tanh(t: Any) -> tuple[Any, Any, Any]:
    """Tanh t, its slope and its bend."""
    value = mpmath.tanh(t)
    slope = 1 - value * value
    return value, slope, -2 * value * slope


def floats(matrix: Any) -> Any:
    """The entries of an engine's matrix as float64."""
    raw = matrix.raw if isinstance(matrix, BallMatrix) else flint.arb_mat(matrix.raw)
    entries = np.fromiter(map(float, raw.mid().entries()), float)
    return entries.reshape(raw.nrows(), raw.ncols())


def _difference(engine: Any, other: Any) -> float:
    """The largest difference of the Hessians relative to their largest entry; raises above 1e-9."""
    left, right = floats(engine), np.array(other, dtype=float)
    found = float(abs(left - right).max() / (abs(right).max() or 1))
    if not found < 1e-9:
        message = f"both sides need to agree, but differ by {found:.1e}"
        raise ValueError(message)
    return found


# ---- lower limits


def _product_cost(kind: Any, entry: Callable[[], Any], size: int = 32) -> float:
    held = kind(size, size, [entry() for _ in range(size * size)])
    return cost(lambda: held * held, size**3)


def _object_cost(kind: Any, entries: list[Any]) -> float:
    held = kind(1, len(entries), entries)
    return cost(lambda: kind(1, len(entries), held.entries()), len(entries))


def passing(widths: Widths, count: int) -> int:
    """How many numbers go between Python and flint before the Hessian is put together.

    For each sample: values, slopes and bends; how layers respond to each other, once forward and
    once backward; products of features.
    """
    below = [width + 1 for width in widths]
    depth = len(widths) - 1
    number = 3 * sum(widths[1:])
    for k in range(1, depth + 1):
        number += below[k - 1] * (below[k - 1] + 1) // 2
        number += widths[k] * sum(widths[k:]) + widths[k] * sum(widths[k + 1 :])
        for m in range(k + 1, depth + 1):
            number += below[k - 1] * min(below[m - 1], widths[k] * widths[m])
    return count * number


def limit(given: Problem, bits: int | None = None) -> float:
    """Operations times the cost of one in flint, and the numbers that become Python objects.

    Over Q (no bits) the factors of the last products have half the bits of the result.
    """
    source = random.Random(1)
    count = operations(given.network.widths, given.samples.count)
    objects = given.size**2 + passing(given.network.widths, given.samples.count)
    if bits is not None:
        with working_precision(bits):
            entries = [flint.arb(source.random()).sqrt() for _ in range(1000)]
            one = _product_cost(flint.arb_mat, lambda: source.choice(entries))
            return count * one + objects * _object_cost(flint.arb_mat, entries)
    numbers = given.surface.at(given.point).hessian.integral().entries()[:1000]
    half = max(1, max(int(x.bit_length()) for x in numbers) // 2)
    one = _product_cost(flint.fmpz_mat, lambda: flint.fmpz(source.getrandbits(half)))
    return count * one + objects * _object_cost(flint.fmpz_mat, numbers)


# ---- rows


def _sympy_row(sizes: Sizes) -> Iterator[Row]:
    given = problem(sizes.one_hidden, "square")
    surface = given.surface
    expression, symbols = surface.expression, surface.symbols
    values = [sympy.Rational(str(x)) for x in given.network.vector(given.point)]
    at = dict(zip(symbols, values, strict=True))
    run = exact_side(given)

    def other() -> tuple[Any, Any, Any]:
        gradient = [expression.diff(symbol) for symbol in symbols]
        hessian = sympy.hessian(expression, symbols)
        return expression.subs(at), [x.subs(at) for x in gradient], hessian.subs(at)

    clear_cache()
    difference = _difference(run()[2], other()[2].tolist())
    engine = interleaved({"engine": run}, sizes.rounds)["engine"]
    slow = interleaved({"other": other}, min(sizes.rounds, 3), clear_cache)["other"]
    work = f"exact loss+gradient+Hessian {given.name} t^2"
    yield Row("T1", work, engine, "sympy.hessian + subs", slow, 2000, True, limit(given),
              difference)  # fmt: skip
    others = {"kept lambdify(cse) over fmpq": kept_lambdify(given)}
    if installed("symengine"):
        others["symengine, kept derivatives"] = symengine_values(given)
    whole = run()
    exact = [whole[0], *whole[1], *whole[2].flatten()]
    for name, way in others.items():
        if [Fraction(str(x)) for x in way()] != [x.rational() for x in exact]:
            message = f"{name}: the exact values of both sides need to be equal"
            raise ValueError(message)
        found = interleaved({"engine": run, "other": way}, sizes.rounds)
        quicker = name.startswith("kept")
        yield Row("T1", work, found["engine"], name, found["other"], 1 if quicker else None,
                  not quicker)  # fmt: skip


def _point_rows(sizes: Sizes) -> Iterator[Row]:
    exact_aims, ball_aims = (5, 12, 60), (5, 8, 6)
    for place, widths in enumerate((sizes.small, sizes.middle, sizes.large)):
        given = problem(widths, "square")
        data, run = numpy_data(given), exact_side(given)
        runs: dict[str, Callable[[], Any]] = {
            "engine": run,
            "numpy": lambda data=data: numpy_loss(data, square),
        }
        difference = _difference(run()[2], runs["numpy"]()[2])
        if place == 1:
            fractions = Lists.of(given, lambda value: value)
            runs["Fraction"] = lambda fractions=fractions: listed(fractions, square)
            if [[x.rational() for x in row] for row in run()[2].tolist()] != runs["Fraction"]()[2]:
                message = f"{given.name}: the exact Hessians of both sides need to be equal"
                raise ValueError(message)
        if place < 2 and installed("casadi"):  # beyond, it takes minutes to compile
            runs["casadi"] = casadi_values(given, lambda t: t * t)
        found, least = interleaved(runs, sizes.rounds), limit(given)
        work = f"exact loss+gradient+Hessian {given.name} t^2"
        if place == 1:
            yield Row("T2", work, found["engine"], "fractions.Fraction",
                      found["Fraction"], 60, True, least, 0.0)  # fmt: skip
        yield Row("T3", work, found["engine"], "float64 numpy", found["numpy"], exact_aims[place],
                  False, least, difference)  # fmt: skip
        if "casadi" in found:
            yield Row(
                "T3", work, found["engine"], "CasADi in float64", found["casadi"], None, False
            )
    for place, widths in enumerate((sizes.small, sizes.middle, sizes.large)):
        given = problem(widths, "tanh")
        data, run = numpy_data(given), ball_side(given)
        runs = {
            "engine": run,
            "doubles": double_side(given),
            "numpy": lambda data=data: numpy_loss(data, numpy_tanh),
        }
        difference = _difference(run()[2], runs["numpy"]()[2])
        work = f"balls {BITS} bit loss+gradient+Hessian {given.name} tanh"
        if place == 1:
            with mpmath.workprec(BITS):
                decimals = Lists.of(given, lambda x: mpmath.mpf(x.numerator) / x.denominator)
                runs["mpmath"] = lambda decimals=decimals: listed(decimals, mpmath_tanh)
                apart = _difference(run()[2], runs["mpmath"]()[2])
                found = interleaved(runs, sizes.rounds)
        else:
            found = interleaved(runs, sizes.rounds)
        least = limit(given, BITS)
        yield Row("T4", work, found["engine"], "float64 numpy", found["numpy"], ball_aims[place],
                  False, least, difference)  # fmt: skip
        near = _difference(runs["doubles"]()[2], runs["numpy"]()[2])
        yield Row("T4", work.replace(f"balls {BITS} bit", "balls of doubles"), found["doubles"],
                  "float64 numpy", found["numpy"], ball_aims[place], False, None, near)  # fmt: skip
        if place == 1:
            yield Row("T5", work, found["engine"], "mpmath mpf", found["mpmath"], 60, True, least,
                      apart)  # fmt: skip


def _symbolic_rows(sizes: Sizes) -> Iterator[Row]:
    given = problem(sizes.small, "tanh")
    expression, symbols = given.surface.expression, given.surface.symbols
    values = [float(x.rational()) for x in given.network.vector(given.point)]
    runs: dict[str, Callable[[], Any]] = {
        "nodes": lambda: given.surface.nodes(2),
        "objects": lambda: given.surface.hessian,
        "sympy": lambda: sympy.hessian(expression, symbols),
    }
    graph, array = runs["nodes"]()
    point = dict(zip(given.network.parameter_names, values, strict=True))
    size = given.size
    both = [
        np.array(sympy.lambdify(symbols, matrix, "numpy", cse=True)(*values), dtype=float)
        for matrix in (runs["objects"](), runs["sympy"]())
    ]
    truth = floats(ball_side(given)()[2])
    scale = abs(truth).max()
    shown = np.array(_evaluated(graph, point))[array.entries].reshape(size, size)
    difference = float(max(abs(found - truth).max() for found in (*both, shown)) / scale)
    if not difference < 1e-9:
        message = f"the symbolic Hessians need to agree with the balls, but differ by {difference}"
        raise ValueError(message)
    found = interleaved(runs, min(sizes.rounds, 3), clear_cache)
    count = len(graph.nodes)
    keys = [("multiply", i, i + 1) for i in range(count)]
    node = cost(lambda: dict.fromkeys(keys), count)
    x = sympy.Symbol("x")
    entry = cost(lambda: [sympy.Add(x, sympy.Integer(i)) for i in range(300)], 300)
    for run, aim, least in (("nodes", 300, node * count), ("objects", 30, entry * count)):
        yield Row("T6", f"symbolic Hessian {given.name} tanh, {run}", found[run], "sympy.hessian",
                  found["sympy"], aim, True, least, difference)  # fmt: skip
    others: dict[str, tuple[Callable[[], Any], float | None]] = {}
    if installed("casadi"):
        others["CasADi MX"] = casadi_hessian(given, "MX"), 1
        others["CasADi SX"] = casadi_hessian(given, "SX"), None
    if installed("symengine"):
        others["symengine"] = symengine_hessian(given), None
    for name, (way, most) in others.items():
        found = interleaved({"engine": runs["nodes"], "other": way}, sizes.rounds)
        yield Row("T6", f"symbolic Hessian {given.name} tanh, nodes", found["engine"], name,
                  found["other"], most, False)  # fmt: skip


def _evaluated(graph: Any, point: dict[str, float]) -> list[float]:
    """The value of every node in floating point: parts stand before what they are parts of."""
    values: list[float] = []
    for node in graph.nodes:
        match node:
            case ("symbol", name):
                values.append(point[name])
            case ("constant", number):
                values.append(float(number))
            case ("add", *parts):
                values.append(sum(values[i] for i in parts))
            case ("multiply", a, b):
                values.append(values[a] * values[b])
            case ("power", a, exponent):
                values.append(values[a] ** exponent)
            case ("call", name, a):
                values.append(float(getattr(np, name)(values[a])))
    return values


def _inertia_rows(sizes: Sizes) -> Iterator[Row]:
    for widths in sizes.singular:
        given = problem(widths, "square")
        run = exact_side(given)
        hessian = run()[2]
        inertia = hessian.inertia()
        scaled = floats(hessian) / abs(floats(hessian)).max()
        eigenvalues = np.linalg.eigvalsh(scaled)
        positive = int((eigenvalues > 1e-12).sum())
        agree = given.size > 51 or inertia == hessian.ldl().inertia()
        if positive > inertia[0] or hessian.rank() != sum(inertia[:2]) or not agree:
            message = f"the inertia {inertia} does not agree with LDL^T, rank or floating point"
            raise ValueError(message)
        found = interleaved({"engine": hessian.inertia, "hessian": run}, min(sizes.rounds, 5))
        integers = hessian.integral()
        least = cost(lambda integers=integers: list(map(int, integers.entries())), 1)
        least += cost(lambda integers=integers: flint.nmod_mat(integers, PRIME).rref(), 1)
        least += cost(lambda scaled=scaled: np.linalg.eigh(scaled), 1)
        work = f"exact inertia {given.name} t^2, rank {sum(inertia[:2])} of {given.size}"
        other = found["hessian"]
        yield Row("T7", work, found["engine"], "its own Hessian", other, 3, False, least)
        if given.size == 205:
            yield Row("T7", work, found["engine"], "", None, 0.3, False)


def _definiteness_rows(sizes: Sizes) -> Iterator[Row]:
    """The Hessian moved along the diagonal until its least eigenvalue is that share of the largest.

    A Gershgorin bound as shift would be the easiest case.
    """
    given = problem(sizes.large, "tanh")
    run = ball_side(given)
    hessian = run()[2]
    truth = np.linalg.eigvalsh(floats(hessian))
    enclosures = eigenvalue_enclosures(hessian)
    difference = max(
        abs(float(ball.mid()) - x) - float(ball.rad())
        for ball, x in zip(enclosures, truth, strict=True)
    )
    difference = max(0.0, difference / abs(truth).max())
    if not difference < 1e-9:
        message = f"the eigenvalues of both sides need to agree, but differ by {difference:.1e}"
        raise ValueError(message)
    data = numpy_data(given)
    field = BallField(BITS)
    least, largest = enclosures[0].mid(), abs(truth).max()
    moved = {
        margin: hessian - field.identity(given.size).scale(rational_near(least, margin * largest))
        for margin in MARGINS
    }
    runs: dict[str, Callable[[], Any]] = {
        f"definite, margin {margin:g}": lambda matrix=matrix: certainly_definite(matrix)
        for margin, matrix in moved.items()
    }
    unsettled = [name for name, way in runs.items() if not way()]
    if unsettled:
        message = f"all shifted Hessians are definite, which was not seen: {unsettled}"
        raise ValueError(message)
    runs |= {"eigenvalues": lambda: eigenvalue_enclosures(hessian), "hessian": run}
    shifted = floats(moved[MARGINS[0]])
    shift = rational_near(least, MARGINS[0] * largest)
    decay = {"weights": -shift / 2, "biases": -shift / 2}
    decayed = given.network.loss(given.samples, "sum", weight_decay=decay)
    offset = float(shift) * np.eye(given.size)
    whole: dict[str, Callable[[], Any]] = {
        "both": lambda: certainly_definite(decayed.at(given.point).enclose(DOUBLE_BITS).hessian),
        "numpy": lambda: np.linalg.cholesky(numpy_loss(data, numpy_tanh)[2] - offset),
    }
    if not whole["both"]():
        message = "the Hessian with weight decay is definite, which was not seen in doubles"
        raise ValueError(message)
    found = interleaved({**runs, **whole}, min(sizes.rounds, 5))
    taken = cost(lambda: floats(hessian), 1)
    bounds: dict[str, Callable[[], Any]] = {
        "definite": lambda: np.linalg.cholesky(shifted),
        "eigenvalues": lambda: np.linalg.eigh(shifted),
    }
    for name in runs:
        if name != "hessian":
            bound = taken + cost(bounds[name.partition(",")[0]], 1)
            yield Row("T8", f"{name} {given.name} tanh", found[name], "its own ball Hessian",
                      found["hessian"], 2, False, bound, difference)  # fmt: skip
    yield Row("T8", f"Hessian and definite, {MARGINS[0]:g}, {given.name} tanh, balls of doubles",
              found["both"], "float64 numpy and Cholesky", found["numpy"], 12, False,
              None, difference)  # fmt: skip


def rational_near(least: flint.arb, margin: float) -> Fraction:
    """The shift that leaves a matrix with this least eigenvalue a margin."""
    return Fraction(float(least)) - Fraction(margin)


def rank_problem(size: int, rank: int) -> Matrix:
    """A square matrix of short fractions of full rank, or a product of two of this rank."""
    source = random.Random(3)

    def table(height: int, width: int) -> Matrix:
        return QQ.matrix(
            [
                [Fraction(source.randint(-9, 9), source.randint(1, 9)) for _ in range(width)]
                for _ in range(height)
            ]
        )

    return table(size, size) if rank == size else table(size, rank) @ table(rank, size)


def _rank_rows(sizes: Sizes) -> Iterator[Row]:
    size = sizes.rank
    for rank in (size, size * 5 // 6):
        matrix = rank_problem(size, rank)
        rows = [[x.rational() for x in row] for row in matrix.tolist()]
        entries = [[sympy.QQ(x.numerator, x.denominator) for x in row] for row in rows]
        other = DomainMatrix(entries, (size, size), sympy.QQ).to_dense()
        if not matrix.rank() == other.rank() == rank:
            message = f"rank {rank} was needed from both sides, got {matrix.rank()}, {other.rank()}"
            raise ValueError(message)
        found = interleaved({"engine": matrix.rank, "sympy": other.rank}, sizes.rounds)
        integers = matrix.raw.numer_denom()[0]
        least = cost(lambda integers=integers: flint.nmod_mat(integers, PRIME).rank(), 1)
        if rank < size:
            lengths = np.linalg.norm([[float(x) for x in row] for row in integers.table()], axis=1)
            least *= np.ceil(np.log2(np.sort(lengths)[-rank - 1 :]).sum() / 63)
        yield Row("T9", f"exact rank {size} x {size}, rank {rank}", found["engine"],
                  "DomainMatrix", found["sympy"], 25, True, least)  # fmt: skip


def _minimum_rows(sizes: Sizes) -> Iterator[Row]:
    found = Minimum()
    certificate, solved = found.certified(), found.newton()
    middle = [float(x.mid()) for x in certificate.box.raw.entries()]
    difference = max(abs(a - b) for a, b in zip(middle, solved, strict=True))
    if not difference < 1e-6:
        message = f"both minima need to agree, but differ by {difference:.1e}"
        raise ValueError(message)
    centre = found.approximate()
    runs = {
        "all": found.certified,
        "certificate": lambda: found.certificate(centre),
        "numpy": found.newton,
        "balls": found.balls_at_start,
    }
    times = interleaved(runs, sizes.rounds)
    for name, work in (("all", "Newton, "), ("certificate", "")):
        yield Row("T10", f"minimum 2-1-1-1: {work}Krawczyk, definite, B", times[name],
                  "numpy Newton", times["numpy"], 3, False, 2 * times["balls"].median,
                  difference)  # fmt: skip


MAKERS: dict[tuple[str, ...], Callable[[Sizes], Iterator[Row]]] = {
    ("T1",): _sympy_row,
    ("T2", "T3", "T4", "T5"): _point_rows,
    ("T6",): _symbolic_rows,
    ("T7",): _inertia_rows,
    ("T8",): _definiteness_rows,
    ("T9",): _rank_rows,
    ("T10",): _minimum_rows,
}


def rows(sizes: Sizes = FULL, targets: Collection[str] = ()) -> Iterator[Row]:
    """The rows of these targets among T1 to T10, all by default.

    Raises ValueError where both sides disagree.
    """
    for names, make in MAKERS.items():
        if not targets or set(names) & set(targets):
            yield from (row for row in make(sizes) if not targets or row.target in targets)


def start_rows(seconds: dict[str, tuple[float, ...]]) -> list[Row]:
    """T12 from the wall-clock seconds of `commands.start_up`: nothing is below `python -c pass`."""
    times = {name: Times(values) for name, values in seconds.items()}
    unit = times.pop("python -c pass")
    return [
        Row("T12", name, value, "python -c pass", unit, AIMS[name], False, unit.median)
        for name, value in times.items()
    ]


# ---- growth


def _growth(
    family: str,
    sizes: Sequence[int],
    make: Callable[[int], tuple[Problem, int | None]],
    rounds: int,
) -> Growth:
    given = [make(size) for size in sizes]
    runs = {
        str(size): exact_side(one) if bits is None else ball_side(one, bits)
        for size, (one, bits) in zip(sizes, given, strict=True)
    }
    found = interleaved(runs, rounds)
    return Growth(
        family,
        tuple(sizes),
        tuple(found[str(size)].median for size in sizes),
        tuple(operations(one.network.widths, one.samples.count) for one, _ in given),
        tuple(limit(one, bits) for one, bits in given),
    )


def growths(sizes: Sizes = FULL) -> Iterator[Growth]:
    """Width doubled, layers added, samples doubled, bits doubled; over Q (t^2) and in balls."""
    rounds = min(sizes.rounds, 5)
    for name, activation, bits in (("exact t^2", "square", None), ("balls tanh", "tanh", BITS)):

        def make(widths: Widths, count: int, number: int = 3) -> tuple[Problem, int | None]:
            return problem(widths, activation, count, number), bits  # noqa: B023

        yield _growth(f"{name}: width w of 2-w-w-1", sizes.widths,
                      lambda w: make((2, w, w, 1), 10), rounds)  # fmt: skip
        yield _growth(f"{name}: layers of 2-4-...-4-1", sizes.depths,
                      lambda d: make((2, *[4] * (d - 1), 1), 10), rounds)  # fmt: skip
        yield _growth(f"{name}: samples of 2-4-4-1", sizes.samples,
                      lambda n: make((2, 4, 4, 1), n), rounds)  # fmt: skip
        if bits is None:
            yield _growth(f"{name}: bits of numerators, 2-4-4-1", sizes.bits,
                          lambda b: make((2, 4, 4, 1), 10, b), rounds)  # fmt: skip
        else:
            yield _growth(f"{name}: bits of balls, 2-4-4-1", sizes.bits,
                          lambda b: (problem((2, 4, 4, 1), "tanh", 10), b), rounds)  # fmt: skip
