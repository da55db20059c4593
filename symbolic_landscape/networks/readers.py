"""Weights from files of other programs: read as data, never run, and rounded to exact numbers.

| file | read by |
|---|---|
| `.npz` | numpy, without pickled objects |
| `.safetensors` | safetensors |
| `.pt`, `.pth` | torch, weights only |
| `.onnx` | onnx: a chain of Gemm, or MatMul and Add, and activations |

The order of layers is that of the file for torch and onnx, else that of the names. Rows are units;
`transposed` says that columns are (as scikit-learn and Keras have them).

Functions: read_weights, stored_from_sklearn.
"""

from __future__ import annotations

import struct
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from symbolic_landscape.errors import ProblemError
from symbolic_landscape.networks.stored import StoredWeights, in_layers, layers

MOST_BYTES = 1 << 26

BROKEN = (
    OSError,
    EOFError,
    MemoryError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    SyntaxError,
    tokenize.TokenError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)
"""What readers of other programs raise at files that are broken."""

_OPERATIONS = {
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "Relu": "relu",
    "Softplus": "softplus",
    "Atan": "arctan",
    "Identity": "linear",
}
_SKLEARN = {"identity": "linear", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu"}


def read_weights(path: Path | str, *, transposed: bool = False) -> StoredWeights:
    """The weights in a file, by the ending of its name.

    Raises ProblemError: the file cannot be read, or holds no plain network; or the package that
    reads it is not installed. Raises ShapeError: layers that do not follow each other.
    """
    path = Path(path)
    read = _READERS.get(path.suffix.lower())
    if read is None:
        message = f"weights {path.name}: endings are {', '.join(_READERS)}, got {path.suffix!r}"
        raise ProblemError(message)
    if not path.is_file():
        message = f"weights {path.name}: a readable file was needed, got none"
        raise ProblemError(message)
    try:
        size = max(path.stat().st_size, _unpacked(path) if zipfile.is_zipfile(path) else 0)
    except BROKEN as error:
        _refuse(path, error)
    if size > MOST_BYTES:
        message = f"weights {path.name}: at most {MOST_BYTES} bytes are read, got {size}"
        raise ProblemError(message)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of formats that are old, or refused all the same
        return read(path, transposed)


def stored_from_sklearn(model: Any) -> StoredWeights:
    """The weights of a fitted MLPRegressor or MLPClassifier of scikit-learn.

    The outputs of a classifier are logits: its losses are `logistic` and `cross_entropy`. Raises
    ProblemError: it is no such model, or is not fitted.
    """
    names = ("coefs_", "intercepts_", "activation", "out_activation_")
    missing = [name for name in names if not hasattr(model, name)]
    if missing:
        message = (
            f"weights: a fitted MLP of scikit-learn was needed, got {type(model).__name__} without "
            f"{missing[0]}"
        )
        raise ProblemError(message)
    arrays = {f"W{i}": array for i, array in enumerate(model.coefs_)}
    arrays |= {f"b{i}": array for i, array in enumerate(model.intercepts_)}
    found = in_layers(arrays, "scikit-learn", transposed=True)
    hidden = _SKLEARN[model.activation]
    return replace(found, activations=(*[hidden] * (len(found.weights) - 1), "linear"))


def _unpacked(path: Path) -> int:
    """How many bytes the members of the archive have. Raises ProblemError: other compressions."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    others = [member for member in members if member.compress_type not in known]
    if others:
        _refuse(path, f"{others[0].filename!r} in a compression that is not deflation")
    return sum(member.file_size for member in members)


def _package(name: str, path: Path) -> Any:
    try:
        return import_module(name)
    except ImportError:
        message = f"weights {path.name}: the package {name} was needed, and is not installed"
        raise ProblemError(message) from None


def _refuse(path: Path, reason: object) -> NoReturn:
    lines = str(reason).splitlines() or [type(reason).__name__]
    first = "".join(filter(str.isprintable, lines[0]))[:120]
    message = f"weights {path.name}: arrays of numbers were needed, got: {first}"
    raise ProblemError(message)


def _from_npz(path: Path, transposed: bool) -> StoredWeights:
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            if len(set(archive.files)) < len(archive.files):
                _refuse(path, "two of one name")
            arrays = {name: archive[name] for name in archive.files}
    except BROKEN as error:
        _refuse(path, error)
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray):
            _refuse(path, f"{name!r}, which is none")
    return in_layers(arrays, path.name, transposed=transposed)


def _from_safetensors(path: Path, transposed: bool) -> StoredWeights:
    package = _package("safetensors", path)
    numpy = _package("safetensors.numpy", path)
    try:
        arrays = numpy.load_file(path)
    except (package.SafetensorError, *BROKEN) as error:
        _refuse(path, error)
    return in_layers(arrays, path.name, transposed=transposed)


def _from_torch(path: Path, transposed: bool) -> StoredWeights:
    import pickle

    torch = _package("torch", path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, *BROKEN) as error:
        _refuse(path, error)
    is_state = isinstance(state, Mapping) and all(map(torch.is_tensor, state.values()))
    if not is_state or not all(isinstance(name, str) for name in state):
        _refuse(path, "no state dict, which has a tensor for each name")
    for name, tensor in state.items():
        dense = tensor.layout == torch.strided and not (tensor.is_nested or tensor.is_quantized)
        if not dense or tensor.device.type != "cpu":
            _refuse(path, f"{name!r}, a tensor that is sparse, nested, quantized or empty")
    return in_layers(state, path.name, transposed=transposed, ordered=True)


def _from_onnx(path: Path, transposed: bool) -> StoredWeights:
    if transposed:
        _refuse(path, "transposed, which an ONNX file says itself")
    onnx = _package("onnx", path)
    helper = _package("onnx.numpy_helper", path)
    protobuf = _package("google.protobuf.message", path)
    try:
        graph = onnx.load_model(path, load_external_data=False).graph
        for one in graph.initializer:
            if one.data_location == onnx.TensorProto.EXTERNAL:
                _refuse(path, f"{one.name!r}, whose numbers are in another file")
        arrays = {one.name: helper.to_array(one) for one in graph.initializer}
    except (protobuf.DecodeError, *BROKEN) as error:
        _refuse(path, error)
    if len(arrays) < len(graph.initializer):
        _refuse(path, "two of one name")
    return _Chain(graph, arrays, path).layers()


class _Chain:
    """The layers of a graph that is one chain of affine maps and activations."""

    def __init__(self, graph: Any, arrays: Mapping[str, Any], path: Path) -> None:
        self.path, self.arrays = path, arrays
        self.matrices: list[Any] = []
        self.vectors: list[Any] = []
        self.activations: list[str] = []
        inputs = [one.name for one in graph.input if one.name not in arrays]
        self.here = inputs[0] if len(inputs) == 1 else self.refuse("several inputs")
        for node in graph.node:
            self._take(node)
        if [one.name for one in graph.output] != [self.here]:
            self.refuse("an output that is not the end of the chain")

    def refuse(self, reason: str) -> NoReturn:
        """Raises ProblemError: the graph is no plain network."""
        _refuse(self.path, f"{reason}; a chain of Gemm or MatMul and Add with activations is read")

    def _take(self, node: Any) -> None:
        data = [name for name in node.input if name not in self.arrays]
        known = [self.arrays[name] for name in node.input if name in self.arrays]
        if data != [self.here] or len(node.output) != 1:
            self.refuse(f"the node {node.op_type} beside the chain")
        first = node.input[0] == self.here
        operation = node.op_type if node.domain in {"", "ai.onnx"} else f"of {node.domain}"
        if operation == "Gemm" and first:
            self._gemm(node, known)
        elif operation == "MatMul" and first and len(known) == 1:
            self._append(known[0].T)
        elif operation == "Add" and self.matrices and self.vectors[-1] is None and len(known) == 1:
            if self.activations[-1] != "linear":
                self.refuse("an Add after an activation")
            self._add(known[0])
        elif operation in _OPERATIONS and self.matrices and not known:
            name = _OPERATIONS[operation]
            if self.activations[-1] != "linear" and name != "linear":
                self.refuse(f"{operation} after another activation")
            self.activations[-1] = name if name != "linear" else self.activations[-1]
        else:
            self.refuse(f"the node {operation}")
        self.here = node.output[0]

    def _gemm(self, node: Any, known: list[Any]) -> None:
        values = {one.name: one.f if one.type == 1 else one.i for one in node.attribute}
        plain = values.get("alpha", 1) == 1 and values.get("beta", 1) == 1
        if not plain or values.get("transA", 0) or len(known) not in {1, 2}:
            self.refuse("a Gemm with factors, or with a transposed input")
        self._append(known[0] if values.get("transB", 0) else known[0].T)
        if len(known) == 2:
            self._add(known[1])

    def _append(self, matrix: Any) -> None:
        if matrix.ndim != 2:
            self.refuse(f"a product with an array of {matrix.ndim} dimensions")
        self.matrices.append(matrix)
        self.vectors.append(None)
        self.activations.append("linear")

    def _add(self, vector: Any) -> None:
        """Takes a bias (n,) or (1, n); one (n, 1) has numbers of samples, not of units."""
        units = len(self.matrices[-1])
        if vector.shape not in {(units,), (1, units)}:
            self.refuse(f"a bias of shape {vector.shape} for {units} units")
        self.vectors[-1] = vector.reshape(-1)

    def layers(self) -> StoredWeights:
        """The layers, checked."""
        return layers(self.matrices, self.vectors, self.path.name, tuple(self.activations))


_READERS: Mapping[str, Callable[[Path, bool], StoredWeights]] = {
    ".npz": _from_npz,
    ".safetensors": _from_safetensors,
    ".pt": _from_torch,
    ".pth": _from_torch,
    ".onnx": _from_onnx,
}
