"""Exact rank of integer matrices by arithmetic modulo primes.

Functions: integer_rank, independent_columns.

Design notes. The rank modulo a prime is at most the rank. It is at least the rank if every minor of
one size more vanishes; a minor that vanishes modulo primes whose product exceeds Hadamard's bound
is zero. So both sides are certain, and a matrix of full rank needs one prime only.

A large matrix of low rank would need many primes. But if combinations of its rows vanish in all but
s columns, then its rank is at most the number of rows that are left out of them plus the rank of
those combinations, a matrix with s columns. In a Hessian such columns are those of the first layer,
and the combinations, which come from features that depend on each other, have short factors: they
are guessed modulo a few primes and then checked over the integers.
"""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Sequence
from functools import lru_cache

import flint

MANY_PRIMES = 128
"""A proof that needs so many primes is tried with a smaller matrix first."""
SHORT_PRIMES = 4
"""Short coefficients are guessed modulo the product of so many primes."""

PRIME_BITS = sys.maxsize.bit_length()
"""Every prime used is greater than 2 to this power, 63 or 31, and fits into a word of flint."""


@lru_cache(maxsize=16)
def _primes(count: int) -> tuple[int, ...]:
    """The last `count` primes of a machine word; flint's test is a proof for such numbers."""
    found: list[int] = []
    candidate = flint.fmpz((1 << (PRIME_BITS + 1)) - 1)
    while len(found) < count:
        if candidate.is_prime():
            found.append(int(candidate))
        candidate -= 2
    return tuple(found)


def integer_rank(matrix: flint.fmpz_mat) -> int:
    """The rank over Q of a matrix of integers.

    >>> integer_rank(flint.fmpz_mat([[1, 2], [2, 4]]))
    1
    """
    full = min(matrix.nrows(), matrix.ncols())
    (prime,) = _primes(1)
    rank = int(flint.nmod_mat(matrix, prime).rank())
    while rank < full:
        count = _primes_needed(matrix, rank)
        if count >= MANY_PRIMES and _has_rank_at_most(matrix, rank):
            break
        larger = _larger_rank(matrix, rank, _primes(1 << count.bit_length())[1:count])
        if larger is None:
            break
        rank = larger
    return rank


def _larger_rank(matrix: flint.fmpz_mat, rank: int, primes: Sequence[int]) -> int | None:
    """The rank modulo the first of these primes for which it is larger; None where it never is."""
    ranks = (int(flint.nmod_mat(matrix, prime).rank()) for prime in primes)
    return next((found for found in ranks if found > rank), None)


def _primes_needed(matrix: flint.fmpz_mat, rank: int) -> int:
    """So many primes have a product that exceeds every minor of one size more."""
    return -(-_minor_bits(matrix, rank + 1) // PRIME_BITS)


def _has_rank_at_most(matrix: flint.fmpz_mat, rank: int) -> bool:
    """Whether the rank is at most this, by the rank of a smaller matrix; False says nothing.

    Combinations of rows replace rows, where they vanish in all but the first columns.
    """
    rows = matrix.table()
    first = _independent_first_columns(matrix)
    relations = _short_relations([row[first:] for row in rows], matrix.ncols() - first)
    pivots = [place for place in range(len(rows)) if place not in relations]
    factors = [relations[row].get(place, 0) for row in relations for place in range(len(rows))]
    changed = flint.fmpz_mat(len(relations), len(rows), factors) * matrix
    if any(value != 0 for row in changed.table() for value in row[first:]):
        return False
    rest = [value for row in changed.table() for value in row[:first]]
    rank -= len(pivots)
    if rank < 0 or rank >= first:
        return rank >= 0
    smaller = flint.fmpz_mat(len(relations), first, rest)
    return _larger_rank(smaller, rank, _primes(_primes_needed(smaller, rank))) is None


def _independent_first_columns(matrix: flint.fmpz_mat) -> int:
    """How many of the first columns are no combinations of those behind, modulo one prime."""
    width = matrix.ncols()
    backward = flint.fmpz_mat([row[::-1] for row in matrix.table()])
    pivots = {width - 1 - place for place in independent_columns(backward)}
    return next((place for place in range(width) if place not in pivots), width)


def _short_relations(rows: list[list[flint.fmpz]], width: int) -> dict[int, dict[int, int]]:
    """For rows that seem to be combinations of others that are not among them: the factors.

    The combination of rows by these factors seems to be 0. Factors are the entries of the reduced
    echelon form of the transpose modulo a few primes, where short numbers give them.
    """
    columns = flint.fmpz_mat(len(rows), width, [x for row in rows for x in row]).transpose()
    pivots = independent_columns(columns)
    free = sorted(set(range(len(rows))) - set(pivots))
    modulus, guesses = 1, [[0] * len(pivots) for _ in free]
    for prime in _primes(SHORT_PRIMES):
        reduced, rank = flint.nmod_mat(columns, prime).rref()
        if pivot_columns(reduced, int(rank)) != pivots:
            continue
        found = [[int(value) for value in line] for line in reduced.table()]
        inverse = pow(modulus, -1, prime)
        for row, guess in zip(free, guesses, strict=True):
            for i, value in enumerate(guess):
                guess[i] = value + modulus * ((found[i][row] - value) * inverse % prime)
        modulus *= prime
    relations = {}
    for row, guess in zip(free, guesses, strict=True):
        short = _short_multiple(guess, modulus)
        if short is not None:
            scale, multiple = short
            relations[row] = {**dict(zip(pivots, multiple, strict=True)), row: -scale}
    return relations


def _short_multiple(numbers: list[int], modulus: int) -> tuple[int, list[int]] | None:
    """A number c and c times the numbers modulo the modulus, all of them short; or None."""
    bound, scale = math.isqrt(modulus) >> 8, 1
    for value in numbers:
        scaled = value * scale % modulus
        if min(scaled, modulus - scaled) >= bound:
            scale *= _denominator(scaled, modulus)
            if scale >= bound:
                return None
    multiple = [(value * scale + modulus // 2) % modulus - modulus // 2 for value in numbers]
    return (scale, multiple) if all(abs(value) < bound for value in multiple) else None


def _denominator(value: int, modulus: int) -> int:
    """The q of a fraction p/q of short numbers that is this value modulo the modulus."""
    first, second, before, q = modulus, value, 0, 1
    while second * second > modulus:
        quotient = first // second
        first, second = second, first - quotient * second
        before, q = q, before - quotient * q
    return abs(q)


def _minor_bits(matrix: flint.fmpz_mat, size: int) -> int:
    """A number b such that the absolute value of every minor of this size is below 2^b (Hadamard).

    The square of a minor is at most the product of the squared lengths of its rows; the shorter of
    rows and columns are taken.
    """
    lines = (matrix if matrix.nrows() >= matrix.ncols() else matrix.transpose()).table()
    numbers = (list(map(int, line)) for line in lines)
    lengths = sorted((sum(map(operator.mul, line, line)) for line in numbers), reverse=True)
    square: int = math.prod(lengths[:size])
    return square.bit_length() // 2 + 1


def independent_columns(matrix: flint.fmpz_mat) -> list[int]:
    """Columns that are linearly independent over Q, as many as the rank modulo one prime."""
    (prime,) = _primes(1)
    reduced, rank = flint.nmod_mat(matrix, prime).rref()
    return pivot_columns(reduced, int(rank))


def pivot_columns(reduced: flint.nmod_mat | flint.fmpz_mat, rank: int) -> list[int]:
    """The pivot columns of a reduced echelon form."""
    pivots: list[int] = []
    for row in range(rank):
        column = pivots[-1] + 1 if pivots else 0
        while int(reduced[row, column]) == 0:
            column += 1
        pivots.append(column)
    return pivots
