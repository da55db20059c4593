"""Readers of weights: what they take, and that hostile files are refused in one sentence."""

from __future__ import annotations

import contextlib
import io
import pickle
import struct
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from symbolic_landscape import Network, Parameters, Samples, classify
from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical import Kind
from symbolic_landscape.errors import LandscapeError, ProblemError, ShapeError
from symbolic_landscape.networks.readers import read_weights, stored_from_sklearn
from symbolic_landscape.networks.stored import StoredWeights

WEIGHTS = Path(__file__).resolve().parent.parent / "weights"


def rounded(row: object, digits: object) -> list[list[Scalar]]:
    return Parameters.rounded([[row]], digits=digits).weights[0].tolist()  # type: ignore[arg-type]


def stored(path: Path, **arrays: object) -> Path:
    np.savez(path, **{name: np.array(value) for name, value in arrays.items()})
    return path


def test_numpy_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.npz", W2=[[5.0, 6]], b2=[7.0], W1=[[1.0], [2]], b1=[3.0, 4])
    found = read_weights(path)
    assert found.widths == (1, 2, 1)
    assert found.names == ("W1", "W2")
    assert found.count == 7
    parameters = found.parameters(2)
    assert parameters.weights[1].tolist() == [[5, 6]]
    assert parameters.biases[0].tolist() == [[3], [4]]
    ten = {f"layer{k}": [[float(k)]] for k in range(1, 12)}
    assert read_weights(stored(tmp_path / "b.npz", **ten)).weights[10] == [[11.0]]


def test_transposed_matrices_are_turned(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.npz", W1=[[1.0, 2]], b1=[3.0, 4], W2=[[5.0], [6]], b2=[7.0])
    with pytest.raises(LandscapeError, match="transposed"):
        read_weights(path)
    assert read_weights(path, transposed=True).widths == (1, 2, 1)


def test_rounding_is_exact() -> None:
    assert rounded([0.1], 6) == [[Fraction(1, 10)]]
    assert rounded([0.1], "exact") == [[Fraction(0.1)]]
    assert rounded(np.array([-2.5, 1e-30]), 0) == [[-2, 0]]
    assert rounded(np.array([0.1], dtype=np.float32), 3) == [[Fraction(1, 10)]]
    for digits in (-1, 41, "six", 2.5, True, None):
        with pytest.raises(LandscapeError, match="digits from 0"):
            rounded([0.1], digits)
    for value in (float("nan"), float("inf"), -float("inf")):
        with pytest.raises(LandscapeError, match="finite numbers"):
            rounded([value], "exact")
    for row in (["x"], [None], 3, [[1.0]]):
        with pytest.raises(LandscapeError) as caught:
            rounded(row, 3)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({}, "a matrix for each layer"),
        ({"b": [1.0]}, "a matrix for each layer"),
        ({"W": [[1.0]], "b": [1.0], "c": [1.0]}, "got 1 and 2"),
        ({"W": [[1.0]], "b": [1.0, 2]}, "follow each other"),
        ({"W1": [[1.0, 2]], "W2": [[1.0, 2]]}, "follow each other"),
        ({"W": [[[1.0]]]}, "matrices and vectors"),
        ({"W": 1.0}, "matrices and vectors"),
        ({"W": [[1j]]}, "real numbers"),
        ({"W": [["x"]]}, "real numbers"),
        ({"W": [["1.5"]]}, "real numbers"),
        ({"W": [[2**53 + 1]]}, "double precision"),
        ({"W": [[1.0]], "1.weight": [0.25]}, "vectors of biases were needed, got '1.weight'"),
        ({"W": np.zeros((0, 2))}, "a matrix for each layer"),
        ({"W": np.zeros((400, 400))}, "at most 100000 numbers"),
    ],
)
def test_arrays_that_are_no_layers_should_fail(
    tmp_path: Path, arrays: dict[str, object], words: str
) -> None:
    with pytest.raises(LandscapeError, match=words) as caught:
        read_weights(stored(tmp_path / "a.npz", **arrays))
    assert "\n" not in str(caught.value)


def archive(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': ( \n",
        "{'descr': '''\n",
        "  x\n y\n",
        "\\\n",
        "(" * 5000,
        "-" * 9000 + "1\n",
        "'\\d'\n",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (9L,), }\n",
    ],
)
def test_bent_headers_should_fail_in_one_sentence(tmp_path: Path, header: str) -> None:
    content = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
    with pytest.raises(ProblemError, match="arrays of numbers") as caught:
        read_weights(archive(tmp_path / "a.npz", {"W.npy": content}))
    assert "\n" not in str(caught.value)


def test_archives_of_other_things_should_fail(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.ones((1, 1)))
    one = buffer.getvalue()
    path = archive(tmp_path / "a.npz", {"W.npy": one, "read.me": b"about these weights"})
    with pytest.raises(ProblemError, match=r"'read\.me', which is none"):
        read_weights(path)
    with pytest.raises(ProblemError, match="two of one name"):
        read_weights(archive(tmp_path / "b.npz", {"W.npy": one, "W": one}))
    with pytest.raises(ProblemError, match="not deflation"):
        read_weights(archive(tmp_path / "c.npz", {"W.npy": one}, zipfile.ZIP_BZIP2))
    with pytest.raises(ShapeError) as caught:
        read_weights(stored(tmp_path / "d.npz", **{"a\nb\x1b": [[[1.0]]]}))
    assert str(caught.value).isprintable()
    far = {"W" + "9" * 5000: [[2.0]], "W\N{SUPERSCRIPT TWO}": [[3.0]], "W010": [[1.0]]}
    assert len(read_weights(stored(tmp_path / "e.npz", **far)).weights) == 3


class Bomb:
    """Runs when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('ran')",)


def test_pickles_are_never_run(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", W=np.array([[Bomb()]], dtype=object), allow_pickle=True)
    with pytest.raises(ProblemError, match="arrays of numbers"):
        read_weights(tmp_path / "a.npz")
    for ending in (".npz", ".pt", ".safetensors", ".onnx"):
        path = tmp_path / f"bomb{ending}"
        path.write_bytes(pickle.dumps({"W": Bomb()}))
        with pytest.raises(ProblemError, match=r"arrays of numbers|not installed") as caught:
            read_weights(path)
        assert "\n" not in str(caught.value)


def test_files_that_unpack_to_too_much_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("W.npy", bytes(1 << 27))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(ProblemError, match="bytes are read"):
        read_weights(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x08\x00" * 50, b"\xff" * 99])
@pytest.mark.parametrize("ending", [".npz", ".safetensors", ".pt", ".onnx", ".txt", ""])
def test_broken_files_should_fail_in_one_sentence(
    tmp_path: Path, ending: str, content: bytes
) -> None:
    path = tmp_path / f"broken{ending}"
    path.write_bytes(content)
    with pytest.raises(LandscapeError) as caught:
        read_weights(path)
    assert "\n" not in str(caught.value)
    with pytest.raises(ProblemError, match=r"readable file|endings are"):
        read_weights(tmp_path / f"missing{ending}")
    (tmp_path / f"folder{ending}").mkdir()
    with pytest.raises(LandscapeError):
        read_weights(tmp_path / f"folder{ending}")


def test_networks_are_made_of_what_a_file_says() -> None:
    found = StoredWeights(([[1.0], [2]], [[1.0, 1]]), ([0.0, 0], None), ("tanh", "linear"))
    assert found.network().parameter_names == ("W1_11", "W1_21", "b1_1", "b1_2", "W2_11", "W2_12")
    plain = StoredWeights(([[1.0], [2]], [[1.0, 1]]), (None, None))
    assert plain.network("tanh") == Network((1, 2, 1), "tanh", bias=False)
    with pytest.raises(LandscapeError, match="no activation"):
        plain.network()


def test_an_onnx_file_says_its_activations() -> None:
    pytest.importorskip("onnx")
    found = read_weights(WEIGHTS / "deep.onnx")
    assert found.network() == Network((1, 2, 2, 1), "tanh")


def test_onnx_graphs_that_are_no_chain_should_fail(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    helper, make = onnx.helper, onnx.helper.make_node
    array = onnx.numpy_helper.from_array
    W, b = array(np.eye(2), "W"), array(np.ones(2), "b")
    cases = [
        ([make("Gemm", ["x", "W", "b"], ["y"], alpha=2.0)], "with factors"),
        ([make("Gemm", ["x", "W"], ["g"]), make("Sin", ["g"], ["y"])], "the node Sin"),
        ([make("MatMul", ["W", "x"], ["y"])], "the node MatMul"),
        ([make("Tanh", ["x"], ["y"])], "the node Tanh"),
        ([make("MatMul", ["x", "W"], ["g"]), make("Add", ["g", "x"], ["y"])], "beside the chain"),
        ([make("MatMul", ["x", "W"], ["z"])], "not the end of the chain"),
        ([make("MatMul", ["x"], ["y"])], "the node MatMul"),
        ([make("Gemm", ["x", "W"], ["g"]), make("Tanh", ["g", "b"], ["y"])], "the node Tanh"),
        ([make("Gemm", ["x", "W"], ["y"], domain="other")], "the node of other"),
        (
            [
                make("MatMul", ["x", "W"], ["g"]),
                make("Tanh", ["g"], ["t"]),
                make("Add", ["t", "b"], ["y"]),
            ],
            "after an activation",
        ),
    ]
    ends = [helper.make_tensor_value_info(name, 11, ["n", 2]) for name in ("x", "y")]
    for nodes, words in cases:
        graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], [W, b])
        onnx.save(helper.make_model(graph), tmp_path / "a.onnx")
        with pytest.raises(ProblemError, match=words):
            read_weights(tmp_path / "a.onnx")
    good = [
        make("MatMul", ["x", "W"], ["g"]),
        make("Add", ["b", "g"], ["a"]),
        make("Relu", ["a"], ["y"]),
    ]
    graph = helper.make_graph(good, "g", ends[:1], ends[1:], [W, b])
    onnx.save(helper.make_model(graph), tmp_path / "a.onnx")
    found = read_weights(tmp_path / "a.onnx")
    assert found.activations == ("relu",)
    assert found.biases == ([1.0, 1.0],)


def test_a_bias_has_a_number_for_each_unit(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    helper, make = onnx.helper, onnx.helper.make_node
    array = onnx.numpy_helper.from_array
    ends = [helper.make_tensor_value_info(name, 1, ["n", 2]) for name in ("x", "y")]
    forms = [
        [make("MatMul", ["x", "W"], ["g"]), make("Add", ["g", "b"], ["y"])],
        [make("Gemm", ["x", "W", "b"], ["y"])],
    ]
    path = tmp_path / "a.onnx"
    for nodes in forms:
        for shape in ((2,), (1, 2), (2, 1), (), (1,), (2, 2), (1, 1, 2)):
            data = [array(np.eye(2), "W"), array(np.ones(shape), "b")]
            onnx.save(
                helper.make_model(helper.make_graph(nodes, "g", ends[:1], ends[1:], data)), path
            )
            if shape in {(2,), (1, 2)}:
                assert read_weights(path).biases == ([1.0, 1.0],)
                continue
            with pytest.raises(ProblemError, match="a bias of shape"):
                read_weights(path)


def test_onnx_tensors_in_other_files_are_not_looked_for(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    helper = onnx.helper
    ends = [helper.make_tensor_value_info(name, 1, ["n", 1]) for name in ("x", "y")]
    nodes = [helper.make_node("MatMul", ["x", "W"], ["y"])]
    path = tmp_path / "a.onnx"
    (tmp_path / "there").write_bytes(struct.pack("<f", 1))
    for place in ("missing", "there", str(tmp_path / "there"), "../there"):
        tensor = onnx.TensorProto(name="W", data_type=1, dims=[1, 1], data_location=1)
        tensor.external_data.add(key="location", value=place)
        path.write_bytes(
            helper.make_model(
                helper.make_graph(nodes, "g", ends[:1], ends[1:], [tensor])
            ).SerializeToString()
        )
        with pytest.raises(ProblemError, match="'W', whose numbers are in another file"):
            read_weights(path)
    plain = onnx.numpy_helper.from_array(np.ones((1, 1)), "W")
    onnx.save(
        helper.make_model(helper.make_graph(nodes, "g", ends[:1], ends[1:], [plain, plain])), path
    )
    with pytest.raises(ProblemError, match="two of one name"):
        read_weights(path)


@pytest.mark.filterwarnings("ignore::UserWarning")  # of torch, about new kinds of tensors
def test_torch_tensors_without_plain_numbers_should_fail(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    one, path = torch.ones(1, 1), tmp_path / "a.pt"
    for value in (
        one.to_sparse(),
        one.to_sparse_csr(),
        torch.nested.nested_tensor([one]),
        torch.quantize_per_tensor(one, 0.1, 0, torch.qint8),
        torch.ones(1, 1, device="meta"),
    ):
        torch.save({"W1": value, "W2": one}, path)
        with pytest.raises(ProblemError, match="arrays of numbers were needed"):
            read_weights(path)
    for name, value in (("W", one * 1j), ("W", torch.ones(1, 1).expand(10**6, 10**6)), (1, one)):
        torch.save({name: value}, path)
        with pytest.raises(LandscapeError, match=r"real numbers|at most 100000|state dict"):
            read_weights(path)
    for kind in (torch.float16, torch.bfloat16, torch.float64, torch.int8):
        weights = torch.nn.Parameter(one, requires_grad=kind.is_floating_point)
        torch.save({"W": weights.to(kind)}, path)
        assert read_weights(path).weights == ([[1.0]],)


def test_bent_pickles_should_fail_in_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    whole = (WEIGHTS / "xor.pt").read_bytes()
    with zipfile.ZipFile(WEIGHTS / "xor.pt") as made:
        members = {name: made.read(name) for name in made.namelist()}
    (name,) = (name for name in members if name.endswith("data.pkl"))
    path = tmp_path / "a.pt"
    for cut in range(0, len(members[name]), 7):
        archive(path, members | {name: members[name][:cut]})
        with pytest.raises(ProblemError, match="arrays of numbers") as caught:
            read_weights(path)
        assert str(caught.value).isprintable()
        bent = bytearray(members[name])
        bent[cut] ^= 0x2C
        archive(path, members | {name: bytes(bent)})
        with contextlib.suppress(LandscapeError):  # a changed name is still a name
            read_weights(path)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ProblemError, match="arrays of numbers"):
        read_weights(path)


@pytest.mark.slow
def test_models_of_scikit_learn_are_read_from_their_attributes() -> None:
    neural = pytest.importorskip("sklearn.neural_network")
    inputs, targets = [[-1.0], [0.0], [1.0], [2.0]], [0, 1, 1, 0]
    model = neural.MLPClassifier(
        (2,),
        activation="tanh",
        solver="lbfgs",
        alpha=0.04,
        max_iter=20000,
        random_state=0,
        tol=1e-13,
    )
    with pytest.raises(ProblemError, match="without coefs_"):
        stored_from_sklearn(model)
    model.fit(inputs, targets)
    found = stored_from_sklearn(model)
    network = found.network()
    assert network == Network((1, 2, 1), "tanh")
    samples = Samples([[-1], [0], [1], [2]], [[0], [1], [1], [0]])
    # scikit-learn adds alpha / (2 N) times the squares of the weights
    loss = network.loss(samples, "mean logistic", weight_decay="0.005")
    point = classify(loss, found.parameters(12), near=True)
    assert point.kind in {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.STRICT_SADDLE}
    assert point.located
