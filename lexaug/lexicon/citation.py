"""How a lexicon's citation form becomes the one another table uses: declared per language in the pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

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
    def parse(cls, table: Mapping[str, Any], *, file: Path | str | None = None) -> CitationRules:
        """Read the `[citation]` table of a pack: the fields' names as keys, and UPOS tags for `by_pos`.

        Raises:
            ConfigError: a key is unknown, or a value is not a list of texts (of pairs of texts for `replace`).

        """
        names = {spec.name for spec in fields(cls) if spec.init}
        for key in table:
            if key not in names:
                fault = unknown("citation rule", key, names)
                raise ConfigError(fault.message, file=file, hint=fault.hint)
        special = table.get("by_pos", {})
        if not isinstance(special, Mapping):
            raise ConfigError("citation rule 'by_pos' must be a table", file=file)
        for pos, rules in special.items():
            if pos not in UPOS or not isinstance(rules, Mapping):
                raise ConfigError(
                    f"by_pos.{pos} is no table of a UPOS tag", file=file, hint=f"tags: {', '.join(sorted(UPOS))}"
                )
        replace = tuple(_texts(pair, "replace", file, size=2) for pair in _items(table, "replace", file))
        return cls(
            strip_prefixes=_texts(table.get("strip_prefixes", ()), "strip_prefixes", file),
            strip_suffixes=_texts(table.get("strip_suffixes", ()), "strip_suffixes", file),
            replace=tuple((old, new) for old, new in replace),
            by_pos={pos: cls.parse(rules, file=file) for pos, rules in special.items()},
        )


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


def _items(table: Mapping[str, Any], key: str, file: Path | str | None) -> Iterable[Any]:
    value = table.get(key, ())
    if not isinstance(value, (list, tuple)):
        raise ConfigError(f"citation rule {key!r} must be a list", file=file)
    return value


def _texts(value: object, key: str, file: Path | str | None, size: int | None = None) -> tuple[str, ...]:
    fits = isinstance(value, (list, tuple)) and all(isinstance(text, str) for text in value)
    if not fits or (size is not None and len(value) != size):  # type: ignore[arg-type]
        wanted = "a list of texts" if size is None else 'a list of pairs such as ["old", "new"]'
        raise ConfigError(f"citation rule {key!r} must be {wanted}", file=file)
    return tuple(value)  # type: ignore[arg-type]
