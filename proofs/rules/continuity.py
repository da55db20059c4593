"""Continuity, what stays true nearby, and the implicit function theorem."""

from symbolic_landscape.proofs.rules.analytic import KRANTZ_PARKS, analytic_in
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN
from symbolic_landscape.proofs.rules.objects import A2, A, hi, i, k, lo, n, r, s, x
from symbolic_landscape.proofs.rules.points import (
    K2,
    U2,
    H,
    I,
    K,
    U,
    V,
    a,
    a2,
    agree,
    c,
    close,
    continuous,
    depends_on,
    e,
    e2,
    flat,
    hessian,
    is_zero,
    moved,
    near,
    nondegenerate,
    slope_along,
    t,
)
from symbolic_landscape.statement.language import (
    both,
    each,
    either,
    every,
    exists,
    function,
    like,
    matrix,
    rank,
    true,
    update,
)
from symbolic_landscape.statement.rule import rule

MARSDEN = "Marsden, Elementary Classical Analysis, 7.2"

smaller_of_two = rule(r > 0, s > 0, then=exists(x, both(x > 0, x <= r, x <= s)))
full_rank_is_open = rule(
    rank(A) == n,
    then=exists(r, both(r > 0, every(A2, close(A2, A, r) >> (rank(A2) == n)))),
    source="Horn and Johnson, Matrix Analysis, 0.4",
)
continuous_of_twice_smooth = rule(
    twice_smooth(H), depends_on(H, lo, hi), then=continuous(H, U, a, lo, hi), source=RUDIN
)
continuous_of_analytic = rule(
    analytic_in(lo, hi, H), then=continuous(H, U, a, lo, hi), source=KRANTZ_PARKS
)
close_to_itself = rule(r > 0, then=close(A, A, r))
wider_box = rule(near(V, c, U, a, lo, hi, r), r <= s, then=near(V, c, U, a, lo, hi, s))
radius_property = function("radius_property", i, function("", s, true))
common_radius = rule(
    each(i, lo, hi, exists(s, both(s > 0, radius_property(i)(s)))),
    each(
        i, lo, hi, every(s, t, both(radius_property(i)(s), 0 < t, t <= s) >> radius_property(i)(t))
    ),
    then=exists(s, both(s > 0, each(i, lo, hi, radius_property(i)(s)))),
)
"""What holds for each index up to some radius holds for all of them up to the least one."""
joined = rule(then=exists(V, both(each(i, lo, k, V[i] == U[i]), each(i, k + 1, hi, V[i] == U2[i]))))
"""Two families make a third one, of the first up to k and of the second from there on."""
implicit_function = rule(
    twice_smooth(H),
    depends_on(H, lo, hi),
    flat(H, U, a, I, lo, hi),
    nondegenerate(H, U, a, I, lo, hi),
    then=every(
        r,
        (r > 0)
        >> exists(
            s,
            both(
                s > 0,
                every(
                    V,
                    c,
                    near(V, c, U, a, lo, hi, s)
                    >> exists(
                        U2,
                        a2,
                        both(
                            near(U2, a2, U, a, lo, hi, r),
                            each(i, lo, hi, either(I(i), both(U2[i] == V[i], a2[i] == c[i]))),
                            flat(H, U2, a2, I, lo, hi),
                        ),
                    ),
                ),
            ),
        ),
    ),
    source=MARSDEN,
    external=True,
)
"""The gradient of H in the members of I vanishes at (U, a), and its Jacobian is nonsingular: near
(U, a) there is a zero of it over each choice of the other members, as near as one likes."""
critical_at = every(K, e, slope_along(H, U, a, K, e) == 0)
critical_there = every(K, e, slope_along(H, V, c, K, e) == 0)
null = every(K2, e2, hessian(H, U, a, K, e, K2, e2) == 0)
other_nearby = both(near(V, c, U, a, lo, hi, r), ~agree(V, c, U, a, lo, hi))
isolated_where_nondegenerate = rule(
    twice_smooth(H),
    depends_on(H, lo, hi),
    critical_at,
    every(K, e, null >> is_zero(K, e, lo, hi)),
    then=exists(r, both(r > 0, every(V, c, other_nearby >> ~critical_there))),
    source="Rudin, Principles of Mathematical Analysis, 9.24",
    external=True,
)
"""By the inverse function theorem the gradient has one zero near a point where it is 0 and its
Jacobian, the Hessian of H, is nonsingular."""
line_stays_near = rule(
    r > 0,
    then=exists(
        s,
        both(
            s > 0,
            every(t, both(-s < t, t < s) >> near(*moved(U, a, (t, K, e)), U, a, lo, hi, r)),
        ),
    ),
)

A3 = like("A3", A)
box_is_open = rule(
    close(A2, A, r),
    then=exists(s, both(s > 0, every(A3, close(A3, A2, s) >> close(A3, A, r)))),
    source=RUDIN,
)
M = matrix("M", U[k].rows, U[k].columns)
near_with_member = rule(
    each(i, lo, hi, close(V[i], U[i], r)),
    close(M, U[k], r),
    then=each(i, lo, hi, close(update(V, k, M)[i], U[i], r)),
)
small_step = rule(
    r > 0, then=exists(s, both(s > 0, close(A + s * A2, A, r), close(A - s * A2, A, r)))
)
small_multiples = rule(
    r > 0,
    then=exists(s, both(s > 0, every(t, both(t > 0, t < s) >> close(A + t * A2, A, r)))),
)
member = matrix("member", U[i].rows, U[i].columns)
Q = function("Q", i, function("", member, true))
"""A property of a matrix for each index."""
family_of_choices = rule(
    each(i, lo, hi, exists(member, Q(i)(member))), then=exists(U, each(i, lo, hi, Q(i)(U[i])))
)
