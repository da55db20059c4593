"""`python -m symbolic_landscape`: the same as `lemma-check`."""

from __future__ import annotations

from symbolic_landscape.command import main

if __name__ == "__main__":
    main()
