"""From an analysed English sentence to its pseudo-translation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Final

from lexaug.inflection.choice import RULES, require_inflector
from lexaug.inflection.trust import Trust
from lexaug.lexicon import CitationRules, Lexicon
from lexaug.morphology.grammar import Adposition, Grammar
from lexaug.morphology.table import ParadigmTable
from lexaug.registry import unknown
from lexaug.synthesis import ops
from lexaug.synthesis.asking import ask, of_governor
from lexaug.synthesis.assemble import Bound, Made, assemble, join_compounds
from lexaug.synthesis.candidates import PREFER_TABLE, Candidates
from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.facts import NO_FACTS, PERSONS, Asked
from lexaug.synthesis.order import arrange, moves_anything
from lexaug.synthesis.plan import Option, Piece
from lexaug.synthesis.plans import KEPT, Plans
from lexaug.synthesis.predicates import Predicates
from lexaug.synthesis.reading import Reading
from lexaug.synthesis.realise import Realiser
from lexaug.synthesis.seeds import Purpose, draw, sentence_state
from lexaug.synthesis.source import SourceSentence
from lexaug.synthesis.spans import Span, Spans
from lexaug.synthesis.surface import Surface
from lexaug.synthesis.unlisted import Unlisted

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack

MODES: Final = ("lexicon", "morph", "random-inflection")
MINIMUM: Final = 3
"""Fewer translatable words than this make no pseudo-sentence (Wang, Ruder & Neubig 2022)."""
_UNCOUNTED: Final = frozenset(("PUNCT", "SYM", "NUM", "PROPN"))


class Synthesizer:
    """Makes pseudo-sentences of one language in one mode.

    Args:
        lexicon: English to the language.
        table: its inflected forms.
        grammar: what the pack says of its grammar.
        citation: how citation forms of the lexicon become lemmas of the table.
        mode: `lexicon` (replace words), `morph` (inflect them as the sentence asks), `random-inflection` (the control:
            as `morph`, but every inflected word stands in a random cell of its paradigm).
        seed: of all random choices; they depend on it, the sentence's id and text, and the sample alone.
        prefer_table: factor on the weight of translations that the table inflects; 1 for no preference. It is the same
            in all modes, so that they choose the same lemmas.
        inflector: what inflects words that the table does not have: `rules` learnt from it, a trained inflector (its
            folder), or `none`: then they stay bare.

    Raises:
        ConfigError: the mode is unknown, or the inflector is one of another language.
        MissingError, FormatError: there is no inflector in the folder, or it is damaged.

    """

    def __init__(
        self,
        lexicon: Lexicon,
        table: ParadigmTable,
        grammar: Grammar,
        citation: CitationRules,
        *,
        mode: str,
        seed: int,
        prefer_table: float = PREFER_TABLE,
        inflector: str = RULES,
    ) -> None:
        if mode not in MODES:
            raise unknown("mode", mode, MODES)
        require_inflector(inflector, table.lang)
        self.mode = mode
        self.seed = seed
        self._facts = (lexicon, table, grammar, citation)
        self._choices = (prefer_table, inflector)
        self._grammar = grammar
        self._candidates = Candidates(lexicon, table, grammar, citation, prefer_table=prefer_table)
        self._unlisted = Unlisted(table, inflector, seed)
        self._realiser = Realiser(self._candidates, table, grammar, self._unlisted, mode=mode)
        self._spans = Spans(lexicon)
        self._surface = Surface(grammar) if mode != "lexicon" else Surface(Grammar())
        self._plans = Plans(self._realiser.plan)
        self._known: dict[tuple[str, str], bool] = {}
        self._genders = [(gender, re.compile(shape)) for gender, shape in grammar.genders.items()]
        self._moves = mode != "lexicon" and moves_anything(grammar)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary as the facts alone."""
        return _rebuild, (*self._facts, self.mode, self.seed, *self._choices)

    def __call__(self, sentence: SourceSentence, sample: int = 0) -> PseudoExample | None:
        """Make one pseudo-sentence; None where fewer than `MINIMUM` words can be translated.

        Args:
            sentence: the analysed sentence.
            sample: which of several versions; each draws translations and optional changes anew.

        """
        known, words = self._coverage(sentence)
        if known < MINIMUM:
            return None
        state = sentence_state(self.seed, f"{sentence.id}\0{sentence.text}", sample)
        options, order, bound = self._options(sentence, state)
        name = f"{sentence.id}#{sample}" if sample else sentence.id
        return assemble(sentence, name, Made(options, order, bound), state, known / words, self._surface)

    @property
    def trust(self) -> Mapping[str, Trust]:
        """How far the inflector is believed, by each (UniMorph) part of speech that it was asked for until now."""
        return self._unlisted.trust

    def _coverage(self, sentence: SourceSentence) -> tuple[int, int]:
        """Count the words that the lexicon translates, and all words that might be."""
        known = words = 0
        for lemma, upos in zip(sentence.lemmas, sentence.upos, strict=True):
            if upos in _UNCOUNTED:
                continue
            words += 1
            key = (lemma, upos)
            found = self._known.get(key)
            if found is None:
                if len(self._known) >= KEPT:
                    self._known.clear()
                found = self._known[key] = bool(self._candidates.find(lemma.lower(), upos))
            known += found
        return known, words

    def _options(self, sentence: SourceSentence, state: int) -> tuple[list[Option], Sequence[int], Bound]:
        spans = self._spans.find(sentence)
        bound = {head: span.indices for head, span in spans.items()}
        inner = {index for span in spans.values() for index in span.indices} - spans.keys()
        if self.mode == "lexicon":
            return self._replaced(sentence, state, spans, inner), range(len(sentence.tokens)), bound
        reading = Reading(sentence, self._grammar, state)
        predicates = Predicates(reading)
        if self._genders:
            self._tell_genders(reading, predicates, spans)
        options = [
            () if index in inner else self._option(reading, predicates, index, spans.get(index))
            for index in range(len(sentence.tokens))
        ]
        if self._grammar.compound == "join":
            bound |= join_compounds(sentence, options)
        order = arrange(reading, options) if self._moves else range(len(options))
        return options, order, bound

    def _tell_genders(self, reading: Reading, predicates: Predicates, spans: Mapping[int, Span]) -> None:
        """Let the translations of nouns tell their genders, before anything agrees with them."""
        for index, upos in enumerate(reading.sentence.upos):
            if upos == "NOUN" and (option := self._option(reading, predicates, index, spans.get(index))):
                word = next(iter(option[0].words), "").lower()
                found = (gender for gender, shape in self._genders if shape.search(word))
                reading.genders[index] = next(found, self._grammar.gender)

    def _replaced(
        self, sentence: SourceSentence, state: int, spans: Mapping[int, Span], inner: Set[int]
    ) -> list[Option]:
        options: list[Option] = []
        for index, (lemma, upos) in enumerate(zip(sentence.lemmas, sentence.upos, strict=True)):
            if index in inner:
                options.append(())
                continue
            name = spans[index].source if index in spans else lemma if upos == "PROPN" else lemma.lower()
            options.append(self._choose(Asked(name, upos, NO_FACTS), state, index))
        return options

    def _option(self, reading: Reading, predicates: Predicates, index: int, span: Span | None) -> Option:
        sentence = reading.sentence
        relation = sentence.deprels[index]
        if span is None:
            if relation == "case" and (entry := reading.adposition(index)) is not None:
                return self._adposition(reading, index, entry)
            if relation == "fixed" and reading.phrase(sentence.heads[index] - 1) in self._grammar.adpositions:
                return ()
            if relation.startswith("nsubj") and self._drops(reading, index):
                return ()
            if relation == "compound:prt" and self._with_particle(reading, sentence.heads[index] - 1):
                return ()
        asked = ask(reading, predicates, index)
        if span is not None:
            asked = asked._replace(lemma=span.source)
        elif index in reading.links.particle and (phrase := self._with_particle(reading, index)):
            asked = asked._replace(lemma=phrase)
        return self._choose(asked, reading.state, index)

    def _adposition(self, reading: Reading, index: int, entry: Adposition) -> Option:
        if entry.form.startswith("@"):
            return self._realiser.agreeing(entry.form, entry.upos, of_governor(reading, index))
        return (Piece(tuple(entry.form.split()), ops.GRAMMAR, entry.upos),) if entry.form else ()

    def _with_particle(self, reading: Reading, index: int) -> str:
        """Give the entry of a verb together with its particle (`give up`), "" where the lexicon has none."""
        particle = reading.links.particle.get(index)
        if particle is None or reading.sentence.upos[index] != "VERB":
            return ""
        phrase = f"{reading.sentence.lemmas[index]} {reading.sentence.lemmas[particle]}".lower()
        return phrase if phrase in self._spans.phrases else ""

    def _drops(self, reading: Reading, index: int) -> bool:
        if not self._grammar.prodrop or reading.sentence.lemmas[index].lower() not in PERSONS:
            return False
        if reading.impersonal and reading.sentence.deprels[index] == "nsubj:pass":
            return False
        return draw(reading.state, Purpose.PRODROP, index) < self._grammar.prodrop

    def _choose(self, asked: Asked, state: int, index: int) -> Option:
        plan = self._plans[asked]
        if not plan.bounds:
            return plan.options[0]
        return plan.choose(draw(state, Purpose.LEMMA, index))


def _rebuild(
    lexicon: Lexicon,
    table: ParadigmTable,
    grammar: Grammar,
    citation: CitationRules,
    mode: str,
    seed: int,
    prefer_table: float,
    inflector: str,
) -> Synthesizer:
    return Synthesizer(
        lexicon, table, grammar, citation, mode=mode, seed=seed, prefer_table=prefer_table, inflector=inflector
    )


def build_synthesizer(
    pack: LanguagePack, *, mode: str, seed: int, prefer_table: float = PREFER_TABLE, inflector: str = RULES
) -> Synthesizer:
    """Make the synthesizer of a language pack; see `Synthesizer`."""
    facts = pack.lexicon(), pack.paradigms(), pack.grammar, pack.citation
    return Synthesizer(*facts, mode=mode, seed=seed, prefer_table=prefer_table, inflector=inflector)
