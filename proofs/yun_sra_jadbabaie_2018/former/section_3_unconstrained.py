"""Section 3.1, equation (3): the optimum of the relaxed problem without constraint.

Notation: L_0(R) = |R X - Y|^2 / 2 over maps R (d_y, d_x), R* = Y X^T (X X^T)^-1.

Statements: YSJ18_E3.

Design notes. A map R with free symbols as entries stands for all maps, so that derivative and
convexity are identities in R.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Field,
    Matrix,
    RationalFunctions,
    equal,
    nonsingular,
    positive_definite,
    positive_semidefinite,
    rank_at_most,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import Rows, inner, squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import (
    HALF,
    RelaxedProblem,
    bare,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    input_gram_has_full_rank,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
)

# --- E3: the optimum without constraint -----


@fact(r"L_0(R) = \tfrac12 \|R X - Y\|_F^2")
def relaxed_risk_is_half_the_squared_error(s: RelaxedProblem) -> Verdict:
    """L_0 is half the squared Frobenius norm of R X - Y."""
    return equal(s.field.scalar(s.scale * 2), 1)


@fact(r"k = \min\{d_x, d_y\}")
def rank_bound_is_the_least_width(s: RelaxedProblem) -> Verdict:
    """The bound k on the rank is min(d_x, d_y)."""
    return sizes_equal(s.rank_bound, s.least_width)


def any_map(s: RelaxedProblem) -> Matrix:
    """The map (d_y, d_x) whose entries are free symbols: every map at once."""
    rows = [[f"r{i}{j}" for j in range(s.input_width)] for i in range(s.output_width)]
    names = [name for row in rows for name in row]
    field = RationalFunctions((*s.field.free_symbols, *names))
    return field.matrix([[field.generator(name) for name in row] for row in rows])


def map_units(s: RelaxedProblem, field: Field) -> list[Matrix]:
    """The maps with a single entry 1, row by row."""
    height, width = s.output_width, s.input_width
    places = [(i, j) for i in range(height) for j in range(width)]
    return [
        field.matrix([[int((i, j) == place) for j in range(width)] for i in range(height)])
        for place in places
    ]


@fact(r"\operatorname{rank} R \le k \quad \forall R \in \mathbb{R}^{d_y \times d_x}")
def every_map_is_feasible(s: RelaxedProblem) -> Verdict:
    """Every map has rank at most k."""
    return rank_at_most(any_map(s), s.rank_bound)


def relaxed_gradient(s: RelaxedProblem) -> Matrix:
    """dL_0/dR at every map R (d_y, d_x), from differences, which are exact for a quadratic."""
    here = any_map(s)
    slopes = [(s.value(here + u) - s.value(here - u)) * HALF for u in map_units(s, here.field)]
    width = s.input_width
    rows = [slopes[i * width : (i + 1) * width] for i in range(s.output_width)]
    return here.field.matrix(rows)


@fact(
    r"\frac{\partial L_0}{\partial R} = (R X - Y) X^T",
    mutants={
        "without the inputs": lambda s: equal(relaxed_gradient(s), any_map(s)),
    },
)
def relaxed_gradient_is_error_times_inputs(s: RelaxedProblem) -> Verdict:
    """The derivative of L_0 is (R X - Y) X^T at every map R."""
    here = any_map(s)
    inputs, targets = s.X.over(here.field), s.Y.over(here.field)
    return equal(relaxed_gradient(s), (here @ inputs - targets) @ inputs.T)


def relaxed_hessian(s: RelaxedProblem) -> Matrix:
    """The second derivatives of L_0 by the entries of R, row by row, from differences."""
    units = map_units(s, s.field)
    origin = s.field.zeros(s.output_width, s.input_width)
    single = [s.value(u) for u in units]
    pairs = [[s.value(a + b) for b in units] for a in units]
    zero = s.value(origin)
    places = range(len(units))
    return s.field.matrix(
        [[pairs[p][q] - single[p] - single[q] + zero for q in places] for p in places]
    )


@fact(r"\nabla^2 L_0 \succeq 0")
def relaxed_risk_is_convex(s: RelaxedProblem) -> Verdict:
    """L_0 is a convex function of R: its second derivatives form a semidefinite matrix."""
    return positive_semidefinite(relaxed_hessian(s))


def without_inverse(s: RelaxedProblem) -> Verdict | None:
    """FAILS where X X^T has no inverse, so that the formula names no map; else None."""
    gram = s.X @ s.X.T
    if gram.rank() == s.input_width:
        return None
    return fails(Evidence.EXACT, f"X X^T = {gram} has no inverse, and no single map is the best")


@fact(r"\frac{\partial L_0}{\partial R} = 0 \iff R = YX^T(XX^T)^{-1}")
def normal_solution_is_the_only_critical_map(s: RelaxedProblem) -> Verdict:
    """The derivative of L_0 vanishes at Y X^T (X X^T)^-1 and at no other map."""
    missing = without_inverse(s)
    if missing is not None:
        return missing
    slopes = [(s.value(s.normal_solution + u), s.value(s.normal_solution - u)) for u in _units(s)]
    return all_of(
        critical=vanishes(s.field.matrix([[a - b for a, b in slopes]])),
        no_other=nonsingular(relaxed_hessian(s)),
    )


def _units(s: RelaxedProblem) -> list[Matrix]:
    return map_units(s, s.field)


@fact(
    r"L_0(R) > L_0(YX^T(XX^T)^{-1}) \quad \forall R \ne YX^T(XX^T)^{-1}",
    mutants={"at the double of it": lambda s: _unique_minimum(s, s.normal_solution.scale(2))},
)
def normal_solution_is_the_unique_minimum_of_all_maps(s: RelaxedProblem) -> Verdict:
    """Y X^T (X X^T)^-1 is the only global minimum of L_0 among all maps."""
    missing = without_inverse(s)
    return missing if missing is not None else _unique_minimum(s, s.normal_solution)


def _unique_minimum(s: RelaxedProblem, best: Matrix) -> Verdict:
    """L_0(R) - L_0(best) is a positive definite form in R - best, as an identity in R."""
    here = any_map(s)
    step = here - best.over(here.field)
    excess = s.value(here) - s.value(best)
    form = squared_norm(step @ s.X.over(here.field)) * s.scale
    definite = positive_definite((s.X @ s.X.T).scale(s.scale))
    return all_of(
        excess=bare(equal(excess, form)),
        form_is_definite=bare(definite),
    )


@fact(
    r"\arg\min_{\operatorname{rank} R \le k} L_0(R) = \{YX^T(XX^T)^{-1}\}",
    mutants={
        "with the bound k - 1": lambda s: unique_optimum(replace(s, rank_bound=s.rank_bound - 1)),
        "without the inverse": lambda s: _optimum_at(s, s.Y @ s.X.T),
    },
)
def normal_solution_is_the_unique_optimum(s: RelaxedProblem) -> Verdict:
    """Y X^T (X X^T)^-1 is the unique optimal solution of the relaxed problem."""
    return unique_optimum(s)


def unique_optimum(s: RelaxedProblem) -> Verdict:
    """Whether R* is feasible and the only minimum of L_0 among feasible maps."""
    missing = without_inverse(s)
    return missing if missing is not None else _optimum_at(s, s.normal_solution)


def _optimum_at(s: RelaxedProblem, best: Matrix) -> Verdict:
    return all_of(
        feasible=bare(rank_at_most(best, s.rank_bound)),
        unique=_unique_minimum(s, best),
    )


def relaxed_problems() -> st.SearchStrategy[RelaxedProblem]:
    """Small integer data with d_x, d_y <= 2, any bound on the rank, and some other factors."""

    @st.composite
    def drawn(draw: st.DrawFn) -> RelaxedProblem:
        inputs, outputs = draw(st.integers(1, 2)), draw(st.integers(1, 2))
        count = inputs + draw(st.integers(0, 1))
        row = st.lists(st.integers(-2, 2), min_size=count, max_size=count).map(tuple)
        return RelaxedProblem(
            inputs=tuple(draw(row) for _ in range(inputs)),
            targets=tuple(draw(row) for _ in range(outputs)),
            rank_bound=min(inputs, outputs) - draw(st.sampled_from((0, 0, 0, 1))),
            scale=draw(st.sampled_from((HALF, HALF, HALF, Fraction(1), Fraction(-1)))),
        )

    return drawn()


THREE_BY_TWO: Rows = ((1, 0, 1), (0, 1, 1))
UNCONSTRAINED = RelaxedProblem(
    name="two inputs, two outputs, three samples",
    inputs=THREE_BY_TWO,
    targets=((1, 2, 0), (0, 1, -1)),
    rank_bound=2,
)
MORE_OUTPUTS = RelaxedProblem(
    name="one input, three outputs",
    inputs=((1, 2),),
    targets=((1, 0), (0, 1), (2, 1)),
    rank_bound=1,
)
RANK_TOO_SMALL = replace(UNCONSTRAINED, name="bound 1 on the rank", rank_bound=1)
DEPENDENT_INPUTS = RelaxedProblem(
    name="dependent inputs", inputs=((1, 1), (1, 1)), targets=((1, 0), (0, 1)), rank_bound=2
)
UPSIDE_DOWN = replace(UNCONSTRAINED, name="factor -1/2", scale=-HALF)
NOTHING = replace(UNCONSTRAINED, name="factor 0", scale=Fraction(0))
DOUBLE = replace(UNCONSTRAINED, name="factor 1", scale=Fraction(1))

YSJ18_E3 = Statement(
    key="YSJ18.E3",
    kind="identity",
    where="sec. 3.1, eq. (3)",
    title="Unconstrained optimum",
    claim=(
        "For k = min(d_x, d_y) the relaxed problem has no constraint, and its unique optimal "
        "solution is Y X^T (X X^T)^-1."
    ),
    hypotheses=(
        relaxed_risk_is_half_the_squared_error,
        rank_bound_is_the_least_width,
        input_gram_has_full_rank,
    ),
    conclusion=normal_solution_is_the_unique_optimum,
    instances=(
        UNCONSTRAINED,
        MORE_OUTPUTS,
        RelaxedProblem(
            name="one sample, one output", inputs=((2,),), targets=((3,),), rank_bound=1
        ),
        RelaxedProblem(
            name="two inputs, one output, the middle target alone",
            inputs=THREE_BY_TWO,
            targets=((0, 1, 0),),
            rank_bound=1,
        ),
        RelaxedProblem(
            name="two inputs, four outputs",
            inputs=((1, 0, 1, 0), (0, 1, 0, 0)),
            targets=((1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 1, 0), (0, 0, 0, 1)),
            rank_bound=2,
        ),
        RelaxedProblem(
            name="targets all zero", inputs=((1, 2),), targets=((0, 0), (0, 0)), rank_bound=1
        ),
    ),
    controls={
        relaxed_risk_is_half_the_squared_error: UPSIDE_DOWN,
        rank_bound_is_the_least_width: RANK_TOO_SMALL,
        input_gram_has_full_rank: DEPENDENT_INPUTS,
    },
    strategy=relaxed_problems,
)


@YSJ18_E3.step(
    premises=(rank_bound_is_the_least_width,),
    gives=every_map_is_feasible,
    controls={rank_bound_is_the_least_width: RANK_TOO_SMALL},
)
def the_bound_is_no_constraint(s: RelaxedProblem, bound: Verdict) -> Verdict:
    """A matrix of d_y rows and d_x columns has rank at most min(d_x, d_y)."""
    return size_at_most(min(any_map(s).shape), s.rank_bound)


@YSJ18_E3.step(
    premises=(relaxed_risk_is_half_the_squared_error,),
    gives=relaxed_gradient_is_error_times_inputs,
    controls={relaxed_risk_is_half_the_squared_error: DOUBLE},
)
def differentiate_the_square(s: RelaxedProblem, half: Verdict) -> Verdict:
    """The first-order term of the square in a change D of R is <(R X - Y) X^T, D>."""
    here = any_map(s)
    error = (here @ s.X.over(here.field) - s.Y.over(here.field)) @ s.X.T.over(here.field)

    def first_order(number: int) -> Verdict:
        unit = map_units(s, here.field)[number]
        ahead, back = s.value(here + unit), s.value(here - unit)
        return equal((ahead - back) * HALF, inner(error, unit))

    return for_all(range(s.output_width * s.input_width), first_order, "entry")


@YSJ18_E3.step(
    premises=(relaxed_risk_is_half_the_squared_error,),
    gives=relaxed_risk_is_convex,
    controls={relaxed_risk_is_half_the_squared_error: UPSIDE_DOWN},
)
def square_of_an_affine_map_is_convex(s: RelaxedProblem, half: Verdict) -> Verdict:
    """R X - Y is affine in R, and half a square of it bends by |D X|^2 in each direction D."""
    here = any_map(s)
    origin = here.scale(0)
    bend = s.value(here) + s.value(-here) - s.value(origin) * 2
    return equal(bend, squared_norm(here @ s.X.over(here.field)))


@YSJ18_E3.step(
    premises=(relaxed_gradient_is_error_times_inputs, input_gram_has_full_rank),
    gives=normal_solution_is_the_only_critical_map,
    controls={
        relaxed_gradient_is_error_times_inputs: NOTHING,
        input_gram_has_full_rank: DEPENDENT_INPUTS,
    },
)
def set_the_derivative_to_zero(s: RelaxedProblem, gradient: Verdict, full: Verdict) -> Verdict:
    """(R X - Y) X^T = 0 is R X X^T = Y X^T, and X X^T is invertible."""
    gram = s.X @ s.X.T
    return all_of(solves=equal(s.normal_solution @ gram, s.Y @ s.X.T), only_one=nonsingular(gram))


@YSJ18_E3.step(
    premises=(relaxed_risk_is_convex, normal_solution_is_the_only_critical_map),
    gives=normal_solution_is_the_unique_minimum_of_all_maps,
    controls={
        relaxed_risk_is_convex: UPSIDE_DOWN,
        normal_solution_is_the_only_critical_map: DEPENDENT_INPUTS,
    },
)
def critical_maps_of_a_convex_risk_are_minima(
    s: RelaxedProblem, convex: Verdict, only: Verdict
) -> Verdict:
    """A critical point of a convex function is a global minimum, and each minimum is critical."""
    here = any_map(s)
    step = here - s.normal_solution.over(here.field)
    slopes = s.field.matrix(
        [
            [
                (s.value(s.normal_solution + u) - s.value(s.normal_solution - u)) * HALF
                for u in map_units(s, s.field)
            ]
        ]
    )
    bend = step.flatten().T @ relaxed_hessian(s).over(here.field) @ step.flatten()
    slope = (slopes.over(here.field) @ step.flatten())[0, 0]
    quadratic = s.value(s.normal_solution) + slope + bend[0, 0] * HALF
    return equal(s.value(here), quadratic)


@YSJ18_E3.step(
    premises=(every_map_is_feasible, normal_solution_is_the_unique_minimum_of_all_maps),
    gives=normal_solution_is_the_unique_optimum,
    controls={
        every_map_is_feasible: RANK_TOO_SMALL,
        normal_solution_is_the_unique_minimum_of_all_maps: DEPENDENT_INPUTS,
    },
)
def minimum_of_all_maps_is_feasible(
    s: RelaxedProblem, feasible: Verdict, minimum: Verdict
) -> Verdict:
    """The minimum over all maps is the optimum where all maps are feasible."""
    return all_of(feasible=rank_at_most(s.normal_solution, s.rank_bound), unique=minimum)
