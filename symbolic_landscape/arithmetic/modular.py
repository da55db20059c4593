"""Exact rank of integer matrices by arithmetic modulo primes.

Functions: integer_rank, independent_columns.

Design notes. The rank modulo a prime is at most the rank. It is at least the rank if every minor of
one size more vanishes; a minor that vanishes modulo primes whose product exceeds Hadamard's bound
is zero. So both sides are certain, and a matrix of full rank needs one prime only.
"""

from __future__ import annotations

import math
import operator
import sys
from functools import lru_cache

import flint

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
        count = -(-_minor_bits(matrix, rank + 1) // PRIME_BITS)
        primes = _primes(1 << count.bit_length())[1:count]
        ranks = (int(flint.nmod_mat(matrix, prime).rank()) for prime in primes)
        larger = next((found for found in ranks if found > rank), None)
        if larger is None:
            break
        rank = larger
    return rank


def _minor_bits(matrix: flint.fmpz_mat, size: int) -> int:
    """A number b such that the absolute value of every minor of this size is below 2^b (Hadamard).

    The square of a minor is at most the product of the squared lengths of its rows; the shorter of
    rows and columns are taken.
    """
    height, width = matrix.nrows(), matrix.ncols()
    lines = (matrix if height >= width else matrix.transpose()).table()
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
