"""Section 5: the Morse lemma, which is assumed.

Notation: nu is the index, the number of negative eigenvalues of the Hessian.

Statements
- C21.Morse: near a nondegenerate critical point a function is a quadratic form in coordinates.
"""

from symbolic_landscape.proofs.cooper_2021.settings import function_decisions
from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    FUNCTION,
    critical_,
    hessian_,
    phi,
    q,
    y,
)
from symbolic_landscape.statement.language import det, natural, predicate
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.notation import Notation

nu = natural("nu")
infinitely_smooth = predicate("infinitely smooth")
index, morse = predicate("index of the Hessian"), predicate("Morse coordinates")
MORSE = FUNCTION.extended(
    "a function of vectors, its index, and coordinates",
    decisions={
        "index of the Hessian": function_decisions.index_of_hessian,
        "Morse coordinates": function_decisions.morse_coordinates,
    },
    notation={
        "index of the Hessian": Notation(
            "the Hessian of {1} has {3} negative eigenvalues at {2}, of {0}",
            r"\nabla^2 {1}({2}) \text{{ has }} {3} \text{{ negative eigenvalues, of }} {0}",
        ),
        "Morse coordinates": Notation(
            "in coordinates near {2}, {1} is a constant less {3} squares plus {0} - {3} squares",
            r"{1} = {1}({2}) - u_1^2 - \ldots - u_{3}^2 + \ldots + u_{0}^2 \text{{ near }} {2}",
        ),
    },
)
MORSE_LEMMA = Statement(
    "C21.Morse",
    MORSE,
    kind="external",
    title="Morse lemma",
    where="Section 5 (Lee 2009, Theorem 2.39)",
    lines=(446, 452),
    names=(nu,),
    given={
        "smooth": infinitely_smooth(phi),
        "critical": critical_(q, phi, y),
        "nondegenerate": det(hessian_(q, phi, y)) != 0,
        "index": index(q, phi, y, nu),
    },
    then=morse(q, phi, y, nu),
)
