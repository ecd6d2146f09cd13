"""UD features (guidelines of version 2) and UniMorph tags (schema of 2016) side by side, in lexaug's own judgement."""

from __future__ import annotations

PART_OF_SPEECH = {
    "NOUN": "N",
    "PROPN": "PROPN",
    "ADJ": "ADJ",
    "VERB": "V",
    "AUX": "AUX",
    "PRON": "PRO",
    "DET": "DET",
    "NUM": "NUM",
    "ADV": "ADV",
    "ADP": "ADP",
    "CCONJ": "CONJ",
    "SCONJ": "COMP",
    "PART": "PART",
    "INTJ": "INTJ",
}
"""UPOS to UniMorph part of speech; PUNCT, SYM and X have none."""

VERB_FORMS = {"Inf": "NFIN", "Sup": "NFIN", "Part": "V.PTCP", "Conv": "V.CVB", "Ger": "V.MSDR", "Vnoun": "V.MSDR"}
"""Values of VerbForm that name more than finiteness, for words tagged VERB or AUX."""

FEATURES: dict[str, dict[str, str]] = {
    "Number": {
        "Sing": "SG",
        "Plur": "PL",
        "Dual": "DU",
        "Tri": "TRI",
        "Pauc": "PAUC",
        "Grpa": "GPAUC",
        "Grpl": "GRPL",
        "Inv": "INVN",
        "Coll": "SG",
        "Ptan": "PL",
        "Count": "PL",
    },
    "Case": {
        "Nom": "NOM",
        "Acc": "ACC",
        "Erg": "ERG",
        "Abs": "ABS",
        "Gen": "GEN",
        "Dat": "DAT",
        "Ben": "BEN",
        "Ins": "INS",
        "Com": "COM",
        "Voc": "VOC",
        "Par": "PRT",
        "Cmp": "COMPV",
        "Equ": "EQTV",
        "Abe": "PRIV",
        "Ess": "FRML",
        "Tra": "TRANS",
        "Loc": "LOC",
        "Ine": "IN+ESS",
        "Ill": "IN+ALL",
        "Ela": "IN+ABL",
        "Ade": "AT+ESS",
        "All": "AT+ALL",
        "Abl": "ABL",
        "Sup": "ON+ESS",
        "Sub": "ON+ALL",
        "Del": "ON+ABL",
        "Lat": "ALL",
        "Per": "PROL",
        "Ter": "TERM",
        "Cns": "PROPR",
    },
    "Person": {"0": "0", "1": "1", "2": "2", "3": "3", "4": "4"},
    "Tense": {"Pres": "PRS", "Past": "PST", "Fut": "FUT", "Imp": "PST;IPFV", "Pqp": "PST;PRF"},
    "Mood": {
        "Ind": "IND",
        "Sub": "SBJV",
        "Imp": "IMP",
        "Cnd": "COND",
        "Opt": "OPT",
        "Jus": "OPT",
        "Pot": "POT",
        "Prp": "PURP",
        "Nec": "OBLIG",
        "Adm": "ADM",
        "Irr": "IRR",
        "Des": "OPT",
    },
    "Aspect": {"Imp": "IPFV", "Perf": "PFV", "Prog": "PROG", "Prosp": "PROSP", "Hab": "HAB", "Iter": "ITER"},
    "Voice": {
        "Act": "ACT",
        "Mid": "MID",
        "Pass": "PASS",
        "Antip": "ANTIP",
        "Dir": "DIR",
        "Inv": "INV",
        "Cau": "CAUS",
        "Rcp": "RECP",
        "Bfoc": "BFOC",
        "Lfoc": "LFOC",
    },
    "Evident": {"Fh": "FH", "Nfh": "NFH"},
    "Polarity": {"Pos": "POS", "Neg": "NEG"},
    "Degree": {"Cmp": "CMPR", "Sup": "SPRL", "Abs": "AB", "Equ": "EQT"},
    "Definite": {"Ind": "INDF", "Def": "DEF", "Spec": "SPEC", "Cons": "PSSD"},
    "Gender": {"Masc": "MASC", "Fem": "FEM", "Neut": "NEUT", "Com": "MASC+FEM"},
    "NounClass": {f"Bantu{number}": f"BANTU{number}" for number in range(1, 24)},
    "Animacy": {"Anim": "ANIM", "Inan": "INAN", "Hum": "HUM", "Nhum": "NHUM"},
    "Clusivity": {"In": "INCL", "Ex": "EXCL"},
    "Polite": {"Infm": "INFM", "Form": "FORM", "Elev": "ELEV", "Humb": "HUMB"},
    "Deixis": {
        "Prox": "PROX",
        "Med": "MED",
        "Remt": "REMT",
        "Nvis": "NVIS",
        "Abv": "ABV",
        "Even": "EVEN",
        "Bel": "BEL",
    },
    "Reflex": {"Yes": "REFL"},
    "Subcat": {"Indir": "APPL", "Intr": "INTR", "Tran": "TR", "Ditr": "DITR"},
}
"""UD feature and value to UniMorph tag (`;` joins two tags); what is missing has no counterpart."""

POSSESSOR = {
    "Number[psor]": {"Sing": "S", "Plur": "P", "Dual": "D"},
    "Clusivity[psor]": {"In": "I", "Ex": "E"},
    "Gender[psor]": {"Masc": "M", "Fem": "F", "Neut": "N"},
}
"""Letters of a UniMorph possessive tag after PSS and the person, in order."""

FROM_UNIMORPH: dict[str, tuple[str, str]] = {
    "PRF": ("Aspect", "Perf"),
    "NFIN": ("VerbForm", "Inf"),
    "V.PTCP": ("VerbForm", "Part"),
    "V.CVB": ("VerbForm", "Conv"),
    "V.MSDR": ("VerbForm", "Vnoun"),
    "ESS": ("Case", "Ess"),
    "AT+ABL": ("Case", "Abl"),
    **{
        tag: (name, value)
        for name, values in reversed(FEATURES.items())
        for value, tag in reversed(values.items())
        if ";" not in tag
    },
}
"""UniMorph tag to UD feature and value; of several values the first one above."""
