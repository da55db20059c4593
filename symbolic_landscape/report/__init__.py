"""What was found, written for people and for programs; nothing in here decides anything.

Modules: `data` (JSON and its schemas), `text` and `pages` (lines for the terminal), `errata`,
`coverage`, `junit`, `graphs` and `drawing` (the graphs in five formats), `template` (a first
statement for a user), `output` (where it all goes).
"""
