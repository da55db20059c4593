"""Values and verdicts of trees on exact instances."""

# ruff: noqa: SIM300 (a capital letter is a matrix here, and no constant)

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

import pytest

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    ExponentialField,
    Matrix,
    NumberField,
    RationalFunctions,
    Scalar,
    exact,
)
from symbolic_landscape.errors import DeclarationError, DomainError, InexactError, LandscapeError
from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.judge.drawing import drawn
from symbolic_landscape.judge.evaluation import Evaluation, decide, value
from symbolic_landscape.judge.infinitesimals import (
    Infinitesimals,
    determinant,
    joined,
    moved,
    part,
)
from symbolic_landscape.judge.line import Line, cells
from symbolic_landscape.judge.matrices import MATRICES, SQUARES, of_rank
from symbolic_landscape.judge.places import Budget
from symbolic_landscape.judge.solving import solutions
from symbolic_landscape.judge.symbols import lowered, possible_signs, symbol
from symbolic_landscape.judge.values import Family, Function, Instance, UnsettledError, described
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    define,
    derivative,
    det,
    each,
    either,
    entries,
    every,
    exists,
    fn,
    function,
    gradient,
    identity_matrix,
    integer,
    inverse,
    matrices,
    matrix,
    natural,
    ones,
    predicate,
    rank,
    real,
    recursion,
    scalar_function,
    stack,
    the,
    total,
    trace,
    true,
    update,
    widths,
    zeros,
)
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.term import SCALAR_FUNCTION, Term, term
from symbolic_landscape.verdict import Evidence, Outcome, Verdict, fails, holds, undecided

M = QQ.matrix
m, n, p, L = natural("m"), natural("n"), natural("p"), natural("L")
i, j, k = integer("i"), integer("j"), integer("k")
x, y, t, s, r = (real(name) for name in "xytsr")
A, B, Z = matrix("A", m, n), matrix("B", n, p), matrix("Z", m, n)
S, S2 = matrix("S", n, n), matrix("S2", n, n)
v, R = matrix("v", n, 1), matrix("R", n, m)
f, g = scalar_function("f"), scalar_function("g")
w = widths("w")
W = matrices("W", lambda k: w[k - 1], lambda k: w[k])


def recip(e: Any) -> Expr:
    return Expr(term("recip", the(e)))


def inst(**values: Any) -> Instance:
    """An instance of the variables above, by their names."""
    known = {str(the(e).name): the(e) for e in (m, n, p, L, i, j, k, x, y, t, s, r, f, g, w, W)}
    shaped = {"A": A, "B": B, "Z": Z, "S": S, "S2": S2, "v": v, "R": R}
    known.update({name: the(e) for name, e in shaped.items()})
    return Instance("here", {known[name]: value for name, value in values.items()})


HERE = inst(
    m=2, n=3, p=1, A=M([[1, 2, 0], [0, 1, 1]]), B=M([[2], [-1], [1]]), x=Fraction(1, 2),
    f=Activation.of("tanh"), g=Activation.of("cubic"),
)  # fmt: skip


def on(e: Expr, instance: Instance = HERE, **options: Any) -> Verdict:
    return decide(the(e), instance, **options)


def val(e: Expr, instance: Instance = HERE) -> Any:
    return value(the(e), instance)


def outcome(e: Expr, instance: Instance = HERE, **options: Any) -> str:
    return on(e, instance, **options).outcome.value


# ---- instances -----------------------------------------------------------------------------------
def test_instances_are_equal_by_their_values_and_not_by_their_names() -> None:
    one, two = inst(n=1, x=Fraction(2, 4)), inst(x="1/2", n=1).changed({}, "another")
    assert one == two
    assert hash(one) == hash(two)
    assert one.key != inst(n=1, x=1).key
    assert one != "here"


def test_instance_travels_by_pickle_and_by_json() -> None:
    instance = inst(
        n=2, x=exact("1/3"), f=Activation.of("tanh"), w={0: 1, 1: 2}, W={1: M([[1, 2]])}
    )
    again = pickle.loads(pickle.dumps(instance))
    assert again == instance
    assert again.key == instance.key
    told = json.loads(json.dumps(instance.description()))
    assert told["values"]["x"] == "1/3"
    assert told["values"]["f"] == "tanh(t)"
    assert told["values"]["W"] == {"1": [["1", "2"]]}


def test_numbers_outside_q_say_their_field_and_where_they_lie() -> None:
    root = NumberField.of_sqrt(2).theta
    said = described(root)
    assert said["field"] == "Q(sqrt(2))"
    assert said["near"].startswith("[1.41421356237")
    assert inst(x=root).key != inst(x=-root).key
    assert pickle.loads(pickle.dumps(inst(x=root))) == inst(x=root)


def test_empty_matrices_keep_their_shapes() -> None:
    assert inst(A=QQ.zeros(0, 2)).key != inst(A=QQ.zeros(0, 3)).key


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("n", -1), ("n", True), ("n", "1"), ("A", 3), ("f", 3), ("f", {1: 2}), ("x", M([[1]])),
     ("W", Activation.of("tanh")), ("i", Fraction(1, 2))],
)  # fmt: skip
def test_value_of_another_kind_is_refused(name: str, wrong: Any) -> None:
    with pytest.raises(DeclarationError, match="was needed"):
        inst(**{name: wrong})


def test_floats_are_refused() -> None:
    with pytest.raises(InexactError):
        inst(x=0.5)


def test_two_variables_of_one_name_are_refused() -> None:
    with pytest.raises(DeclarationError, match="have the name n"):
        Instance("twice", {the(n): 1, the(integer("n")): 1})


def test_values_belong_to_variables() -> None:
    with pytest.raises(DeclarationError, match="belong to variables"):
        Instance("wrong", {the(n + 1): 1})


def test_matrix_of_another_shape_is_an_error_where_it_is_used() -> None:
    wrong = HERE.changed({the(A): M([[1]])})
    with pytest.raises(DeclarationError, match=r"A is a 2 x 3 matrix, got one of shape \(1, 1\)"):
        on(rank(A) == 1, wrong)
    family = inst(w={0: 1, 1: 2}, W={1: M([[1]])})
    with pytest.raises(DeclarationError, match="1 x 2 matrix"):
        on(W[1] == 0, family)


def test_functions_need_values_for_all_that_is_free() -> None:
    with pytest.raises(DeclarationError, match="without C"):
        Function(the(fn(t, t * real("C"))))
    with pytest.raises(DeclarationError, match="a function needs"):
        Function(the(x + 1), ((the(x), QQ.scalar(1)),))


def test_formulas_and_trees_are_functions() -> None:
    instance = inst(f=parse_formula("t**2"), x=3)
    assert val(f(x), instance) == 9
    h = function("h", x, x)
    tree = Instance("tree", {the(h): the(fn(t, t * t + 1)), the(x): 2})
    assert value(the(h(x)), tree) == 5


# ---- values --------------------------------------------------------------------------------------
def test_integers_are_ints_and_reals_are_exact_scalars() -> None:
    assert type(val(m + n * m)) is int
    assert val(m + n * m) == 8
    assert isinstance(val(x + m), Scalar)
    assert isinstance(val(x * 0), Scalar)
    assert val(x + m).rational() == Fraction(5, 2)


def test_blocks_products_and_parts() -> None:
    assert val(A @ B) == QQ.zeros(2, 1)
    assert val(block(A, ones(m, 1))).shape == (2, 4)
    assert val(stack(A, ones(1, n)))[2, 0] == 1
    assert val(A * A) == M([[1, 4, 0], [0, 1, 1]])
    assert val(2 * A - A.T.T) == val(A)
    assert val(trace(A @ A.T)) == 7
    assert val(det(A @ A.T)) == 6
    assert val(inverse(A @ A.T) @ (A @ A.T)) == QQ.identity(2)
    assert val(entries(i, j, m, n, A[i, j] + i)) == M([[2, 3, 1], [2, 3, 3]])
    assert val(g(A))[0, 1] == 10


@pytest.mark.parametrize("at", [(0, 1), (1, 0), (3, 1), (1, 4), (-1, -1)])
def test_entries_outside_a_matrix_are_zero(at: tuple[int, int]) -> None:
    assert outcome(A[at] == 0) == "holds"
    assert isinstance(val(A[at]), Scalar)


def test_sums_with_empty_ranges_are_zero() -> None:
    assert val(total(k, 1, 0, x)) == 0
    assert val(total(k, 5, 1, A)) == QQ.zeros(2, 3)
    assert val(total(k, 1, 3, k)) == 6
    assert type(val(total(k, 1, 3, k))) is int
    assert val(total(k, 1, n, A @ B)) == QQ.zeros(2, 1)


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 2), (2, 0)])
def test_matrices_without_entries(rows: int, columns: int) -> None:
    shapes = {"A": QQ.zeros(rows, columns), "B": QQ.zeros(columns, 0)}
    empty = inst(m=rows, n=columns, p=0, g=Activation.of("cubic"), **shapes)
    assert val(A @ A.T, empty) == QQ.zeros(rows, rows)
    assert val(A.T @ A @ B, empty).shape == (columns, 0)
    assert val(rank(A), empty) == 0
    assert outcome(A == 0, empty) == "holds"
    assert val(block(A, A), empty).shape == (rows, 2 * columns)
    assert outcome(every(Z, Z == 0), empty) == "holds"
    assert outcome(exists(Z, Z != 0), empty) == "fails"
    assert val(g(A), empty).shape == (rows, columns)
    assert val(gradient(fn(Z, trace(Z @ Z.T)), A), empty).shape == (rows, columns)
    assert val(entries(i, j, m, n, x), empty.changed({the(x): 1})).shape == (rows, columns)


def test_determinant_trace_and_inverse_of_size_zero() -> None:
    empty = inst(n=0, S=QQ.zeros(0, 0))
    assert val(det(S), empty) == 1
    assert val(trace(S), empty) == 0
    assert outcome(S @ inverse(S) == identity_matrix(n), empty) == "holds"
    assert outcome(predicate("pd")(S), empty) == "holds"
    assert outcome(predicate("invertible")(S), empty) == "holds"


def test_negative_sizes_have_no_matrices() -> None:
    verdict = on(ones(n - 1, 1) == 0, inst(n=0))
    assert verdict.is_undecided
    assert "no matrix of shape -1 x 1" in verdict.reason


def test_families_are_known_on_their_range_only() -> None:
    here = inst(w={0: 1, 1: 2}, W={1: M([[1, 2]])})
    assert val(W[1], here) == M([[1, 2]])
    verdict = on(w[7] == 1, here)
    assert verdict.is_undecided
    assert "known at 0..1 is asked for its value at 7" in verdict.reason
    with pytest.raises(UnsettledError):
        val(w[7], here)
    assert "no integer" in on(w[7] == 1, inst(w={})).reason


def test_updates_change_one_member() -> None:
    here = inst(w={0: 1, 1: 2}, W={1: M([[1, 2]])})
    changed = update(W, 1, 2 * W[1])
    assert val(changed[1], here) == M([[2, 4]])
    powers = recursion(i, y, 0, x, y * y)
    assert val(update(powers, 2, x)[2], inst(x=3)) == 3
    assert val(update(powers, 2, x)[1], inst(x=3)) == 9


def test_recursions_go_up_and_down() -> None:
    up = recursion(i, y, 0, x, y * i)
    down = recursion(i, y, 5, x, y + i, down=True)
    assert val(up[4]) == 12
    assert val(down[3]) == Fraction(1, 2) + 4 + 3
    assert on(up[-1] == 0).is_undecided
    assert "starts at 0" in on(up[-1] == 0).reason
    assert on(down[6] == 0).is_undecided


def test_recursion_of_matrices_whose_shapes_change() -> None:
    shapes = {0: 2, 1: 3, 2: 1}
    here = inst(w=shapes, W={1: M([[1, 0, 2], [0, 1, 1]]), 2: M([[1], [1], [1]])})
    below = matrix("P", w[0], w[k - 1])
    made = recursion(k, below, 0, identity_matrix(w[0]), below @ W[k])
    assert val(made[2], here) == M([[3], [2]])


def test_abbreviations_unfold() -> None:
    square = define("square", (y,), y * y, text="{0}^2", latex="{0}^2")
    assert val(square(x)) == Fraction(1, 4)
    both_ = define("sum", (y, t), y + t, text="", latex="")
    assert val(both_(x, square(x))) == Fraction(3, 4)


def test_constants_have_their_functions() -> None:
    exp = Expr(term("const", SCALAR_FUNCTION, name="exp"))
    assert outcome(exp(x + 1) == exp(x) * exp(1)) == "holds"
    assert outcome(exp(x) == 1) == "fails"
    root = Expr(term("const", SCALAR_FUNCTION, name="sqrt"))
    assert outcome(root(x) * root(x) == x) == "holds"
    assert on(root(-x) == 0).is_undecided
    unknown = Expr(term("const", SCALAR_FUNCTION, name="unheard of"))
    assert on(unknown(x) == 1).is_undecided
    given = HERE.changed({the(unknown): Activation.of("square")})
    assert outcome(unknown(x) == Fraction(1, 4), given) == "holds"


def test_division_by_zero_has_no_known_value() -> None:
    assert on(recip(x - x) == 0).is_undecided
    assert on(inverse(S) == S, inst(n=2, S=QQ.zeros(2, 2))).is_undecided
    assert outcome(recip(x) == 2) == "holds"


def test_missing_values_leave_a_formula_undecided() -> None:
    verdict = on(y == y + 1)
    assert verdict.is_undecided
    assert "no value for y" in verdict.reason


# ---- fields --------------------------------------------------------------------------------------
def test_functions_reach_the_smallest_field_that_holds_their_values() -> None:
    made = val(f(x))
    assert made.field == ExponentialField(1)
    assert outcome(f(x) < 1) == "holds"
    assert outcome(f(x) * f(x) == f(x)) == "fails"
    assert val(g(x)).field == QQ
    third = inst(x=Fraction(1, 3), f=Activation.of("tanh"))
    assert "e^(1/3)" in val(f(x), third).field.name


def test_mixed_exact_fields_meet_in_a_larger_one() -> None:
    root = NumberField.of_sqrt(2).theta
    here = inst(x=root, y=NumberField.of_sqrt(3).theta, f=Activation.of("tanh"))
    assert outcome(x * x == 2, here) == "holds"
    assert outcome(x < y, here) == "holds"
    assert outcome((x + y) * (y - x) == 1, here) == "holds"


def test_balls_decide_order_and_difference_but_no_equality() -> None:
    here = inst(x=exact("1/3"), f=Activation.of("arctan"))
    assert isinstance(val(f(x), here).field, BallField)
    assert on(f(x) < x, here).evidence is Evidence.ENCLOSED
    assert outcome(f(x) < x, here) == "holds"
    assert outcome(x <= f(x), here) == "fails"
    assert outcome(f(x) != x, here) == "holds"
    assert on(f(x) == Fraction(1, 3) * f(x) * 3, here).is_undecided
    assert on(f(x) <= f(x) * 1 + 0 * f(x), here).is_undecided
    assert on(ones(1, 1) * f(x) == ones(1, 1) * (f(x) + 0), here).is_undecided


def test_matrices_of_balls() -> None:
    here = inst(m=1, n=1, A=M([[Fraction(1, 3)]]), f=Activation.of("arctan"))
    assert outcome(f(A) != A, here) == "holds"
    assert outcome(rank(f(A)) == 1, here) == "holds"
    assert outcome(predicate("pd")(f(A) @ f(A).T), here) in ("holds", "undecided")


def test_number_field_with_exponential_goes_to_balls() -> None:
    here = inst(x=NumberField.of_sqrt(2).theta, f=Activation.of("tanh"), y=1)
    assert outcome(f(y) + x > 2, here) == "holds"


def test_joined_fields() -> None:
    assert joined(QQ, ExponentialField(2)) == ExponentialField(2)
    assert joined(Infinitesimals(1, QQ), ExponentialField(2)).base == ExponentialField(2)  # type: ignore[attr-defined]
    two = Infinitesimals(2, QQ)
    assert joined(Infinitesimals(1, QQ), two).base == Infinitesimals(1, QQ)  # type: ignore[attr-defined]
    with pytest.raises(DomainError):
        joined(RationalFunctions(("a",)), NumberField.of_sqrt(2))


# ---- derivatives ---------------------------------------------------------------------------------
def test_derivative_of_a_curve_of_numbers() -> None:
    assert outcome(derivative(fn(t, t * t * t))(x) == 3 * x * x) == "holds"
    assert outcome(derivative(f)(x) == 1 - f(x) * f(x)) == "holds"
    assert outcome(derivative(fn(t, f(t * t)))(x) == 2 * x * derivative(f)(x * x)) == "holds"
    assert outcome(derivative(fn(t, recip(t)))(x) == -recip(x * x)) == "holds"
    assert outcome(derivative(fn(t, x))(x) == 0) == "holds"
    assert isinstance(value(the(derivative(f)), HERE), Activation)


def test_second_derivatives_nest() -> None:
    curve = fn(t, t * t * f(t))
    twice = derivative(derivative(curve))(x)
    slope, bend = derivative(f)(x), derivative(derivative(f))(x)
    assert outcome(twice == 2 * f(x) + 4 * x * slope + x * x * bend) == "holds"
    assert outcome(derivative(derivative(derivative(fn(t, t**4))))(x) == 24 * x) == "holds"


def test_infinitesimals_of_two_levels_are_kept_apart() -> None:
    inner = derivative(fn(t, y * t))(1)
    assert outcome(derivative(fn(y, y * inner))(x) == 2 * x) == "holds"
    shifted = derivative(fn(t, y + t))(y)
    assert outcome(derivative(fn(y, y * shifted))(x) == 1) == "holds"


def test_derivative_of_a_curve_of_matrices() -> None:
    curve = fn(t, t * A + t * t * Z)
    here = HERE.changed({the(Z): M([[0, 1, 1], [2, 0, 0]])})
    assert outcome(derivative(curve)(x) == A + 2 * x * Z, here) == "holds"
    gram = A @ A.T
    resolvent = inverse(t * gram + identity_matrix(m))
    at = inverse(x * gram + identity_matrix(m))
    assert outcome(derivative(fn(t, resolvent))(x) == -at @ gram @ at) == "holds"
    slope = derivative(fn(t, det(t * gram + identity_matrix(m))))(x)
    assert outcome(slope == det(x * gram + identity_matrix(m)) * trace(gram @ at)) == "holds"


def test_gradients() -> None:
    assert outcome(gradient(fn(Z, trace(Z @ Z.T)), A) == 2 * A) == "holds"
    half = gradient(fn(Z, det(Z @ Z.T)), A)
    assert outcome(half == 2 * det(A @ A.T) * (inverse(A @ A.T) @ A)) == "holds"
    outer = fn(Z, total(i, 1, m, total(j, 1, n, f(Z[i, j]))))
    assert outcome(gradient(outer, A) == derivative(f)(A)) == "holds"
    assert val(gradient(fn(Z, x), A)) == QQ.zeros(2, 3)


def test_gradient_of_a_gradient() -> None:
    square = fn(Z, trace(Z @ Z.T) * trace(Z @ Z.T))
    along = fn(t, gradient(square, t * A))
    assert outcome(derivative(along)(1) == 12 * trace(A @ A.T) * A) == "holds"


def test_corners_have_no_derivative() -> None:
    relu = inst(f=Activation.of("relu"), x=0, y=2, s=-2)
    assert on(derivative(f)(x) == 0, relu).is_undecided
    assert outcome(derivative(f)(y) == 1, relu) == "holds"
    assert outcome(derivative(f)(s) == 0, relu) == "holds"
    assert outcome(derivative(fn(t, f(t * t)))(y) == 2 * y, relu) == "holds"
    assert on(derivative(fn(t, f(t * t)))(x) == 0, relu).is_undecided


def test_rank_has_no_derivative() -> None:
    assert on(derivative(fn(t, rank(t * A) + 0 * t))(x) == 0).is_undecided


@pytest.mark.parametrize("size", range(6))
def test_determinant_without_division_is_the_determinant(size: int) -> None:
    random = Random(size)
    for _ in range(5):
        rows = [[QQ.raw(random.randint(-3, 3)) for _ in range(size)] for _ in range(size)]
        a = QQ.from_raw(rows, width=size)
        assert determinant(a) == a.det()


def test_infinitesimals_are_a_ring() -> None:
    e = moved(QQ.scalar(2), 1)
    assert part(e * e, 1).rational() == 4
    assert part(1 / e, 1).rational() == Fraction(-1, 4)
    assert part(e**3, 1, None).rational() == 8
    assert part(QQ.scalar(3), 1) == 0
    assert not e.is_zero
    for ask in (e.sign, e.enclose, e.to_sympy):
        with pytest.raises(DomainError, match="moves"):
            ask()
    assert pickle.loads(pickle.dumps(e)) == e
    assert (e - e).is_zero
    assert str(e) == "2 + (1) e0"
    assert (e * 0 + 3).field.rational_value((moved(QQ.scalar(3), 1) * 1).raw) is None


# ---- connectives ---------------------------------------------------------------------------------
UNKNOWN = Expr(term("eq", the(y), the(y + 1)))


def test_truth_tables_of_three_values() -> None:
    table = {
        "holds": [true, true & true, contradiction >> true, UNKNOWN >> true,
                  contradiction >> UNKNOWN, UNKNOWN | true, ~contradiction],
        "fails": [contradiction, true >> contradiction, UNKNOWN & contradiction, ~true,
                  contradiction | contradiction],
        "undecided": [UNKNOWN, UNKNOWN & true, UNKNOWN | contradiction, ~UNKNOWN,
                      true >> UNKNOWN, UNKNOWN >> contradiction, UNKNOWN >> UNKNOWN],
    }  # fmt: skip
    for expected, formulas in table.items():
        for formula in formulas:
            assert outcome(formula) == expected, formula


def test_formulas_can_be_equivalent() -> None:
    equal = lambda a, b: Expr(term("eq", the(a), the(b)))  # noqa: E731
    assert outcome(equal(x < 1, x * x < 1)) == "holds"
    assert outcome(equal(x < 1, contradiction)) == "fails"
    assert on(equal(x < 1, UNKNOWN)).is_undecided


def test_bounded_quantifiers_are_exact() -> None:
    assert outcome(each(k, 1, n, A[1, k] <= 2)) == "holds"
    verdict = on(each(k, 1, n, A[k, k] == 1))
    assert verdict.is_fails
    assert "k = 3: 0 differs from 1" in verdict.reason
    assert outcome(each(k, 1, 0, contradiction)) == "holds"
    assert outcome(each(i, 1, 2, each(j, i + 1, 2, A[i, 1] != A[j, 1]))) == "holds"


def test_verdicts_show_both_sides_and_are_no_booleans() -> None:
    verdict = on(A @ B == ones(m, p))
    assert verdict.reason == "entry (1, 1): 0 differs from 1"
    assert on(x < Fraction(1, 3)).reason == "not 1/2 < 1/3"
    assert on(x <= m).reason == "1/2 <= 2"
    with pytest.raises(TypeError):
        bool(verdict)


def test_verdicts_are_exact_where_the_field_is() -> None:
    assert on(x < 1).evidence is Evidence.EXACT
    assert on(f(x) < 1).evidence is Evidence.EXACT


# ---- quantifiers over the reals ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (every(y, (y + 1) * (y + 1) == y * y + 2 * y + 1), "holds"),
        (every(y, y * y + y + 1 > 0), "holds"),
        (every(y, y * y + 2 * y + 1 >= 0), "holds"),
        (every(y, y * y + 2 * y + 1 > 0), "fails"),
        (every(y, y * y == y), "fails"),
        (every(y, recip(1 + y * y) <= 1), "holds"),
        (every(y, recip(1 + y * y) < 1), "fails"),
        (every(y, derivative(f)(y) > 0), "holds"),
        (every(y, both(f(y) > -1, f(y) < 1)), "holds"),
        (every(y, f(y) < Fraction(99, 100)), "fails"),
        (every(y, (y > 0) >> (f(y) > 0)), "holds"),
        (every(y, (y >= 0) >> (f(y) > 0)), "fails"),
        (every(y, (y != 0) >> (y * recip(y) == 1)), "holds"),
        (every(y, derivative(g)(y) >= 1), "holds"),
        (every(y, (g(y) == 0) >> (y == 0)), "holds"),
        (every(y, either(y < 0, y >= 0)), "holds"),
        (every(y, either(y < 0, y > 0)), "fails"),
        (exists(y, y * y == 2), "holds"),
        (exists(y, y * y + 1 == 0), "fails"),
        (exists(y, 2 * y == 1), "holds"),
        (exists(y, both(f(y) > Fraction(9, 10), y < 2)), "holds"),
        (exists(y, both(y < 0, y > 0)), "fails"),
        (exists(y, every(t, f(t) <= y)), "holds"),
        (every(y, exists(t, t == y + 1)), "holds"),
        (every(y, every(t, (y < t) >> (f(y) < f(t)))), "holds"),
        (every(y, every(t, (y < t) >> (f(t) < f(y)))), "fails"),
        (every(y, every(t, (y < t) >> (-g(t) < -g(y)))), "holds"),
        (every(y, every(t, (y < t) >> (y * y < t * t))), "fails"),
        (every(y, every(t, (y < t) >> (y**3 <= t**3))), "holds"),
        (every(y, every(t, y * y + t * t >= 2 * y * t)), "holds"),
        (every(y, every(t, y * t >= 0)), "fails"),
        (every(y, every(t, (y - t) * (y + t) == y * y - t * t)), "holds"),
    ],
    ids=str,
)
def test_quantifiers_over_reals(formula: Expr, expected: str) -> None:
    assert outcome(formula) == expected


def test_kind_of_evidence_of_a_quantifier() -> None:
    assert on(every(y, y + y == 2 * y)).evidence is Evidence.IDENTITY
    assert on(every(y, y == 2 * y)).evidence is Evidence.EXACT


def test_samples_never_make_a_forall_hold() -> None:
    on_samples = y * (y - 1) * (y + 1) * (y - 2) * (y + 3) * (2 * y - 1) * (2 * y + 1)
    more = (y - 3) * (y + 2)
    assert outcome(every(y, on_samples * more == 0)) == "fails"
    unsettled = every(y, every(t, y * y * t * t - 2 * y * t + 2 > t * t * t * 0))
    assert on(unsettled).is_undecided


def test_division_in_an_identity_needs_a_divisor_without_zeros() -> None:
    assert on(every(y, y * recip(y) == 1)).is_undecided
    assert outcome(every(y, (1 + y * y) * recip(1 + y * y) == 1)) == "holds"
    assert on(every(y, inverse(y * identity_matrix(m)) * y == identity_matrix(m))).is_undecided


def test_inner_variable_of_the_same_name_is_another_one() -> None:
    inside = define("bound", (s,), every(t, f(t) < s), text="", latex="")
    assert outcome(every(t, inside(t))) == "fails"
    below = define("below", (s,), exists(t, f(t) < s), text="", latex="")
    assert on(every(t, ~below(f(t)))).is_undecided or outcome(every(t, ~below(f(t)))) == "fails"
    shifted = define("rises", (s,), every(t, f(t) <= f(t) + s * s), text="", latex="")
    assert outcome(every(t, shifted(f(t)))) in ("holds", "undecided")


def test_counterexamples_and_witnesses_are_data() -> None:
    verdict = on(every(y, y * y == y))
    assert verdict.data["counterexample"]["y"] == QQ.scalar(-1)
    assert on(exists(y, 2 * y == 1)).data["witness"]["y"].rational() == Fraction(1, 2)


def test_integers_are_no_reals() -> None:
    assert on(exists(i, 2 * i == 1)).is_undecided or outcome(exists(i, 2 * i == 1)) == "fails"
    assert outcome(exists(i, 2 * i == 6)) == "holds"
    assert outcome(exists(n, n + 1 == 0)) in ("undecided", "fails")
    assert outcome(every(i, i * i >= i)) in ("undecided", "holds")
    assert outcome(every(i, i + 0 == i)) == "holds"
    assert outcome(every(i, i == 0)) == "fails"


def test_pieces_are_settled_on_each_side() -> None:
    relu = inst(f=Activation.of("relu"))
    assert outcome(every(y, f(y) >= 0), relu) == "holds"
    assert outcome(every(y, f(y) > 0), relu) == "fails"
    assert outcome(every(y, f(y) >= y), relu) == "holds"
    assert outcome(every(y, f(y) - f(-y) == y), relu) == "holds"
    assert outcome(every(y, (y > 0) >> (derivative(f)(y) == 1)), relu) == "holds"
    assert on(every(y, derivative(f)(y) >= 0), relu).is_undecided


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("cubic", "holds"),
        ("-t**3", "holds"),
        ("tanh", "holds"),
        ("t**2", "fails"),
        ("relu", "fails"),
    ],
)
def test_strictly_monotone_functions_are_injective(name: str, found: str) -> None:
    here = inst(f=Activation.of(name))
    assert outcome(every(r, s, (f(r) == f(s)) >> (r == s)), here) == found
    assert outcome(every(r, s, (f(s) == f(r)) >> (s == r)), here) == found
    assert outcome(every(r, s, (f(r) == f(s)) >> (r == 2 * s)), here) != "holds"


def test_cells_lie_between_zeros_and_at_them() -> None:
    line = Line("t")
    assert line.signs(parse_formula("t**2 - 1")) == {-1, 0, 1}
    parts = cells(line.cuts)
    assert parts is not None
    assert [part.is_point for part in parts] == [False, False, False, True, True]
    assert [part.rational() for part in parts] == [-2, 0, 2, -1, 1]
    inside = Line("t", parts[1])
    assert inside.signs(parse_formula("t**2 - 1")) == {-1}
    assert Line("t", parts[3]).signs(parse_formula("t**2 - 1")) == {0}
    assert Line("t", parts[3]).signs(parse_formula("t")) == {-1}
    assert pickle.loads(pickle.dumps(inside)) == inside


def test_loss_with_one_critical_point() -> None:
    flat = every(s, (derivative(f)(s) == 0) >> every(t, f(s) <= f(t)))
    assert outcome(flat, inst(f=ScalarLoss.of("half"))) == "holds"
    assert outcome(flat, inst(f=ScalarLoss.of("a**3"))) == "fails"


# ---- quantifiers over matrices, families, functions ----------------------------------------------
@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (every(Z, (Z @ Z.T).T == Z @ Z.T), "holds"),
        (every(Z, trace(Z @ Z.T) >= 0), "holds"),
        (every(Z, trace(Z @ Z.T) > 0), "fails"),
        (every(v, (v.T @ A.T @ A @ v)[1, 1] >= 0), "holds"),
        (every(v, (A @ v == 0) >> (v == 0)), "fails"),
        (every(v, (A @ v == 0) >> (v[1, 1] + 2 * v[2, 1] == 0)), "holds"),
        (every(v, both(A @ v == 0, v[3, 1] == 0) >> (v == 0)), "holds"),
        (every(v, (zeros(1, n) @ v == ones(1, 1)) >> contradiction), "holds"),
        (exists(v, both(v != 0, A @ v == 0)), "holds"),
        (exists(v, both(v != 0, A @ v == 0, v[3, 1] == 0)), "fails"),
        (exists(R, A @ R == identity_matrix(m)), "holds"),
        (exists(R, R @ A == identity_matrix(n)), "fails"),
        (
            exists(R, v, block(A @ R, A @ v) == block(identity_matrix(m), ones(m, 1))),
            "holds",
        ),
        (every(Z, exists(R, R == Z.T)), "holds"),
        (every(Z, rank(Z) <= 2), "undecided"),
        (every(Z, rank(Z) == 2), "fails"),
    ],
    ids=str,
)
def test_quantifiers_over_matrices(formula: Expr, expected: str) -> None:
    assert outcome(formula) == expected


def test_quantifiers_over_families() -> None:
    here = inst(L=2, w={0: 1, 1: 2, 2: 1}, W={1: M([[1, 2]]), 2: M([[1], [0]])}, x=1)
    V = matrices("V", lambda k: w[k - 1], lambda k: w[k])
    assert outcome(every(V, (V[1] @ V[2]).T == V[2].T @ V[1].T), here) == "holds"
    assert outcome(every(V, V[1] == W[1]), here) == "fails"
    assert outcome(exists(V, each(k, 1, L, V[k] == W[k])), here) == "holds"
    assert outcome(exists(V, V[1] @ V[2] == W[1] @ W[2]), here) == "holds"
    assert outcome(every(V, (V[1] == 0) >> (V[1] @ V[2] == 0)), here) == "holds"
    better = every(V, trace(W[1].T @ W[1]) <= trace(V[1].T @ V[1]))
    assert outcome(better, here) == "fails"


def test_equal_functions() -> None:
    equal = lambda a, b: Expr(term("eq", the(a), the(b)))  # noqa: E731
    assert outcome(equal(f, f)) == "holds"
    assert outcome(equal(derivative(f), fn(t, 1 - f(t) * f(t)))) == "holds"
    assert outcome(equal(f, g)) == "fails"
    assert outcome(equal(fn(Z, Z @ Z.T), fn(Z, (Z @ Z.T).T))) == "holds"
    assert outcome(equal(fn(Z, Z), fn(Z, 2 * Z))) == "fails"
    here = inst(w={0: 1, 1: 2}, W={1: M([[1, 2]])})
    other = matrices("V", lambda k: w[k - 1], lambda k: w[k])
    again = here.changed({the(other): Family.of({1: M([[1, 2]])})})
    assert outcome(equal(W, W), here) == "holds"
    assert on(equal(W, other), again).is_undecided
    assert outcome(equal(W, update(W, 1, 2 * W[1])), here) == "fails"


def test_sets_are_functions_to_formulas() -> None:
    chosen = function("I", i, true)
    here = Instance("set", {the(chosen): the(fn(i, either(i == 1, i == 3)))})
    assert outcome(chosen(1) & ~chosen(2) & chosen(3), here) == "holds"
    assert outcome(each(k, 1, 3, chosen(k)), here) == "fails"
    assert outcome(exists(k, both(chosen(k), k > 1)), here) == "holds"
    other = fn(i, either(i == 3, i == 1))
    equal = Expr(term("eq", the(chosen), the(other)))
    assert not on(equal, here).is_fails
    wrong = Expr(term("eq", the(chosen), the(fn(i, i == 1))))
    assert outcome(wrong, here) == "fails"


def test_quantifiers_over_functions_are_refuted_only() -> None:
    h = scalar_function("h")
    assert outcome(every(h, h(x) == 0)) == "fails"
    assert on(every(h, h(x) == h(x) + 0)).is_undecided
    assert outcome(exists(h, h(x) == x * x)) == "holds"


# ---- predicates and decisions --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("psd", [[1, 1], [1, 1]], "holds"),
        ("psd", [[1, 2], [2, 1]], "fails"),
        ("psd", [[1, 0], [1, 1]], "fails"),
        ("pd", [[2, 1], [1, 2]], "holds"),
        ("pd", [[1, 1], [1, 1]], "fails"),
        ("symmetric", [[1, 2], [2, 5]], "holds"),
        ("symmetric", [[1, 2], [3, 5]], "fails"),
        ("invertible", [[1, 2], [3, 5]], "holds"),
        ("invertible", [[1, 2], [2, 4]], "fails"),
    ],
)
def test_predicates_on_matrices(name: str, rows: list[list[int]], expected: str) -> None:
    verdict = on(predicate(name)(S), inst(n=2, S=M(rows)))
    assert verdict.outcome.value == expected


def test_wide_matrices_are_not_invertible() -> None:
    assert outcome(predicate("invertible")(A)) == "fails"


def test_integers_among_the_reals() -> None:
    whole = predicate("integer")
    assert outcome(whole(x)) == "fails"
    assert outcome(whole(2 * x)) == "holds"
    assert on(whole(f(x))).is_undecided


def test_predicate_that_nobody_decides() -> None:
    verdict = on(predicate("mysterious")(x))
    assert verdict.is_undecided
    assert "mysterious" in verdict.reason


def test_predicate_of_another_kind_of_value_is_undecided() -> None:
    assert on(predicate("psd")(x)).is_undecided


def test_smoothness_of_functions() -> None:
    kinds = [predicate(name) for name in ("smooth", "twice smooth", "analytic")]
    relu = inst(f=Activation.of("relu"), m=2, n=2, A=QQ.zeros(2, 2))
    assert [outcome(kind(f)) for kind in kinds] == ["holds"] * 3
    assert [outcome(kind(f), relu) for kind in kinds] == ["fails"] * 3
    assert outcome(kinds[0](fn(Z, trace(f(Z) @ Z.T)))) == "holds"
    assert on(kinds[0](fn(Z, trace(f(Z) @ Z.T))), relu).is_undecided
    assert on(kinds[0](fn(Z, recip(trace(Z @ Z.T))))).is_undecided
    assert on(kinds[0](fn(Z, rank(Z) + x))).is_undecided
    assert outcome(kinds[0](fn(Z, rank(A) + trace(Z @ Z.T)))) == "holds"


def test_expectations_are_means_with_weights_that_sum_to_1() -> None:
    expectation, omega = predicate("expectation"), matrix("omega", 2, 1)
    g, a, b = function("g", omega, x), matrix("a", 2, 1), matrix("b", 2, 1)
    E = function("E", g, x)
    points = {a.term: QQ.column([1, 2]), b.term: QQ.column([0, 3])}

    def said(body: Expr) -> str:
        free = tuple((v, points[v]) for v in body.term.free if v in points)
        law = Function(fn(g, body).term, free)
        return decide(expectation(E).term, Instance("law", {E.term: law})).outcome.name

    third = Fraction(1, 3)
    assert said(third * g(a) + 2 * third * g(b)) == "HOLDS"
    assert said(g(a)) == "HOLDS"
    assert said(third * g(a) + third * g(b)) == "FAILS"
    assert said(2 * g(a) - g(b)) == "FAILS"
    assert said(g(a) * g(b)) == "UNDECIDED"
    assert said(g(a + g(a) * b)) == "UNDECIDED"


def test_smoothness_of_inverses_and_of_gradients() -> None:
    smooth, twice = predicate("smooth"), predicate("twice smooth")
    one, two = matrix("one", 1, 1), matrix("two", 1, 1)
    square = fn(two, trace(two @ two) * trace(two @ two))
    regular = fn(one, inverse(one @ one.T + identity_matrix(1)))
    assert outcome(smooth(regular)) == "holds"
    assert outcome(smooth(fn(one, inverse(-(one @ one.T) - identity_matrix(1))))) == "holds"
    assert on(smooth(fn(one, inverse(one @ one.T)))).is_undecided
    assert on(smooth(fn(one, inverse(one)))).is_undecided
    assert outcome(smooth(fn(one, gradient(square, one)))) == "holds"
    assert on(twice(fn(one, gradient(square, one)))).is_undecided
    bent = fn(two, trace(f(two)))
    relu = inst(f=Activation.of("relu"), m=2, n=2, A=QQ.zeros(2, 2))
    assert on(smooth(fn(one, gradient(bent, one))), relu).is_undecided


def test_smoothness_of_what_is_divided_by_a_number_or_is_a_root_or_logarithm() -> None:
    analytic = predicate("analytic")
    root, log = (Expr(term("const", SCALAR_FUNCTION, name=name)) for name in ("sqrt", "log"))
    for made in (recip, root, log):
        assert outcome(analytic(fn(x, made(x * x + 1)))) == "holds"
        assert on(analytic(fn(x, made(x * x)))).is_undecided
        assert on(analytic(fn(x, made(x)))).is_undecided
    assert outcome(analytic(fn(x, recip(-x * x - 1)))) == "holds"
    assert on(analytic(fn(x, root(-x * x - 1)))).is_undecided
    assert on(analytic(fn(x, log(-x * x - 1)))).is_undecided
    relu = inst(f=Activation.of("relu"), m=2, n=2, A=QQ.zeros(2, 2))
    assert on(analytic(fn(x, log(f(x) + 1))), relu).is_undecided


def test_smoothness_on_a_set_that_its_tree_shows_to_be_open() -> None:
    smooth_on, twice = predicate("smooth on"), predicate("twice smooth on")
    square = fn(x, x * x)
    assert outcome(smooth_on(fn(x, true), square)) == "holds"
    assert outcome(twice(fn(x, 0 < x), square)) == "holds"
    assert outcome(twice(fn(x, either(x < 0, both(1 < x, f(x) < 3))), square)) == "holds"
    assert on(twice(fn(x, x <= 1), square)).is_undecided
    assert on(twice(fn(x, both(0 < x, x == 1)), square)).is_undecided
    relu = inst(f=Activation.of("relu"), m=2, n=2, A=QQ.zeros(2, 2))
    assert on(twice(fn(x, f(x) < 1), square), relu).is_undecided
    assert on(twice(fn(x, 0 < x), fn(x, f(x))), relu).is_undecided


def test_decisions_take_sets_and_families_as_functions() -> None:
    chosen, family = function("chosen", i, true), function("family", i, x)
    even = define("even at", (chosen, family), contradiction, text="", latex="")

    def decision(_: Instance, arguments: tuple[Any, ...]) -> Verdict:
        inside, members = arguments
        return inside(2) if members.at(3) == 9 else inside(1)

    formula = the(even(fn(i, i == 2), fn(i, i * i * x)))
    here = Instance("three", {the(x): 1})
    assert decide(formula, here, {"even at": decision}).is_holds
    assert decide(formula, Instance("two", {the(x): 2}), {"even at": decision}).is_fails


def test_analytic_in_some_members() -> None:
    here = inst(w={0: 1, 1: 2, 2: 1}, f=Activation.of("tanh"))
    V = matrices("V", lambda k: w[k - 1], lambda k: w[k])
    made = fn(V, total(k, 1, 2, f(V[k][1, 1])))
    inside = predicate("analytic in")
    assert outcome(inside(1, 2, made), here) == "holds"
    assert on(inside(2, 2, made), here).is_undecided
    assert "V[1]" in on(inside(2, 2, made), here).reason


positive_slope = define("positive slope", (f,), every(t, derivative(f)(t) > 0), text="", latex="")


def test_decision_settles_an_abbreviation_in_place_of_its_tree() -> None:
    asked: list[tuple[Instance, tuple[Any, ...]]] = []

    def decision(instance: Instance, values: tuple[Any, ...]) -> Verdict:
        asked.append((instance, values))
        return values[0].derivative_positive()  # type: ignore[no-any-return]

    decisions = {"positive slope": decision}
    assert outcome(positive_slope(f), decisions=decisions) == "holds"
    assert asked == [(HERE, (Activation.of("tanh"),))]
    square = inst(f=Activation.of("square"))
    assert outcome(positive_slope(f), square, decisions=decisions) == "fails"


def test_tree_is_unfolded_where_a_decision_does_not_know() -> None:
    decisions = {"positive slope": lambda *_: undecided("too hard")}
    assert outcome(positive_slope(f), decisions=decisions) == "holds"
    small = define("small", (y,), every(t, every(s, t * s < y)), text="", latex="")
    far = define("far", (y,), t == y, text="", latex="")
    assert outcome(small(x), decisions={"small": lambda *_: undecided("too hard")}) == "fails"
    verdict = on(far(x), decisions={"far": lambda *_: undecided("too hard")})
    assert verdict.reason == "too hard"


def test_no_decision_sees_free_symbols() -> None:
    """What is so at nearly all numbers need not be so at each: values one by one settle nothing."""

    def holding(_: Instance, arguments: tuple[Any, ...]) -> Verdict:
        (value,) = arguments
        return holds(Evidence.EXACT, str(value.at(1) if hasattr(value, "at") else value))

    seen, members = predicate("seen"), function("members", i, x)
    taken = inst(m=2, n=2, p=1)
    for formula in (
        every(t, seen(t)),
        every(A, seen(A)),
        every(members, seen(members)),
        every(members, seen(fn(i, 2 * members[i]))),
        every(members, every(t, seen(update(members, 1, t)))),
        every(t, seen(fn(s, s * t))),
        every(t, seen(derivative(fn(s, s * t)))),
    ):
        verdict = on(formula, taken, decisions={"seen": holding})
        assert verdict.is_undecided, (formula, verdict)
    one = QQ.scalar(1)

    def moving(instance: Instance, arguments: tuple[Any, ...]) -> Verdict:
        value = Evaluation(instance).call(arguments[0], one)
        return holds(Evidence.EXACT, f"it is {value} at 1")

    for formula in (
        every(members, seen(fn(s, s * members[1]))),
        every(members, seen(derivative(fn(s, s * s * members[1])))),
        every(members, every(t, seen(fn(s, update(members, 1, t)[2] * s)))),
    ):
        verdict = on(formula, taken, decisions={"seen": moving})
        assert verdict.is_undecided, (formula, verdict)
    failing = {"seen": lambda *_: fails(Evidence.EXACT, "nothing is seen")}
    assert on(exists(t, seen(t)), decisions=failing).is_undecided
    assert on(every(t, seen(t - t)), decisions={"seen": holding}).is_holds


def test_decision_for_a_predicate() -> None:
    decisions = {"mysterious": lambda _, values: holds(Evidence.EXACT, f"{values[0]} is")}
    verdict = on(predicate("mysterious")(x), decisions=decisions)
    assert verdict.reason == "1/2 is"


# ---- budgets -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "formula",
    [
        each(k, 1, 10**12, k > 0),
        total(k, 1, 10**12, x) > 0,
        recursion(i, y, 0, x + 1, y * y)[60] > 0,
        recursion(i, y, 0, x, y + 1)[10**9] > 0,
        ones(10**6, 10**6) == 0,
        ones(10**4, 1) @ ones(1, 10**4) == 0,
        entries(i, j, 10**6, 10**6, x) == 0,
        block(ones(100, 99), ones(100, 99)) == 0,
        every(matrix("big", 50, 50), matrix("big", 50, 50) == 0) & UNKNOWN,
        every(Z, every(R, det(Z @ R @ Z @ R @ Z @ R) == det(Z @ R @ Z @ R) * det(R @ Z))),
        every(y, every(t, every(s, (y + t + s) ** 40 == (s + t + y) ** 39 * r))),
    ],
    ids=lambda e: str(e)[:60],
)
def test_nothing_runs_on_for_ever(formula: Expr) -> None:
    verdict = on(formula, budget=Budget(steps=20_000))
    assert not verdict.is_holds


def test_budget_is_renewed_for_each_decision() -> None:
    evaluation = Evaluation(HERE, None, Budget(steps=60))
    big, small = the(total(k, 1, 1000, x) > 0), the(x < 1)
    assert evaluation.decide(big).is_undecided
    assert "more than 60 steps" in evaluation.decide(big).reason
    assert evaluation.decide(small).is_holds


# ---- parts ---------------------------------------------------------------------------------------
def test_signs_of_numbers_with_free_symbols() -> None:
    a, b = symbol("a"), symbol("b")
    a, b = a + b - b, b + a - a
    assert possible_signs(a * a + 1) == {1}
    assert possible_signs(-(a * a) * b * b) == {0, -1}
    assert possible_signs(a * a - 2 * a * b + b * b) == {0, 1}
    assert possible_signs(a * a - 2 * a * b + b * b + 1) == {1}
    assert possible_signs(a * a + 2 * a + 1) == {0, 1}
    assert possible_signs(a * b) == {-1, 0, 1}
    assert possible_signs(a**4 - a**2 + 1) == {1}
    assert possible_signs(1 / (a * a + 1) - 1) == {0, -1}
    assert possible_signs(a - a) == {0}
    assert possible_signs(QQ.scalar(-3)) == {-1}


def test_signs_agree_with_values() -> None:
    random = Random(4)
    a, b = symbol("a"), symbol("b")
    for _ in range(60):
        c = [random.randint(-2, 2) for _ in range(6)]
        form = lambda u, w, c=c: (  # noqa: E731
            u * u * c[0] + u * w * c[1] + w * w * c[2] + u * c[3] + w * c[4] + c[5]
        )
        signs = possible_signs(form(a, b) + 0 * a * b)
        points = [(Fraction(u, 2), Fraction(w, 2)) for u in range(-6, 7) for w in range(-6, 7)]
        found = {(q > 0) - (q < 0) for q in (form(u, w) for u, w in points)}
        assert found <= signs


def test_symbols_that_do_not_occur_are_taken_away() -> None:
    a, u = symbol("a"), ExponentialField(1)
    number = u.generator("u") + a - a
    assert number.field.free_symbols == ("a",)
    assert lowered(number).field == u
    assert lowered(number) == u.generator("u")
    assert lowered(a).field is a.field


def test_affine_equations_are_solved() -> None:
    a, b = symbol("a"), symbol("b")
    found = solutions([a + b - 3, 2 * a + 2 * b - 6], ["a", "b"])
    assert found is not None
    assert found.dimension == 1
    assert sum(q.rational() for q in found.at([5])) == 3
    none = solutions([a - 1, a - 2], ["a"])
    assert none is not None
    assert none.point is None
    assert solutions([a * b], ["a", "b"]) is None
    assert solutions([a - b], ["a"]) is not None
    assert solutions([a * b - 1], ["a"]) is None


def test_matrices_of_every_kind_have_their_shapes() -> None:
    random = Random(2)
    for rows, columns in ((1, 1), (1, 3), (3, 2)):
        for make in MATRICES.values():
            assert make(rows, columns, random).shape == (rows, columns)
    for size in (1, 2, 4):
        for make_square in SQUARES.values():
            assert make_square(size, random).shape == (size, size)
        nilpotent = SQUARES["nilpotent"](size, random)
        power = nilpotent
        for _ in range(size - 1):
            power = power @ nilpotent
        assert power.is_zero
        assert SQUARES["gram"](size, random).inertia()[1] == 0
        assert SQUARES["invertible"](size, random).rank() == size
        projector = SQUARES["projector"](size, random)
        assert projector @ projector == projector
    for target in range(4):
        assert of_rank(4, 3, target, random).rank() == target


FORMULAS = (
    (A @ B).T == B.T @ A.T,
    rank(A.T @ A) == rank(A),
    trace(A @ A.T) >= 0,
    each(i, 1, m, each(j, 1, n, (A + Z)[i, j] == A[i, j] + Z[i, j])),
    stack(A.T @ A, Z.T @ A) == block(A, Z).T @ A,
    (A * Z).T == A.T * Z.T,
    total(i, 1, m, A[i, i]) <= trace(A @ A.T),
    entries(i, j, m, n, A[i, j] * Z[i, j]) == A * Z,
    total(i, 1, m, total(j, 1, n, A[i, j] * Z[i, j])) == trace(A.T @ Z),
    either(A == Z, ~(A - Z == 0)),
    g(A)[1, 1] == A[1, 1] + A[1, 1] ** 3,
    update(fn(i, i * x), 2, y)[2] == y,
    derivative(fn(t, t * A))(x) == A,
    A @ B == 0,
    x * y < y * x + 1,
)


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_normal_form_has_the_same_verdict(formula: Expr) -> None:
    form = Normal().form(the(formula))
    for instance in islice(drawn(the(formula).free | {the(m), the(n)}, seed=3), 25):
        first, second = decide(the(formula), instance), decide(form, instance)
        assert first.outcome is second.outcome, (instance, first, second)


def test_decisions_do_not_depend_on_what_was_asked_before() -> None:
    formulas: list[Term] = [the(e) for e in FORMULAS[:6]]
    for instance in islice(drawn({u for e in formulas for u in e.free}, seed=9), 10):
        shared = Evaluation(instance)
        together = [shared.decide(e).outcome for e in reversed(formulas)]
        assert together[::-1] == [decide(e, instance).outcome for e in formulas]


def test_errors_are_sentences_of_the_package() -> None:
    assert issubclass(UnsettledError, LandscapeError)
    assert on(Expr(term("eq", the(A), the(A)))).is_holds
    assert isinstance(fails(Evidence.EXACT, "x").outcome, Outcome)
    assert isinstance(val(A), Matrix)


def test_a_power_of_an_affine_number_is_0_where_that_is() -> None:
    u, c = matrix("u", 2, 1), real("c")
    sum_of_entries = u[1, 1] + u[2, 1]
    cubed = sum_of_entries * sum_of_entries * sum_of_entries
    same = every(u, (cubed == 0) >> (sum_of_entries == 0))
    other = every(u, (cubed == 0) >> (u[1, 1] == 0))
    assert decide(the(same), Instance("nothing", {})).is_holds
    assert decide(the(other), Instance("nothing", {})).is_fails
    assert decide(the(exists(c, (c - 3) * (c - 3) == 0)), Instance("nothing", {})).is_holds


def test_the_equations_of_a_set_are_solved_for_its_members() -> None:
    u = matrix("u", 2, 1)
    axis = function("axis", u, true)
    values = {the(axis): fn(u, (u[1, 1] == 0) & (u[2, 1] < 1)).term}
    instance = Instance("an axis", values)
    assert decide(the(every(u, axis(u) >> (u[1, 1] * u[2, 1] == 0))), instance).is_holds
    assert decide(the(every(u, axis(u) >> (u[2, 1] == 0))), instance).is_fails
