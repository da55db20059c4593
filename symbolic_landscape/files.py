"""Reading the files that a user names: texts up to a size, and nothing else.

Function: read_text.
"""

from __future__ import annotations

from pathlib import Path

from symbolic_landscape.errors import ProblemError


def read_text(path: Path, what: str, most: int) -> str:
    """The text of a file in UTF-8 with at most so many characters; `what` names it in errors.

    Raises ProblemError where it cannot be read, is no such text, or is longer.
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(most + 1)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or "it is no text in UTF-8"
        message = f"{what} {path}: a readable file was needed, got: {cause}"
        raise ProblemError(message) from error
    if len(text) > most:
        message = f"{what} {path}: at most {most} characters are read, got more"
        raise ProblemError(message)
    return text
