"""The command `verify`: a certificate of `classify`, checked again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symbolic_landscape.command.interface import Common
from symbolic_landscape.errors import ProblemError


def verify(
    _: Common,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The certificate.")],
) -> int:
    """Checks each claim of a certificate of classify again, without the rest of the program.

    Loss, gradient and Hessian are computed from the problem in the certificate; its boxes,
    directions and better points are only tried. The verifier is one file that needs Python alone:
    symbolic_landscape/certificate/verifier.py. The certificate is data and is never run.

    Exit status: 0 every claim holds, 1 one fails, 2 no certificate, 3 one is not covered.
    """
    from symbolic_landscape.certificate import verifier
    from symbolic_landscape.report.output import print_lines

    try:
        lines = verifier.verify_file(str(file))
    except verifier.BadFileError as error:
        raise ProblemError(verifier.printable(str(error))) from error
    print_lines(map(str, lines))
    return verifier.status(lines)
