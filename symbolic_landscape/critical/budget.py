"""How much processor time one decision may take.

Objects: Budget.

Design notes. The searches of a decision ask between their steps whether any time is left; what they
have found until then stands. One step, such as an elimination, is not interrupted: its size is
bounded before it starts, and the command `classify` is ended as a whole when it takes too long.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from symbolic_landscape.errors import DomainError

SECONDS = 10.0


@dataclass(frozen=True)
class Budget:
    """So many seconds of processor time from now on."""

    seconds: float = SECONDS
    start: float = field(default_factory=time.process_time)

    @property
    def is_spent(self) -> bool:
        """Whether no time is left."""
        return time.process_time() - self.start >= self.seconds

    def need(self, work: str) -> None:
        """Raise DomainError if no time is left for the work."""
        if self.is_spent:
            message = f"the budget of {self.seconds:g} s was used up before {work}"
            raise DomainError(message)
