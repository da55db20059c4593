"""Functions that are continuous, or continuously differentiable, once or twice, as a tree says it.

Of a function of one number the usual words with r and s say that it is continuous. That it is
continuously differentiable is said so: f(x) - f(y) is (x - y) q(x, y) with a continuous q.
Then q(x, x) is the derivative; and where that is continuous, q is its mean from x to y. Of other
functions, as of matrices or of points, a named predicate says it, which is opaque.

Functions: continuous, smooth, twice_smooth. Objects: SAID.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    both,
    define,
    derivative,
    every,
    exists,
    function,
    predicate,
    real,
    the,
)
from symbolic_landscape.statement.term import SCALAR_FUNCTION, Term

_x, _y, _u, _v, _r, _s = map(real, "xyuvrs")
_f, _g = function("f", _x, _y), function("g", _x, _y)
_q = function("q", _x, function("", _y, _r))
_close = both(_x - _s < _u, _u < _x + _s, _y - _s < _v, _v < _y + _s)
_there, _here = _q(_u)(_v), _q(_x)(_y)
_nearby = every(_u, _v, _close >> both(_here - _r < _there, _there < _here + _r))
_continuous = every(_x, _y, _r, (_r > 0) >> exists(_s, both(_s > 0, _nearby)))
_beside = both(_f(_x) - _r < _f(_y), _f(_y) < _f(_x) + _r)
_near = every(_y, both(_x - _s < _y, _y < _x + _s) >> _beside)
_CONTINUOUS = define(
    "continuous",
    (_f,),
    every(_x, _r, (_r > 0) >> exists(_s, both(_s > 0, _near))),
    text="{0} is continuous",
    latex=r"{0} \text{{ is continuous}}",
)
_SMOOTH = define(
    "smooth",
    (_f,),
    exists(_q, both(every(_x, _y, _f(_x) - _f(_y) == (_x - _y) * _here), _continuous)),
    text="{0} is smooth",
    latex=r"{0} \text{{ is smooth}}",
)
_TWICE_SMOOTH = define(
    "twice smooth",
    (_f,),
    exists(_g, both(_SMOOTH(_f), every(_x, derivative(_f)(_x) == _g(_x)), _SMOOTH(_g))),
    text="{0} is twice smooth",
    latex=r"{0} \text{{ is twice smooth}}",
)

SAID: Mapping[Term, str] = {the(d.function): d.name for d in (_CONTINUOUS, _SMOOTH, _TWICE_SMOOTH)}
"""The definitions that are decided as a kind of smoothness, and that kind."""


def _said(definition: Definition, f: Any) -> Expr:
    """By the definition, or of a function that it is not made for by a predicate of its name."""
    one_number = the(f).sort is SCALAR_FUNCTION
    return definition(f) if one_number else predicate(definition.name)(f)


def continuous(f: Any) -> Expr:
    """The function is continuous."""
    return _said(_CONTINUOUS, f)


def smooth(f: Any) -> Expr:
    """The function is continuously differentiable."""
    return _said(_SMOOTH, f)


def twice_smooth(f: Any) -> Expr:
    """The function is twice continuously differentiable."""
    return _said(_TWICE_SMOOTH, f)
