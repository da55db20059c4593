"""The papers, one package each, in the order in which they are listed and checked."""

PAPERS: tuple[str, ...] = (
    "common",
    "nguyen_hein_2017",
    "yun_sra_jadbabaie_2018",
    "petzka_sminchisescu_2021",
    "cooper_2018",
    "cooper_2021",
)
