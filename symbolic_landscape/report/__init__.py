"""What was found, written for people and for programs; nothing in here decides anything.

Modules: `data` (JSON and its schemas), `text`, `pages`, `listing` and `stepping` (lines for the
terminal), `walking` (walks, near misses, counterexamples), `problems` (problem files), `errata`,
`coverage`, `cases` and `junit` (test results), `graphs` and `drawing` (graphs in five formats),
`template` (a first statement for a user), `writing` and `output` (where it goes).
"""
