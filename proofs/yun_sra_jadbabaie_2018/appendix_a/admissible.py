"""Appendix A.3 and A.4: the direction that steers layer j is in its class.

Notation as in `steering`.

Statements
- YSJ18.I5.error: r is of linear growth.
- YSJ18.I5.zero: eta is 0 at 0.
- YSJ18.I5.moved: eta is in F_j, if the inverse below is differentiable.
- YSJ18.I5: eta is in F_1.
"""

from symbolic_landscape.proofs.rules import (
    entries,
    maps,
    numbers,
    order,
    signs,
)
from symbolic_landscape.proofs.rules.maps import differentiable, square, twice_differentiable
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.steering import (
    GROWTH,
    INVERSE,
    conditions,
    eta,
    right_inverse,
    steering,
    w,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.classes import A2, layers, network
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    LAYER_MOVED,
    MOVED_BACK,
    H,
    J,
    back,
    d,
    down_,
    eps,
    eps1,
    expands,
    h,
    in_class,
    j,
    nothing,
    pseudoinverse,
    r,
    redone,
    steep,
    target,
    undone,
    up_,
    y,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    exists,
    fn,
    identity_matrix,
    inverse,
    real,
    the,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

c = real("c")

error_at_0 = r(nothing(0)) == 0
error_grows = exists(c, every(y, square(r(y)) <= c * square(y)))
error_map = fn(y, r(y))
s, t = real("s"), real("t")
ERROR = Statement(
    "YSJ18.I5.error",
    LAYER_MOVED,
    title="The error is of linear growth",
    where="Appendix A.3",
    lines=(477, 481),
    given={},
    then=both(differentiable(error_map), error_at_0, error_grows),
    proof=[
        have("classes", None, cite(A2)),
        have("network", network, logic, "classes"),
        have("output", differentiable(up_(h)[0]), logic, "network"),
        have("h*", differentiable(target), logic, "standing 4"),
        have(
            "differentiable",
            differentiable(error_map),
            by(maps.differentiable_difference),
            "output",
            "h*",
        ),
        have("output at 0", up_(h)[0](nothing(0)) == 0, logic, "network"),
        have("h* at 0", target(nothing(0)) == 0, logic, "standing 4"),
        have("at 0", error_at_0, calculation, "output at 0", "h* at 0"),
        have(
            "output grows",
            exists(c, every(y, square(up_(h)[0](y)) <= c * square(y))),
            logic,
            "network",
        ),
        have("output bound", None, obtain(s), "output grows"),
        have(
            "h* grows",
            exists(c, every(y, square(target(y)) <= c * square(y))),
            logic,
            "standing 4",
        ),
        have("h* bound", None, obtain(t), "h* grows"),
        have(
            "bound",
            every(y, square(r(y)) <= (2 * s + 2 * t) * square(y)),
            arbitrary(
                y,
                proof=[
                    have("output at y", None, at(y), "output bound"),
                    have("h* at y", None, at(y), "h* bound"),
                    have(
                        "sum",
                        None,
                        by(entries.squares_not_negative, A=up_(h)[0](y) + target(y)),
                    ),
                    have(
                        "error at y",
                        square(r(y)) <= (2 * s + 2 * t) * square(y),
                        linear,
                        "output at y",
                        "h* at y",
                        "sum",
                    ),
                ],
            ),
        ),
        have("grows", error_grows, take(2 * s + 2 * t), "bound"),
        have(
            "all",
            both(differentiable(error_map), error_at_0, error_grows),
            logic,
            "differentiable",
            "at 0",
            "grows",
        ),
    ],
)

ZERO = Statement(
    "YSJ18.I5.zero",
    MOVED_BACK,
    title="The steering direction of a layer is 0 at 0",
    where="Appendix A.3 and A.4",
    lines=(477, 477),
    given={"undone": undone},
    then=eta(nothing(j - 1)) == 0,
    proof=[
        have("classes", None, cite(A2)),
        have("layers", layers, logic, "classes"),
        have("below", None, at(j - 1), "layers"),
        have("0 below", down_(h)[j - 1](nothing(0)) == 0, logic, "below"),
        have("back", None, at(nothing(0)), "undone"),
        have(
            "0 is",
            back(down_(h)[j - 1](nothing(0))) == back(nothing(j - 1)),
            calculation,
            "0 below",
        ),
        have("0 back", back(nothing(j - 1)) == 0, calculation, "<0 is", "back"),
        have("network", network, logic, "classes"),
        have("output at 0", up_(h)[0](nothing(0)) == 0, logic, "network"),
        have("h* at 0", target(nothing(0)) == 0, logic, "standing 4"),
        have(
            "at 0",
            eta(nothing(j - 1)) == 0,
            calculation,
            "0 back",
            "output at 0",
            "h* at 0",
        ),
    ],
)

A = fn(w, J(j, h[j](w)))
turned = fn(w, J(j, h[j](w)).T)
gram = fn(w, J(j, h[j](w)) @ J(j, h[j](w)).T)
smooth_above = twice_differentiable(d[j], d[H + 1], up_(h)[j])
gram_inverse = every(w, gram(w) @ inverse(gram(w)) == identity_matrix(d[H + 1]))
inverted = {"undone": undone, "redone": redone}
scale = eps * eps * (eps1 * eps1)
room = 1 + c * c
MOVED = Statement(
    "YSJ18.I5.moved",
    MOVED_BACK,
    title="The steering direction of a layer, if the inverse below it is differentiable",
    where="Appendix A.3 and A.4",
    lines=(514, 531),
    given={
        **conditions,
        "twice differentiable": smooth_above,
        "bound below": eps1 > 0,
        "expands": expands,
        **inverted,
        "inverse": differentiable(back),
    },
    then=in_class(j, eta),
    proof=[
        have("error", None, cite(ERROR)),
        have("error map", differentiable(error_map), logic, "error"),
        have("error grows", error_grows, logic, "error"),
        have("right inverses", None, cite(INVERSE)),
        have("right inverse", right_inverse, logic, "right inverses"),
        have(
            "jacobian",
            differentiable(maps.jacobian_map(up_(h)[j], d[H + 1], d[j])),
            logic,
            "twice differentiable",
        ),
        have("class here", None, at(j), "standing 5"),
        have("layer", differentiable(h[j]), logic, "class here"),
        have("A", differentiable(A), by(maps.differentiable_composed), "jacobian", "layer"),
        have("turned", None, by(maps.differentiable_transpose, F=A), "A"),
        have(
            "gram",
            differentiable(gram),
            by(maps.differentiable_product, F=A, G=turned),
            "A",
            "turned",
        ),
        have(
            "invertible",
            gram_inverse,
            arbitrary(w, proof=[have("at w", None, at(h[j](w)), "right inverse")]),
        ),
        have(
            "inverted",
            differentiable(fn(w, inverse(gram(w)))),
            by(maps.differentiable_inverted),
            "gram",
            "invertible",
        ),
        have(
            "pseudoinverse",
            differentiable(fn(w, pseudoinverse(j, h[j](w)))),
            by(maps.differentiable_product, F=turned, G=fn(w, inverse(gram(w)))),
            "turned",
            "inverted",
        ),
        have(
            "error back",
            differentiable(fn(w, r(back(w)))),
            by(maps.differentiable_composed, D=error_map, P=back),
            "error map",
            "inverse",
        ),
        have(
            "eta",
            differentiable(eta),
            by(
                maps.differentiable_product,
                F=fn(w, pseudoinverse(j, h[j](w))),
                G=fn(w, r(back(w))),
            ),
            "pseudoinverse",
            "error back",
        ),
        have("at 0", None, cite(ZERO)),
        have("constant", None, obtain(c), "error grows"),
        have("square of c", None, by(order.square_not_negative, s=c)),
        have("half", None, by(order.square_not_negative, s=2 * c - 1)),
        have("room", room >= 0, linear, "square of c"),
        have("more", room - c >= 0, linear, "square of c", "half"),
        have(
            "grows",
            every(y, square(r(y)) <= room * square(y)),
            arbitrary(
                y,
                proof=[
                    have("at y", None, at(y), "constant"),
                    have("length", None, by(entries.squares_not_negative, A=y)),
                    have(
                        "spare",
                        (room - c) * square(y) >= 0,
                        by(signs.product_not_negative),
                        "more",
                        "length",
                    ),
                    have("larger", square(r(y)) <= room * square(y), linear, "at y", "spare"),
                ],
            ),
        ),
        have("grown", None, cite(GROWTH, N=room)),
        have("above 0", eps * eps > 0, by(order.positive_product), "bound", "bound"),
        have("below 0", eps1 * eps1 > 0, by(order.positive_product), "bound below", "bound below"),
        have("scale", scale > 0, by(order.positive_product), "above 0", "below 0"),
        have(
            "quotients",
            every(w, square(eta(w)) <= room * recip(scale) * square(w)),
            arbitrary(
                w,
                proof=[
                    have("at w", None, at(w), "grown"),
                    have(
                        "quotient",
                        square(eta(w)) <= room * square(w) * recip(scale),
                        by(numbers.quotient_bound, s=scale),
                        "scale",
                        "at w",
                    ),
                ],
            ),
        ),
        have(
            "growth",
            exists(c, every(w, square(eta(w)) <= c * square(w))),
            take(room * recip(scale)),
            "quotients",
        ),
        have("class", in_class(j, eta), logic, "eta", "at 0", "growth"),
    ],
)

same, one = fn(y, y), Expr(the(1))
first = steering(1, same)
I5_GIVEN = {
    "bound": eps > 0,
    "steep": steep(h, 1, eps),
    "twice differentiable": twice_differentiable(d[1], d[H + 1], up_(h)[1]),
}
I5 = Statement(
    "YSJ18.I5",
    LAYER_MOVED,
    title="Admissibility of the steering direction",
    kind="identity",
    where="Appendix A.3",
    lines=(477, 494),
    given=I5_GIVEN,
    then=in_class(1, first),
    proof=[
        have("inverse", None, by(maps.differentiable_identity, n=d[0])),
        have("one", one > 0, linear),
        have(
            "expands",
            every(y, square(y) <= square(down_(h)[0](y))),
            arbitrary(y, proof=[have("same", square(y) <= square(down_(h)[0](y)), logic, "one")]),
        ),
        have("class", in_class(1, first), cite(MOVED, j=1, back=same, eps1=1)),
    ],
)
