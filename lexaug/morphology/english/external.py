"""spaCy and Stanza as English analysers, for those who have them installed with a model."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lexaug.errors import MissingError
from lexaug.morphology.english.analysis import Analyser, Analysis
from lexaug.registry import Registry

DEFAULT_MODELS = {"spacy": "en_core_web_sm", "stanza": "en"}


def load_external(name: str) -> Analyser:
    """Load `spacy`, `spacy:MODEL`, `stanza` or `stanza:PACKAGE`.

    Relations are those of the model: spaCy's English models are not trained on UD and name theirs otherwise (`dobj`).

    Raises:
        ConfigError: another name.
        MissingError: the package or its model is not installed.

    """
    tool, _, model = name.partition(":")
    return _LOADERS[tool](model or DEFAULT_MODELS[tool])


def _package(name: str) -> Any:  # noqa: ANN401
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingError(
            f"the {name} analyser is not installed", hint=f"pip install {name}, or use the analyser 'offline'"
        ) from None


def _spacy(model: str) -> Analyser:
    spacy = _package("spacy")
    try:
        return SpacyAnalyser(spacy.load(model), spacy.tokens.Doc)
    except OSError as fault:
        raise MissingError(f"spaCy has no model {model!r}", hint=f"python -m spacy download {model}") from fault


def _stanza(package: str) -> Analyser:
    stanza = _package("stanza")

    def pipeline(pretokenized: bool) -> Any:  # noqa: ANN401
        return stanza.Pipeline(
            "en",
            package="default" if package == "en" else package,
            processors="tokenize,mwt,pos,lemma,depparse" if not pretokenized else "tokenize,pos,lemma,depparse",
            tokenize_pretokenized=pretokenized,
            tokenize_no_ssplit=True,
            download_method=None,
            verbose=False,
        )

    try:
        return StanzaAnalyser(pipeline)
    except Exception as fault:  # Stanza raises errors of several kinds where a model is absent
        raise MissingError(
            f"Stanza has no English model {package!r}", hint="python -c \"import stanza; stanza.download('en')\""
        ) from fault


_LOADERS: Registry[Callable[[str], Analyser]] = Registry("analyser", {"spacy": _spacy, "stanza": _stanza})


class SpacyAnalyser:
    """A spaCy pipeline as an analyser; each line is one sentence, later roots hang on the first."""

    def __init__(self, pipeline: Any, document: Callable[..., Any]) -> None:  # noqa: ANN401
        self._pipeline = pipeline
        self._document = document

    def __call__(self, lines: Sequence[str]) -> Iterator[Analysis]:
        """Analyse lines of plain text."""
        return (_from_spacy(doc) for doc in self._pipeline.pipe(line.strip() for line in lines if line.strip()))

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse sentences given as words."""
        documents = (self._document(self._pipeline.vocab, words=list(words)) for words in sentences if words)
        return (_from_spacy(doc) for doc in self._pipeline.pipe(documents))


def _from_spacy(doc: Any) -> Analysis:  # noqa: ANN401
    tokens = [token for token in doc if not token.is_space]
    place = {token.i: number for number, token in enumerate(tokens, 1)}
    heads = [0 if token.head.i == token.i else place.get(token.head.i, 0) for token in tokens]
    return _one_root(
        Analysis(
            tuple(token.text for token in tokens),
            tuple(token.lemma_ for token in tokens),
            tuple(token.pos_ for token in tokens),
            tuple(dict(token.morph.to_dict()) for token in tokens),
            tuple(heads),
            tuple(token.dep_ for token in tokens),
            doc.text,
        )
    )


def _one_root(analysis: Analysis) -> Analysis:
    """Hang every root but the first on the first, as `parataxis`; the root's relation is `root`."""
    first = analysis.heads.index(0) + 1 if 0 in analysis.heads else 0
    rows = [
        (0, "root") if number == first else (first, "parataxis") if head == 0 else (head, deprel)
        for number, (head, deprel) in enumerate(zip(analysis.heads, analysis.deprels, strict=True), 1)
    ]
    heads, deprels = tuple(head for head, _ in rows), tuple(deprel for _, deprel in rows)
    return Analysis(analysis.tokens, analysis.lemmas, analysis.upos, analysis.feats, heads, deprels, analysis.text)


class StanzaAnalyser:
    """Stanza pipelines, one for plain text and one for words, as an analyser; each line is one sentence."""

    def __init__(self, pipeline: Callable[[bool], Any]) -> None:
        self._text = pipeline(False)
        self._pipeline = pipeline

    def __call__(self, lines: Sequence[str]) -> Iterator[Analysis]:
        """Analyse lines of plain text."""
        kept = [line.strip() for line in lines if line.strip()]
        return (_from_stanza(self._text(line).sentences, line) for line in kept)

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse sentences given as words."""
        words = self._pipeline(True)
        return (_from_stanza(words([list(row)]).sentences, " ".join(row)) for row in sentences if row)


def _from_stanza(sentences: Sequence[Any], text: str) -> Analysis:
    words: list[Any] = []
    heads: list[int] = []
    for sentence in sentences:
        heads += [word.head + len(words) if word.head else 0 for word in sentence.words]
        words += sentence.words
    return _one_root(
        Analysis(
            tuple(word.text for word in words),
            tuple(word.lemma or word.text for word in words),
            tuple(word.upos for word in words),
            tuple(dict(pair.split("=", 1) for pair in (word.feats or "").split("|") if pair) for word in words),
            tuple(heads),
            tuple(word.deprel for word in words),
            text,
        )
    )
