"""What holds for all tests.

Property tests draw the same examples in every run; `--hypothesis-profile=explore` draws new ones.
Commands that the tests start share one folder of compiled modules: without it loading takes twice
as long.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile("fixed")

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
COMPILED = Path(__file__).resolve().parent.parent / ".pytest_cache" / "compiled"
os.environ.setdefault("PYTHONPYCACHEPREFIX", str(COMPILED))
