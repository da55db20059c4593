"""Trains the small networks whose weights the tests read, and stores them with the real libraries.

Run as `python tests/weights/make.py`; it needs numpy, scikit-learn, torch, safetensors and onnx.
Each network is trained until its gradient is small, on the problem in the file of the same name.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
XOR = ([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])
LINE = ([[-2], [-1], [0], [1], [2], [3]], [[1], [-1], [0], [2], [1], [-2]])
CLASSES = ([[0, 1], [1, 0], [1, 2], [2, 1], [-1, 1], [0, 3]], [[0], [1], [2], [1], [0], [2]])


def problem(name: str, file: str, samples: tuple[Any, Any], **others: Any) -> None:
    """Writes the problem of a file of weights."""
    data = {
        "schema": "lemma-check/problem/2",
        **others,
        "samples": {"inputs": samples[0], "targets": samples[1]},
        "parameters": {"file": file, "digits": 12, **others.pop("parameters", {})},
        "near": True,
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def trained(layers: list[int], activation: Any, loss: Any, seed: int) -> Any:
    """A torch network in double precision at a point with a small gradient."""
    import torch

    torch.manual_seed(seed)
    parts: list[Any] = []
    for below, above in itertools.pairwise(layers):
        parts += [torch.nn.Linear(below, above), activation()]
    net = torch.nn.Sequential(*parts[:-1]).double()
    optimizer = torch.optim.LBFGS(
        net.parameters(),
        max_iter=5000,
        tolerance_grad=1e-14,
        tolerance_change=0,
        line_search_fn="strong_wolfe",
    )

    def closure() -> Any:
        optimizer.zero_grad()
        value = loss(net)
        value.backward()
        return value

    for _ in range(20):
        optimizer.step(closure)
    return net


def decay(net: Any, factor: float) -> Any:
    """The factor times the sum of squares of the matrices."""
    return factor * sum((p**2).sum() for p in net.parameters() if p.ndim == 2)


def main() -> None:
    """Writes all files."""
    import numpy as np
    import onnx
    import torch
    from onnx import TensorProto, helper, numpy_helper
    from safetensors.torch import save_file
    from sklearn.neural_network import MLPRegressor

    tensors = [torch.tensor(part, dtype=torch.float64) for part in (*XOR, *LINE, *CLASSES)]
    xor, xor_targets, line, line_targets, classes, labels = tensors

    net = trained(
        [2, 2, 1],
        torch.nn.Tanh,
        lambda net: ((net(xor) - xor_targets) ** 2).mean() + decay(net, 0.001),
        1,
    )
    torch.save(net.state_dict(), FOLDER / "xor.pt")
    problem(
        "xor", "xor.pt", XOR, widths=[2, 2, 1], activation="tanh", loss="mean", weight_decay="0.001"
    )

    net = trained(
        [2, 2, 3],
        torch.nn.Sigmoid,
        lambda net: (
            torch.nn.functional.cross_entropy(net(classes), labels[:, 0].long()) + decay(net, 0.05)
        ),
        2,
    )
    save_file(net.state_dict(), FOLDER / "classes.safetensors")
    problem(
        "classes",
        "classes.safetensors",
        CLASSES,
        widths=[2, 2, 3],
        activation="sigmoid",
        loss="mean cross_entropy",
        weight_decay="0.05",
    )

    net = trained(
        [1, 2, 1],
        torch.nn.Sigmoid,
        lambda net: ((net(line) - line_targets) ** 2).sum() + decay(net, 0.02),
        3,
    )
    arrays = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    np.savez(FOLDER / "line.npz", **arrays)
    problem("line", "line.npz", LINE, widths=[1, 2, 1], activation="sigmoid", weight_decay="0.02")

    net = trained(
        [1, 2, 2, 1],
        torch.nn.Tanh,
        lambda net: ((net(line) - line_targets) ** 2).mean() + decay(net, 0.02),
        4,
    )
    nodes, initial, here = [], [], "x"
    for k, layer in enumerate(net[::2], 1):
        initial += [
            numpy_helper.from_array(layer.weight.detach().numpy(), f"W{k}"),
            numpy_helper.from_array(layer.bias.detach().numpy(), f"b{k}"),
        ]
        nodes.append(helper.make_node("Gemm", [here, f"W{k}", f"b{k}"], [f"g{k}"], transB=1))
        here = f"g{k}"
        if k < 3:
            nodes.append(helper.make_node("Tanh", [here], [f"f{k}"]))
            here = f"f{k}"
    double = TensorProto.DOUBLE
    graph = helper.make_graph(
        nodes,
        "line",
        [helper.make_tensor_value_info("x", double, ["n", 1])],
        [helper.make_tensor_value_info(here, double, ["n", 1])],
        initial,
    )
    onnx.save(helper.make_model(graph), FOLDER / "deep.onnx")
    problem(
        "deep",
        "deep.onnx",
        LINE,
        widths=[1, 2, 2, 1],
        activation="tanh",
        loss="mean",
        weight_decay="0.02",
    )

    model = MLPRegressor(
        hidden_layer_sizes=(2,),
        activation="tanh",
        solver="lbfgs",
        alpha=0.6,
        tol=1e-14,
        max_iter=100_000,
        random_state=5,
    )
    model.fit(np.array(LINE[0], dtype=float), np.array(LINE[1], dtype=float)[:, 0])
    arrays = {f"coefs_{k}": array for k, array in enumerate(model.coefs_)}
    arrays |= {f"intercepts_{k}": array for k, array in enumerate(model.intercepts_)}
    np.savez(FOLDER / "sklearn.npz", **arrays)
    problem(
        "sklearn",
        "sklearn.npz",
        LINE,
        widths=[1, 2, 1],
        activation="tanh",
        loss="mean half",
        weight_decay="0.05",
        parameters={"transposed": True},
    )


if __name__ == "__main__":
    main()
