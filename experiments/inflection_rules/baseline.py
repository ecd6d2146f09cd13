"""The shared task's own non-neural baseline on its files of 2023."""

BASELINE = {
    "afb": 30.8, "amh": 65.4, "arz": 77.9, "bel": 68.1, "dan": 89.5, "deu": 79.8, "eng": 96.6, "fin": 80.8, "fra": 77.7,
    "grc": 52.6, "heb": 30.9, "heb_unvoc": 64.5, "hun": 74.7, "hye": 86.3, "ita": 75.0, "jap": 64.1, "kat": 82.0,
    "klr": 54.5, "mkd": 91.6, "nav": 35.8, "rus": 86.0, "san": 62.2, "sme": 56.0, "spa": 87.8, "sqi": 83.4, "swa": 60.5,
    "tur": 64.6,
}  # fmt: skip
"""Test accuracy in per cent (Goldman et al. 2023, "SIGMORPHON-UniMorph 2023 Shared Task 0")."""
