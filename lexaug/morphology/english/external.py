"""spaCy and Stanza as English analysers, for those who have them installed with a model."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lexaug.errors import ConfigError, MissingError
from lexaug.morphology.english.analysis import Analyser, Analysis
from lexaug.morphology.english.choice import SHIPPED, SPACY, STANZA, AnalyserChoice, installed_version
from lexaug.morphology.english.clearnlp import MARKS, to_universal
from lexaug.registry import Registry

UNIVERSAL = frozenset(("nsubj", "obj", "obl", "case"))
"""Relations that every English model of Universal Dependencies has."""
_OR_SHIPPED = f"or use the analyser {SHIPPED!r}"


def load_external(name: str) -> Analyser:
    """Load `spacy`, `spacy:MODEL`, `stanza` or `stanza:PACKAGE`, each with `@VERSION` where only that one will do.

    Relations are UD's: those of spaCy's own English pipelines, which are ClearNLP's, are turned into them.

    Raises:
        ConfigError: another name, another version, a model of another language or of other relations.
        MissingError: the package or its model is not installed.

    """
    choice = AnalyserChoice.parse(name)
    return _LOADERS[choice.tool](choice)


def _package(name: str) -> Any:  # noqa: ANN401
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingError(f"the {name} analyser is not installed", hint=f"pip install {name}, {_OR_SHIPPED}") from None


def _require_version(choice: AnalyserChoice) -> None:
    found = installed_version(choice.package)
    if choice.version and found != choice.version:
        raise ConfigError(
            f"{choice.package} {choice.version} is asked for, but {found or 'another version'} is installed",
            hint=f"other versions analyse otherwise: install {choice.version}, or name the analyser without a version",
        )


def _spacy(choice: AnalyserChoice) -> Analyser:
    spacy = _package(SPACY)
    try:
        pipeline = spacy.load(choice.model)
    except OSError as fault:
        raise MissingError(
            f"spaCy has no model {choice.model!r}", hint=f"python -m spacy download {choice.model}, {_OR_SHIPPED}"
        ) from fault
    _require_version(choice)
    return SpacyAnalyser(pipeline, spacy.tokens.Doc, _conversion(choice.model, pipeline))


def _conversion(model: str, pipeline: Any) -> Callable[[Analysis], Analysis]:  # noqa: ANN401
    """Tell by a model's labels how its trees become UD's."""
    labels = {label for names in pipeline.pipe_labels.values() for label in names}
    if pipeline.lang == "en" and labels >= MARKS:
        return to_universal
    if pipeline.lang == "en" and labels >= UNIVERSAL:
        return _as_it_is
    why = "is not English" if pipeline.lang != "en" else "names relations neither of ClearNLP nor of UD"
    raise ConfigError(
        f"the spaCy model {model!r} {why}",
        hint="take en_core_web_sm, or an English model trained on Universal Dependencies; 'stanza' has such models",
    )


def _as_it_is(analysis: Analysis) -> Analysis:
    return analysis


def _stanza(choice: AnalyserChoice) -> Analyser:
    stanza = _package(STANZA)
    _require_version(choice)

    def pipeline(pretokenized: bool) -> Any:  # noqa: ANN401
        return stanza.Pipeline(
            "en",
            package=choice.model,
            processors="tokenize,mwt,pos,lemma,depparse" if not pretokenized else "tokenize,pos,lemma,depparse",
            tokenize_pretokenized=pretokenized,
            tokenize_no_ssplit=True,
            download_method=None,
            verbose=False,
        )

    try:
        return StanzaAnalyser(pipeline)
    except Exception as fault:  # Stanza raises errors of several kinds where a model is absent
        command = f"stanza.download('en', package='{choice.model}')"
        raise MissingError(
            f"Stanza has no English model {choice.model!r}", hint=f'python -c "import stanza; {command}", {_OR_SHIPPED}'
        ) from fault


_LOADERS: Registry[Callable[[AnalyserChoice], Analyser]] = Registry("analyser", {SPACY: _spacy, STANZA: _stanza})


class SpacyAnalyser:
    """A spaCy pipeline as an analyser; each line is one sentence, later roots hang on the first.

    `conversion` turns the model's trees into UD's.
    """

    def __init__(
        self,
        pipeline: Any,  # noqa: ANN401
        document: Callable[..., Any],
        conversion: Callable[[Analysis], Analysis],
    ) -> None:
        self._pipeline = pipeline
        self._document = document
        self._conversion = conversion

    def __call__(self, lines: Sequence[str]) -> Iterator[Analysis]:
        """Analyse lines of plain text."""
        return self._analyses(line.strip() for line in lines if line.strip())

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse sentences given as words."""
        return self._analyses(self._document(self._pipeline.vocab, words=list(words)) for words in sentences if words)

    def _analyses(self, texts: Iterator[Any]) -> Iterator[Analysis]:
        return map(self._conversion, map(_from_spacy, self._pipeline.pipe(texts)))


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
