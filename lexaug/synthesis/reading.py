"""Nominals in their sentence: number, person, case, definiteness of every noun, pronoun, adjective and determiner."""

from __future__ import annotations

from typing import Final

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.grammar import Adposition, Grammar
from lexaug.synthesis.facts import PERSONS
from lexaug.synthesis.links import Links, link
from lexaug.synthesis.modifiers import Modifiers, modifiers
from lexaug.synthesis.seeds import Purpose, draw
from lexaug.synthesis.source import SourceSentence

_PLURAL_YOU: Final = 0.3
"""Share of `you` that is read as plural; English does not say."""
_SAME_AS_HEAD: Final = frozenset(("appos", "flat", "conj", "list"))
_NO_ADPOSITION: Final = Adposition()
_ARTICLES: Final = {"the": "DEF", "a": "INDF", "an": "INDF"}
_QUESTION_WORDS: Final = frozenset(("who", "what", "which", "whose", "where", "when", "why", "how", "whom"))
_DEEPEST: Final = 20
_COMPOUND: Final = frozenset(("compound",))
_NOMINAL: Final = frozenset(("noun", "compound"))
"""Facts of possessors that are no pronouns."""
_NO_POSSESSOR: Final[frozenset[str]] = frozenset()


class Reading:
    """One sentence under one grammar and one random state; every question is answered once and remembered."""

    __slots__ = (
        "_adpositions",
        "_cases",
        "_modifiers",
        "_numbers",
        "genders",
        "grammar",
        "links",
        "plural",
        "sentence",
        "state",
    )

    def __init__(self, sentence: SourceSentence, grammar: Grammar, state: int) -> None:
        self.sentence = sentence
        self.grammar = grammar
        self.state = state
        self.links: Links = link(sentence)
        self.genders: dict[int, str] = {}
        """Genders of nouns by their translations, where the grammar tells them by shape."""
        self._cases: dict[int, str] = {}
        self._numbers: dict[int, str] = {}
        self._adpositions: dict[int, Adposition] = {}
        self._modifiers: Modifiers | None = None

    def adposition(self, index: int) -> Adposition | None:
        """Give what the adposition at an index becomes, or None where the grammar does not know it."""
        if (known := self._adpositions.get(index)) is not None:
            return known if known is not _NO_ADPOSITION else None
        head = self.sentence.heads[index] - 1
        if self.impersonal and self.sentence.deprels[head] == "obl:agent":
            found = self._adpositions[index] = Adposition(self.grammar.cases.get("nsubj", ""))
            return found
        choices = self.grammar.adpositions.get(self.phrase(index))
        found = _NO_ADPOSITION
        if choices:
            at = int(draw(self.state, Purpose.ADPOSITION, index) * len(choices)) if len(choices) > 1 else 0
            found = choices[at]
        self._adpositions[index] = found
        return found if choices else None

    def phrase(self, index: int) -> str:
        """Give the lemma at an index together with the words fixed to it (`because of`)."""
        lemmas = self.sentence.lemmas
        if index not in self.links.fixed:
            return lemmas[index].lower()
        return " ".join((lemmas[index], *(lemmas[part] for part in self.links.fixed[index]))).lower()

    def case(self, index: int, depth: int = 0) -> str:
        """Give the case tag of a nominal: by adposition, else by relation; "" where the grammar says nothing."""
        if (known := self._cases.get(index)) is not None:
            return known
        found = self._case(index, depth) if self.grammar.cases or self.grammar.adpositions else ""
        self._cases[index] = found
        return found

    def _case(self, index: int, depth: int) -> str:
        links, cases = self.links, self.grammar.cases
        if (adposition := links.adposition.get(index)) is not None:
            entry = self.adposition(adposition)
            return entry.case if entry is not None and entry.case else cases.get("obl", cases.get("default", ""))
        relation = self.sentence.deprels[index]
        head = self.sentence.heads[index] - 1
        if relation == "nsubj:pass" and self.impersonal:
            return cases.get(relation) or cases.get("obj") or cases.get("default", "")
        if relation in _SAME_AS_HEAD and head >= 0 and depth < _DEEPEST:
            return self.case(head, depth + 1)
        if index in links.copula:
            return cases.get("predicate", cases.get("default", ""))
        if (possession := self.grammar.possession) is not None and (case := self._possession_case(index, head)):
            return possession.owner if case == "owner" else possession.owned
        return cases.get(relation) or cases.get(relation.partition(":")[0]) or cases.get("default", "")

    def _possession_case(self, index: int, head: int) -> str:
        if not self.possesses(head):
            return ""
        if self.links.subject.get(head) == index:
            return "owner"
        return "owned" if self.links.object.get(head) == index else ""

    def has(self, index: int) -> bool:
        """Tell whether a word is `have` with an object."""
        return (
            index in self.links.object
            and self.sentence.lemmas[index].lower() == "have"
            and self.sentence.upos[index] == "VERB"
        )

    def possesses(self, index: int) -> bool:
        """Tell whether a word is `have` with an owner and something owned, and the grammar says that otherwise."""
        return self.grammar.possession is not None and index in self.links.subject and self.has(index)

    @property
    def impersonal(self) -> bool:
        """Tell whether the language says a passive as "they see it", or with the agent as subject."""
        verbs = self.grammar.verbs
        return bool(verbs) and "PASS" not in verbs.mentioned

    def asks(self, index: int) -> bool:
        """Tell whether a word heads a question to be answered by yes or no, in a language that marks it."""
        sentence = self.sentence
        if not self.grammar.question or sentence.heads[index] != 0 or sentence.tokens[-1] != "?":
            return False
        return _QUESTION_WORDS.isdisjoint(sentence.lemmas)

    def number(self, index: int) -> str:
        """Give SG, DU or PL of a nominal, the whole coordination that it heads included."""
        if (known := self._numbers.get(index)) is not None:
            return known
        found = self._coordinated(index) or self.own_number(index)
        self._numbers[index] = found
        return found

    def _coordinated(self, index: int) -> str:
        parts = self.links.conjuncts.get(index)
        if not parts:
            return ""
        joined = self.links.coordinator.get(parts[-1])
        if joined is None or self.sentence.lemmas[joined] != "and":
            return ""
        both_single = len(parts) == 1 and self.own_number(index) == "SG" and self.own_number(parts[0]) == "SG"
        return "DU" if both_single and self.grammar.dual else "PL"

    def own_number(self, index: int) -> str:
        """Give SG, DU or PL of a nominal by itself."""
        lemma = self.sentence.lemmas[index].lower()
        if (person := PERSONS.get(lemma)) is not None:
            return self._pronoun_number(index, person[1])
        if _has(self.sentence.bundles[index], "PL"):
            return "PL"
        return "SG"

    def _pronoun_number(self, index: int, number: str) -> str:
        if not number:
            number = "PL" if draw(self.state, Purpose.NUMBER, self._mention(index)) < _PLURAL_YOU else "SG"
        if number == "PL" and self.grammar.dual:
            return "DU" if draw(self.state, Purpose.CONSTRUCTION, self._mention(index)) < self.grammar.dual else "PL"
        return number

    def number_of_addressee(self) -> str:
        """Give SG or PL of whom an imperative addresses: one draw a sentence, shared with `you`."""
        return "PL" if draw(self.state, Purpose.NUMBER, -2) < _PLURAL_YOU else "SG"

    def _mention(self, index: int) -> int:
        """Let all mentions of a person in a sentence share one draw."""
        person = PERSONS[self.sentence.lemmas[index].lower()][0]
        return -int(person)

    def person(self, index: int) -> str:
        """Give the person of a nominal, the whole coordination that it heads included."""
        lemmas = self.sentence.lemmas
        return min(
            (PERSONS[lemma][0] for part in self._members(index) if (lemma := lemmas[part].lower()) in PERSONS),
            default="3",
        )

    def _members(self, index: int) -> tuple[int, ...]:
        return (index, *self.links.conjuncts.get(index, ()))

    def gender(self, index: int) -> str:
        """Give the gender of a personal pronoun, or of a noun whose translation shows it; "" of anything else."""
        person = PERSONS.get(self.sentence.lemmas[index].lower())
        return person[2] if person is not None else self.genders.get(index, "")

    def definite(self, index: int) -> str:
        """Give DEF or INDF by the article; a noun with another determiner or a possessor has neither."""
        determiner = self.links.determiner.get(index)
        if determiner is not None:
            return _ARTICLES.get(self.sentence.lemmas[determiner].lower(), "")
        return "" if index in self.links.possessor else "INDF"

    def possessor(self, index: int) -> str:
        """Give the tag that the possessor of a noun puts on it, where the language has such forms."""
        rules = self.grammar.possessors
        if not rules.items:
            return ""
        owner = self.links.possessor.get(index)
        if owner is not None and self.sentence.lemmas[owner].lower() in PERSONS:
            found = rules.pick({self.person(owner), self.number(owner), self.gender(owner)})
        elif _NOMINAL.isdisjoint(rules.mentioned):
            return ""
        else:
            facts = self._nominal_possessor(index)
            found = rules.pick(facts) if facts else ()
        return found[0] if found else ""

    def _nominal_possessor(self, index: int) -> frozenset[str]:
        """Give the facts of a noun that possesses another, or of one that is in a compound with it."""
        owner = self.modifiers.owner.get(index)
        if owner is not None:
            return frozenset(("noun", self.number(owner)))
        return _COMPOUND if index in self.modifiers.compound else _NO_POSSESSOR

    @property
    def modifiers(self) -> Modifiers:
        """What modifies the nouns, collected when it is first asked."""
        if self._modifiers is None:
            self._modifiers = modifiers(self)
        return self._modifiers

    def marks(self, index: int) -> tuple[str, ...]:
        """Give the marks of a noun that the grammar asks for: `followed`, `relative`."""
        wanted, found = self.grammar.noun_marks, self.modifiers
        followed = ("followed",) if "followed" in wanted and index in found.followed else ()
        return (*followed, "relative") if "relative" in wanted and index in found.relative else followed


def _has(bundle: FeatureBundle, tag: str) -> bool:
    return tag in bundle.tags
