"""The packs of the studies: what the third-party data offers for each language, train splits only."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path

from lexaug.files import fingerprint, fingerprint_json, resource
from lexaug.pack import LanguagePack, init_pack, load_pack

DATA = Path(os.environ.get("LEXAUG_DATA", "../shared/data"))
WORK = Path(os.environ.get("LEXAUG_WORK", "work"))
"""Where studies keep packs, adapters and what they measured; never committed."""
ENGLISH = DATA / "english" / "UD_English-EWT"
LEXICON_LICENCE = "CC-BY-SA-4.0"
"""GATITOS is CC BY 4.0, Wiktionary CC BY-SA; rows from GPL sources are marked in the file itself."""
TABLE_LICENCE = "CC-BY-SA-4.0"
"""UniMorph states CC BY-SA 3.0; its terms let an adaptation be shared under the later version."""


@dataclass(frozen=True, slots=True)
class Ingredients:
    """Files of one language, relative to its data folder."""

    tables: tuple[str, ...]
    texts: tuple[str, ...] = ()


INGREDIENTS = {
    "amh": Ingredients(("unimorph/amh", "sigmorphon/2023/amh.trn")),
    "cym": Ingredients(("unimorph/cym", "sigmorphon/conll2018/welsh-train-high")),
    "fao": Ingredients(("unimorph/fao", "sigmorphon/conll2018/faroese-train-high")),
    "kaz": Ingredients(("unimorph/kaz", "sigmorphon/2020/kaz.trn", "sigmorphon/2022/kaz_large.train")),
    "kmr": Ingredients(("sigmorphon/2021/kmr.train", "sigmorphon/conll2018/kurmanji-train-high")),
    "lug": Ingredients(("unimorph/lug", "sigmorphon/2020/lug.trn")),
    "mlt": Ingredients(("unimorph/mlt", "sigmorphon/2020/mlt.trn", "sigmorphon/conll2018/maltese-train-high")),
    "quy": Ingredients(("sigmorphon/conll2018/quechua-train-high",)),
    "san": Ingredients(("unimorph/san", "sigmorphon/2023/san.trn")),
    "sme": Ingredients(("unimorph/sme", "sigmorphon/2023/sme.trn")),
    "swa": Ingredients(("unimorph/swc", "sigmorphon/2020/swa.trn", "sigmorphon/2023/swa.trn")),
    "tgl": Ingredients(("unimorph/tgl", "sigmorphon/2020/tgl.trn")),
}


def version(code: str) -> str:
    """Give a short hash of what a pack is made of: a changed grammar makes another pack, and other adapters."""
    facts = [fingerprint(resource("grammars") / f"{code}.toml"), asdict(INGREDIENTS[code])]
    return fingerprint_json(facts)[:8]


def pack_folder(code: str, work: Path = WORK) -> Path:
    """Name the folder of a language's pack."""
    return work / "packs" / version(code) / code


def make_pack(code: str, data: Path = DATA, work: Path = WORK) -> Path:
    """Make the pack of a language from the third-party data, once per version; give its folder."""
    folder = pack_folder(code, work)
    if not (folder / "pack.toml").is_file():
        here = data / code
        init_pack(
            code,
            lexicons=[(here / "lexicon.tsv", "tsv")],
            paradigms=[(here / table, None) for table in INGREDIENTS[code].tables],
            texts=[here / text for text in INGREDIENTS[code].texts],
            licences={"": TABLE_LICENCE, "lexicon.tsv": LEXICON_LICENCE},
            output=folder,
        )
    return folder


def pack(code: str) -> LanguagePack:
    """Load the pack of a language, made if need be."""
    return load_pack(make_pack(code))
