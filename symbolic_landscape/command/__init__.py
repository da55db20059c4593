"""The command `lemma-check`: options in, calls to the engine, lines out; no logic of its own.

Modules are imported inside the commands, so that `--help` and `list` stay quick.

Commands: list, check, attack, show, step, break, explain, graph, errata, falsify, coverage,
classify, certify, verify, new.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from symbolic_landscape.command.attack import attack
from symbolic_landscape.command.certify import certify
from symbolic_landscape.command.classify import classify
from symbolic_landscape.command.coverage import coverage
from symbolic_landscape.command.errata import errata
from symbolic_landscape.command.exercise import app as exercise
from symbolic_landscape.command.find import find
from symbolic_landscape.command.hunt import hunt
from symbolic_landscape.command.interface import (
    BAD_INPUT,
    Common,
    Jobs,
    OneSentence,
    Scheduler,
    command,
    complete_key,
    complete_paper,
    crew,
    known,
    loaded,
    status_with_broken,
    store,
    top,
)
from symbolic_landscape.command.supervision import limited, longest, runs_own_code, watched
from symbolic_landscape.command.verify import verify
from symbolic_landscape.command.walking import break_, falsify, step

COLLECTED = (50_000, 20, 20)
"""After so many new objects the collector looks for circles: trees and numbers make few of them."""

app = typer.Typer(
    name="lemma-check",
    cls=OneSentence,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True)(top)


class Reading(StrEnum):
    """Which reading of the statements."""

    printed = "printed"
    repaired = "repaired"
    both = "both"


class CheckFormat(StrEnum):
    """Formats of a check's report."""

    text = "text"
    json = "json"
    junit = "junit"


class GraphFormat(StrEnum):
    """Formats of a graph."""

    dot = "dot"
    svg = "svg"
    mermaid = "mermaid"
    json = "json"
    html = "html"


Keys = Annotated[
    list[str] | None,
    typer.Argument(metavar="KEY", help="Keys of statements.", autocompletion=complete_key),
]
Key = Annotated[
    str,
    typer.Argument(metavar="KEY", help="The key of a statement.", autocompletion=complete_key),
]
Paper = Annotated[
    str | None,
    typer.Option(metavar="P", help="Only this paper.", autocompletion=complete_paper),
]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]
Seed = Annotated[int, typer.Option(metavar="S", help="Seed of the search.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all."),
]


@command(app, "lemma-check list --kind lemma --proofs my_proofs")
def list_(
    common: Common,
    paper: Paper = None,
    kind: Annotated[str | None, typer.Option(metavar="K", help="Only this kind.")] = None,
    papers: Annotated[
        bool, typer.Option("--papers", help="Instead the papers: authors, year, identifier.")
    ] = False,
    json: Json = False,
) -> int:
    """Statements with kind, title and place in the paper; runs no lemma file."""
    from symbolic_landscape.library.catalogue import entries
    from symbolic_landscape.library.notes import listed
    from symbolic_landscape.report.data import dump, list_data
    from symbolic_landscape.report.listing import chosen, list_lines, paper_lines, papers_data
    from symbolic_landscape.report.output import print_lines

    with store(common) as kept:
        declared = (*listed(kept), *entries(common.folders(), inside=()))
    rows = chosen(declared, paper, kind)
    if papers:
        from symbolic_landscape.library.loading import papers as papers_of

        found = {key: one for key, one in papers_of().items() if paper in (None, key)}
        if json:
            sys.stdout.write(dump(papers_data(found, rows)))
        else:
            print_lines(paper_lines(found, rows))
        return 0
    if json:
        sys.stdout.write(dump(list_data(rows)))
    else:
        print_lines(list_lines(rows))
    return 0


@command(app, "lemma-check check MINE.L1 --proofs my_proofs --jobs 2 --format json")
def check(
    common: Common,
    keys: Keys = None,
    paper: Paper = None,
    reading: Annotated[Reading, typer.Option(help="Which reading to check.")] = Reading.both,
    jobs: Jobs = 1,
    instances: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="So many instances a search may generate; one in four is drawn.",
        ),
    ] = None,
    seed: Seed = 0,
    bits: Annotated[int, typer.Option(metavar="B", min=16, help="Bits of balls.")] = 256,
    scheduler: Scheduler = None,
    timeout: Annotated[
        float | None, typer.Option(metavar="SEC", help="Longest time for each reading.")
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep earlier results.")
    ] = False,
    form: Annotated[
        CheckFormat, typer.Option("--format", help="Format of the report.")
    ] = CheckFormat.text,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Output = None,
) -> int:
    """Checks statements and everything below them; without KEY, all of them.

    Ctrl-C ends the run with a report of what is done.
    """
    from symbolic_landscape.library import run
    from symbolic_landscape.report.output import print_lines, watching, writable, write_file
    from symbolic_landscape.report.text import check_lines, summary_line
    from symbolic_landscape.report.writing import written

    if json:
        form = CheckFormat.json
    target = writable(output) if output is not None else None
    with nullcontext() if no_cache else store(common) as kept:
        proofs = known(common, kept, keys or (), paper, reading.value)
        with (
            crew(scheduler, limit=timeout) as cluster,
            watching("checking", common.quiet) as progress,
        ):
            report = run.check(
                proofs,
                keys or (),
                paper=paper,
                reading=reading.value,
                jobs=jobs,
                timeout=timeout,
                instances=instances,
                seed=seed,
                bits=bits,
                store=kept,
                progress=progress,
                cluster=cluster,
            )
    if target is not None:
        write_file(target, written(report, form.value, keys or (), common.verbose))
        common.warn(f"wrote {target}: {summary_line(report)}")
    elif form is CheckFormat.text:
        lines = check_lines(report, keys or (), verbose=common.verbose)
        print_lines([summary_line(report)] if common.quiet else lines)
    else:
        sys.stdout.write(written(report, form.value))
    if report.interrupted:
        common.warn("interrupted: what was not judged is reported as undecided")
    return status_with_broken(report.exit_status, proofs, keys or ())


@command(app, "lemma-check show MINE.L1 --proofs my_proofs")
def show(
    common: Common,
    key: Key,
    everything: Annotated[
        bool, typer.Option("--all", help="All definitions, and what each step rests on.")
    ] = False,
    reading: Annotated[Reading, typer.Option(help="Which reading to show.")] = Reading.both,
    text: Annotated[
        Path | None,
        typer.Option("--text", metavar="FILE", help="The paper's text, shown beside the steps."),
    ] = None,
    trust: Annotated[
        bool,
        typer.Option(
            "--trust", help="Instead, all that must be believed: kernel, rules, formulas."
        ),
    ] = False,
    json: Json = False,
) -> int:
    """Setting, hypotheses, conclusion, the proof step by step, and the last status.

    A long one is shown in outline; with --reading or --all, whole. With --trust, what a reader must
    believe where the statement is called derived; without --reading, that of the repaired reading
    where there is one.
    """
    from symbolic_landscape.library import run
    from symbolic_landscape.report import trust as believed
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import print_lines, read_lines, watching
    from symbolic_landscape.report.pages import show_data, show_lines

    proofs = loaded(common, [key])
    lemma = proofs[key]
    paper = read_lines(text, "--text") if text is not None else ()
    if trust:
        one = "repaired" if reading is Reading.both else reading.value
        with store(common) as kept, watching("checking", common.quiet) as progress:
            report = run.check(proofs, [key], reading=one, store=kept, progress=progress)
        found = believed.trust(lemma, one, report, proofs.rules)
        if json:
            sys.stdout.write(dump(believed.trust_data(found)))
        else:
            print_lines(believed.trust_lines(found))
        return 0
    with store(common) as kept:
        last = run.kept(proofs, run.plan(proofs, [key]), kept)
    if json:
        sys.stdout.write(dump(show_data(lemma, proofs, last)))
    else:
        lines = show_lines(
            lemma, proofs, last, reading=reading.value, everything=everything, paper=paper
        )
        print_lines(lines)
    return 0


command(app, "lemma-check step MINE.L1 --proofs my_proofs --all")(step)
command(app, 'lemma-check break MINE.L1 "full rank" --proofs my_proofs')(break_)


@command(app, "lemma-check explain MINE.L1 --proofs my_proofs")
def explain(common: Common, key: Key, json: Json = False) -> int:
    """Why this status: the failed obligation, the smallest counterexample, what would be needed."""
    from symbolic_landscape.library import run
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.explaining import explain_data
    from symbolic_landscape.report.output import print_lines, watching
    from symbolic_landscape.report.pages import explain_lines

    proofs = loaded(common, [key])
    lemma = proofs[key]
    with store(common) as kept, watching("checking", common.quiet) as progress:
        report = run.check(proofs, [key], store=kept, progress=progress)
    if json:
        sys.stdout.write(dump(explain_data(lemma, report)))
    else:
        print_lines(explain_lines(lemma, report))
    return report.exit_status


@command(app, "lemma-check graph --proof MINE.L1 --proofs my_proofs --format svg")
def graph(
    common: Common,
    keys: Keys = None,
    proof: Annotated[
        str | None,
        typer.Option(
            metavar="KEY", help="The proof graph of this one.", autocompletion=complete_key
        ),
    ] = None,
    form: Annotated[
        GraphFormat, typer.Option("--format", help="Format of the graph.")
    ] = GraphFormat.dot,
) -> int:
    """The graph of citations, coloured by the last status; with KEY, what lies below and above it.

    With --proof, the facts and steps of one proof.
    """
    from symbolic_landscape.library import run
    from symbolic_landscape.library.desk import alone
    from symbolic_landscape.report.graphs import proof_picture, render, statement_picture

    proofs = loaded(common, () if proof is None else [proof])
    if proof is not None:
        printed = proofs.printed(proof)
        picture = proof_picture(printed, alone(proofs, printed))
    else:
        with store(common) as kept:
            last = run.kept(proofs, proofs.readings, kept)
        picture = statement_picture(proofs, last.statuses, keys or ())
    sys.stdout.write(render(picture, form.value))
    return 0


command(app, "lemma-check errata --proofs my_proofs --format md")(errata)


command(app, 'lemma-check falsify MINE.L1 --proofs my_proofs --drop "full rank"')(falsify)


command(app, "lemma-check coverage --proofs my_proofs --json")(coverage)
command(app, "lemma-check attack MINE.L1 --proofs my_proofs")(attack)
command(app, "lemma-check classify problem.json --json")(classify)
command(app, "lemma-check certify problem.json -o certificate.json")(certify)
command(app, "lemma-check verify certificate.json")(verify)
command(app, "lemma-check hunt --widths 1,4,1 --samples 5 -o problem.json")(hunt)
command(app, 'lemma-check find "local minimum, not global, tanh, one hidden layer"')(find)


@command(app, "lemma-check report -o site")
def report(
    common: Common,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the site.")
    ],
) -> int:
    """The static web site: statements, proofs, the graph, errata and rules, without a server.

    It shows what earlier checks found, and of the rest what can be said without a check. The folder
    must be new, empty, or that of an earlier site.
    """
    from symbolic_landscape.library import run
    from symbolic_landscape.report.site import write_site

    proofs = loaded(common)
    with store(common) as kept:
        last = run.kept(proofs, proofs.readings, kept)
    number = write_site(output, proofs, last)
    common.warn(f"wrote {output / 'index.html'} and {number - 1} files more")
    return 0


@command(app, "lemma-check notebooks -o notebooks")
def notebooks(
    common: Common,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder for the notebooks.")
    ],
) -> int:
    """The notebooks, to be opened in Jupyter and changed; nothing is written over.

    They are run by `pip install "symbolic-landscape[notebooks]" jupyterlab` and `jupyter lab DIR`.
    """
    from symbolic_landscape.report.notebooks import write_notebooks

    for path in write_notebooks(output):
        common.warn(f"wrote {path}")
    return 0


@command(app, "lemma-check new MINE.L1 -o my_proofs/first.py")
def new(
    common: Common,
    key: Key,
    network: Annotated[
        bool, typer.Option("--network", help="A statement about a network, with instances.")
    ] = False,
    output: Output = None,
) -> int:
    """A commented template for a statement of your own; it passes its check as it stands.

    An existing file is never overwritten.
    """
    from symbolic_landscape.report.output import new_file
    from symbolic_landscape.report.template import template

    text = template(key, common.folders(), network=network)
    if output is None:
        sys.stdout.write(text)
    else:
        new_file(output, text)
        common.warn(f"wrote {output}; next: lemma-check check {key} --proofs {output.parent}")
    return 0


app.add_typer(exercise, name="exercise")


def main() -> None:
    """Runs the command with the arguments of the process."""
    if sys.stderr is None:  # it was closed
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # to the end
    if sys.stdout is None:
        sys.stderr.write("lemma-check: the standard output must be open, but is closed\n")
        sys.exit(BAD_INPUT)
    for name in [name for name in os.environ if name.startswith("NETWORKX_")]:
        del os.environ[name]  # another backend, or a misspelt one, has no say here
    gc.set_threshold(*COLLECTED)
    given = sys.argv[1:]
    seconds = longest(given)
    if runs_own_code(given):
        sys.exit(watched(app, seconds))
    sys.exit(app() if seconds is None else limited(app, seconds))
