"""The first form of statements, and the checks that judge it.

Here a statement is a list of facts, each a Python function of an instance, and a step is a function
of the premises' verdicts. Every paper is being written in a second form, as rules and derivations
that a kernel accepts or refuses; this folder goes away with the last paper of the first form.
"""
