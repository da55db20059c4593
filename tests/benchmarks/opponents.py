"""What an expert user would do instead, with libraries that are not needed by the project.

Each is used only where it is installed: symengine, casadi, jax. What can be kept between two points
is kept (derivatives, compiled functions), so that the timed part is as short as they make it.

Functions: kept_lambdify, installed, symengine_values, casadi_values, casadi_hessian,
symengine_hessian, jax_newton.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import flint
import numpy as np
import sympy
from benchmarks.baselines import numpy_data
from benchmarks.problems import Problem

NEWTON_STEPS = 8


def installed(name: str) -> bool:
    """Whether a library is there."""
    return find_spec(name) is not None


def _derivatives(given: Problem) -> tuple[Any, list[Any], list[Any], Any]:
    """The loss, its gradient, the entries of its Hessian row by row, and the symbols."""
    expression, symbols = given.surface.expression, given.surface.symbols
    gradient = [expression.diff(symbol) for symbol in symbols]
    hessian = [first.diff(symbol) for first in gradient for symbol in symbols]
    return expression, gradient, hessian, symbols


def kept_lambdify(given: Problem) -> Callable[[], Any]:
    """Value, gradient and Hessian by one compiled function of shared parts over flint's rationals.

    Rational constants become arguments: as literals they would be divided in floating point.
    """
    expression, gradient, hessian, symbols = _derivatives(given)
    flat = sympy.Tuple(expression, *gradient, *hessian)
    fractions = sorted(x for x in flat.atoms(sympy.Rational) if not x.is_integer)
    names = sympy.symbols(f"c0:{len(fractions)}")
    exact = flat.xreplace(dict(zip(fractions, names, strict=True)))
    compiled = sympy.lambdify([*symbols, *names], list(exact), modules=[{}], cse=True)
    numbers = [sympy.Rational(str(x)) for x in given.network.vector(given.point)] + fractions
    held = [flint.fmpq(int(x.p), int(x.q)) for x in numbers]
    return lambda: compiled(*held)


def symengine_values(given: Problem) -> Callable[[], Any]:
    """The same by symengine: derivatives are kept, exact numbers put in."""
    import symengine

    expression, gradient, hessian, symbols = _derivatives(given)
    parts = [symengine.sympify(x) for x in (expression, *gradient, *hessian)]
    values = [symengine.Rational(*_parts(x)) for x in given.network.vector(given.point)]
    place = dict(zip(map(symengine.sympify, symbols), values, strict=True))
    return lambda: [symengine.expand(part.subs(place)) for part in parts]


def _parts(value: Any) -> tuple[int, int]:
    number = value.rational()
    return number.numerator, number.denominator


def symengine_hessian(given: Problem) -> Callable[[], Any]:
    """The symbolic Hessian by symengine."""
    import symengine

    expression = symengine.sympify(given.surface.expression)
    symbols = [symengine.sympify(x) for x in given.surface.symbols]

    def run() -> Any:
        gradient = [expression.diff(x) for x in symbols]
        return [[first.diff(x) for x in symbols] for first in gradient]

    return run


def _casadi_loss(given: Problem, kind: Any, activation: Callable[[Any], Any]) -> tuple[Any, Any]:
    """The symbols as one column, in the order of the layers of `numpy_data`, and the loss."""
    import casadi

    inputs, targets, weights, biases, _ = numpy_data(given)
    size = given.size
    vector = kind.sym("w", size)
    feature, at = casadi.DM(inputs).T, 0
    for k, (matrix, bias) in enumerate(zip(weights, biases, strict=True), 1):
        high, wide = matrix.shape
        held = casadi.reshape(vector[at : at + high * wide], wide, high).T
        at += high * wide
        shift = vector[at : at + len(bias)]
        at += len(bias)
        feature = held @ feature + casadi.repmat(shift, 1, len(inputs))
        feature = activation(feature) if k < len(weights) else feature
    return vector, casadi.sumsqr(feature - casadi.DM(targets).T)


def casadi_values(given: Problem, activation: Callable[[Any], Any]) -> Callable[[], Any]:
    """Value, gradient and Hessian in float64 by a kept function of CasADi."""
    import casadi

    vector, loss = _casadi_loss(given, casadi.SX, activation)
    hessian, gradient = casadi.hessian(loss, vector)
    kept = casadi.Function("kept", [vector], [loss, gradient, hessian])
    point = casadi.DM([float(x.rational()) for x in given.network.vector(given.point)])
    return lambda: kept(point)


def casadi_hessian(given: Problem, kind: str) -> Callable[[], Any]:
    """The symbolic Hessian of a tanh network by CasADi's SX or MX."""
    import casadi

    vector, loss = _casadi_loss(given, getattr(casadi, kind), casadi.tanh)
    return lambda: casadi.hessian(loss, vector)


def jax_newton(given: Problem, start: list[Any]) -> Callable[[], Any]:
    """Newton's method for a tanh network in float64, compiled once by jax."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    inputs, targets, weights, biases, _ = numpy_data(given)

    def loss(vector: Any) -> Any:
        feature, at = jnp.asarray(inputs), 0
        for k, (matrix, bias) in enumerate(zip(weights, biases, strict=True), 1):
            size = matrix.size
            held = vector[at : at + size].reshape(matrix.shape)
            feature = feature @ held.T + vector[at + size : at + size + len(bias)]
            at += size + len(bias)
            feature = jnp.tanh(feature) if k < len(weights) else feature
        return ((feature - targets) ** 2).sum()

    @jax.jit
    def solve(vector: Any) -> Any:
        for _ in range(NEWTON_STEPS):
            step = jnp.linalg.solve(jax.hessian(loss)(vector), jax.grad(loss)(vector))
            vector = vector - step
        return vector

    point = np.array([float(x) for x in start])
    return lambda: solve(point).block_until_ready()
