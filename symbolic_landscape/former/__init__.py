"""The first form of statements, and the checks that judge it; this folder will be deleted.

In this form a statement lists facts, each a Python function of an instance, and a step is a
function of its premises' verdicts. The papers are converted one after the other into a second form,
in which steps are data that a kernel accepts or refuses; with the last of them this folder goes.
"""
