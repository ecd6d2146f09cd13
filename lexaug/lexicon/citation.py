"""How a lexicon's citation form becomes the one another table uses: declared per language in the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeGuard

from lexaug.described import LineOf, Place
from lexaug.errors import ConfigError
from lexaug.lexicon.pos import UPOS
from lexaug.registry import unknown


@dataclass(frozen=True, slots=True)
class CitationRules:
    """Prefixes and suffixes that a citation form may lose, and replacements in it, for all or for one part of speech.

    In `replace`, an old text that begins with `^` must stand at the start of the form, one that ends in `$` at its
    end: `("dde$", "t")`. `by_pos` maps a UPOS tag to rules that are tried before the general ones.
    """

    strip_prefixes: tuple[str, ...] = ()
    strip_suffixes: tuple[str, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()
    by_pos: Mapping[str, CitationRules] = field(default_factory=dict, hash=False)
    _seen: dict[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )

    def candidates(self, form: str, pos: str = "") -> tuple[str, ...]:
        """List the forms to look up in a table: the form itself, then its rule-made variants, nearest first."""
        found = self._seen.get((form, pos))
        if found is None:
            special = self.by_pos[pos].candidates(form) if pos in self.by_pos else (form,)
            found = tuple(dict.fromkeys((*special, *_variants(self, form))))
            if len(self._seen) >= _CACHE_SIZE:
                self._seen.clear()
            self._seen[form, pos] = found
        return found

    @classmethod
    def parse(
        cls,
        table: Mapping[str, Any],
        *,
        file: Path | str | None = None,
        line: LineOf = lambda _: None,
    ) -> CitationRules:
        """Read the `[citation]` table of a pack: the fields' names as keys, and UPOS tags for `by_pos`.

        Args:
            table: what TOML gives.
            file: the file it comes from, to name in errors.
            line: gives the line of a key in that file.

        Raises:
            ConfigError: a key is unknown, or a value is not a list of texts (of pairs of texts for `replace`).

        """
        return _Table(table, file, line, ("citation",)).rules()


@dataclass(frozen=True, slots=True)
class _Table:
    """A `[citation]` table that is being read, and where it stands."""

    table: Mapping[str, Any]
    file: Path | str | None
    line: LineOf
    place: Place

    def rules(self) -> CitationRules:
        keys = _KEYS if len(self.place) == 1 else _KEYS - {"by_pos"}
        for key in self.table:
            if key not in keys:
                fault = unknown("citation rule", key, sorted(keys))
                raise self.fail(fault.message, fault.hint, key)
        return CitationRules(self.texts("strip_prefixes"), self.texts("strip_suffixes"), self.pairs(), self.by_pos())

    def fail(self, message: str, hint: str | None, *key: str) -> ConfigError:
        return ConfigError(message, file=self.file, line=self.line((*self.place, *key)), hint=hint)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not _are_texts(value):
            raise self.fail(f"citation rule {key!r} must be a list of texts", f'write {key} = ["…"]', key)
        return tuple(value)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        value = self.table.get("replace", [])
        if not isinstance(value, list) or not all(_are_texts(pair) and len(pair) == 2 and pair[0] for pair in value):
            hint = 'write replace = [["old", "new"]]'
            raise self.fail("citation rule 'replace' must be a list of pairs of texts", hint, "replace")
        return tuple((old, new) for old, new in value)

    def by_pos(self) -> dict[str, CitationRules]:
        special = self.table.get("by_pos", {})
        if not isinstance(special, Mapping):
            raise self.fail("citation rule 'by_pos' must be a table", "write [citation.by_pos.VERB]", "by_pos")
        for pos, rules in special.items():
            if pos not in UPOS or not isinstance(rules, Mapping):
                hint = f"write [citation.by_pos.TAG], TAG one of {', '.join(sorted(UPOS))}"
                raise self.fail(f"by_pos.{pos} is no table of a UPOS tag", hint, "by_pos", pos)
        return {
            pos: _Table(rules, self.file, self.line, (*self.place, "by_pos", pos)).rules()
            for pos, rules in special.items()
        }


_KEYS = {spec.name for spec in fields(CitationRules) if spec.init}
_CACHE_SIZE = 1 << 17


def _variants(rules: CitationRules, form: str) -> Iterator[str]:
    """Strip, then replace; every step keeps what it started from, so that each rule is also tried alone."""
    forms = [form]
    forms += [form.removeprefix(prefix) for prefix in rules.strip_prefixes if form.startswith(prefix)]
    forms += [each.removesuffix(end) for each in forms for end in rules.strip_suffixes if each.endswith(end)]
    for old, new in rules.replace:
        forms += [changed for each in forms if (changed := _replaced(each, old, new)) != each]
    return (each for each in dict.fromkeys(forms) if each.strip())


def _replaced(form: str, old: str, new: str) -> str:
    text = old.removeprefix("^").removesuffix("$")
    starts, ends = old.startswith("^"), old.endswith("$")
    if starts and ends:
        return new if form == text else form
    if starts:
        return new + form[len(text) :] if form.startswith(text) else form
    if ends:
        return form[: len(form) - len(text)] + new if form.endswith(text) else form
    return form.replace(text, new)


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
