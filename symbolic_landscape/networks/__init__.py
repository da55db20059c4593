"""Networks, samples and parameters: exact data, validated once, with the shapes of all layers."""

from __future__ import annotations

from symbolic_landscape.networks.data import Parameters, Samples
from symbolic_landscape.networks.labelled import LabelledNetwork, LabelledPoint
from symbolic_landscape.networks.layers import Layer
from symbolic_landscape.networks.network import Network

Point = Parameters | LabelledPoint
"""A point of a network, plain or labelled."""

__all__ = [
    "LabelledNetwork",
    "LabelledPoint",
    "Layer",
    "Network",
    "Parameters",
    "Point",
    "Samples",
]
