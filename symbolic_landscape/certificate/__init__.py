"""Certificates of `classify`: written here, checked again by the stand-alone `verifier`."""

from __future__ import annotations
