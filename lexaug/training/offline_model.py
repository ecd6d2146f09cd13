"""The packed weights of the offline backbone as a `transformers.BertModel`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lexaug.training.offline_file import PackedModel

if TYPE_CHECKING:
    from torch import Tensor

_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def bert_tensors(packed: PackedModel) -> dict[str, Tensor]:
    """Give the packed tensors the names and shapes of `BertModel`."""
    import torch

    tensors = {}
    for name, values in packed.tensors.items():
        full = _EMBEDDINGS.get(name) or _layer_name(name)
        flat = torch.from_numpy(values)
        is_vector = full.endswith(("LayerNorm.weight", "bias"))
        width = packed.feed_forward if name.endswith(".fo.w") else packed.hidden
        tensors[full] = flat if is_vector else flat.reshape(-1, width)
    return tensors


def _layer_name(name: str) -> str:
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def bert_config(packed: PackedModel) -> Any:  # noqa: ANN401
    """Give the `BertConfig` of a packed model."""
    from transformers import BertConfig

    return BertConfig(
        vocab_size=packed.vocabulary,
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.feed_forward,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=1,
        architectures=["BertModel"],
    )


def bert_model(config: Any, tensors: dict[str, Tensor]) -> Any:  # noqa: ANN401
    """Put tensors into a frozen `BertModel` without copying them, so that memory stays shared with a mapped file."""
    import torch
    from transformers import BertModel

    with torch.device("meta"):
        model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(tensors, strict=True, assign=True)
    for name, buffer in _buffers(config):
        owner, _, leaf = name.rpartition(".")
        model.get_submodule(owner).register_buffer(leaf, buffer, persistent=False)
    return model.eval().requires_grad_(False)


def _buffers(config: Any) -> list[tuple[str, Tensor]]:  # noqa: ANN401
    import torch

    positions = torch.arange(config.max_position_embeddings).expand((1, -1))
    return [
        ("embeddings.position_ids", positions),
        ("embeddings.token_type_ids", torch.zeros(positions.size(), dtype=torch.long)),
    ]
