"""Order of subject, object and verb: URIEL (by way of lang2vec), from WALS, Ethnologue and SSWL in that order."""

from __future__ import annotations

import io

import numpy as np
from wheels import Wheels

ORDERS = ("SVO", "SOV", "VSO", "VOS", "OVS", "OSV")
PAIRS = {"S_OBJECT_AFTER_VERB": "VO", "S_OBJECT_BEFORE_VERB": "OV"}
TRUSTED = ("WALS", "ETHNO", "SSWL")
"""SSWL lists every order that occurs, the others the dominant ones: it speaks last, and only where it names one."""


def read(wheels: Wheels) -> dict[str, str]:
    """Give each language's order, e.g. "SOV", "SVO/SOV" (no single dominant one) or just "OV"."""
    table = np.load(io.BytesIO(wheels.read("lang2vec", "data/features.npz")), allow_pickle=False)
    features, sources = table["feats"].tolist(), table["sources"].tolist()
    columns = {order: features.index(f"S_{order}") for order in ORDERS}
    pairs = {label: features.index(name) for name, label in PAIRS.items()}
    orders: dict[str, str] = {}
    data = table["data"]
    for code, values in zip(table["langs"].tolist(), data, strict=True):
        for source in TRUSTED:
            stated = values[:, sources.index(source)]
            limit = 1 if source == "SSWL" else 2
            found = _said(stated, columns, limit) or _said(stated, pairs, 1)
            if len(found) > len(orders.get(code, "")) and len(orders.get(code, "")) < len("SVO"):
                orders[code] = found
    return orders


def _said(stated: np.ndarray, columns: dict[str, int], limit: int) -> str:
    found = [name for name, column in columns.items() if stated[column] == 1]
    return "/".join(found) if len(found) <= limit else ""
