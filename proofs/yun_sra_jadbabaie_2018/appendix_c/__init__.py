"""Appendix C: deferred proofs."""
