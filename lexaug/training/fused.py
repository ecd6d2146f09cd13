"""A LoRA layer as one matrix product each way: the same mathematics as peft's, without its extra passes over memory.

Forward uses the merged weight W + s·BA; backward needs the input alone, since dA and dB follow from it by products of
rank width: dB = s·gᵀ(xAᵀ), dA = s·(gB)ᵀx (Hu et al. 2022, "LoRA", with g the gradient of the output). Under autocast of
the processor the products take bfloat16 numbers; the merged weight is rounded once it is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.amp import custom_bwd, custom_fwd
from torch.nn import functional

from lexaug.training.precision import full_precision

ADAPTER = "default"


class _FusedLora(torch.autograd.Function):
    """y = x Mᵀ + b, where M = W + s·BA is merged already, with gradients for x, b, A and B."""

    @staticmethod
    @custom_fwd(device_type="cpu", cast_inputs=torch.bfloat16)  # type: ignore[untyped-decorator]
    def forward(
        ctx: Any,  # noqa: ANN401
        inputs: Tensor,
        merged: Tensor,
        bias: Tensor | None,
        down: Tensor,
        up: Tensor,
        scale: float,
    ) -> Tensor:
        ctx.save_for_backward(inputs, merged, down, up)
        ctx.scale = scale
        return functional.linear(inputs, merged, bias)

    @staticmethod
    @custom_bwd(device_type="cpu")  # type: ignore[untyped-decorator]
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401
        inputs, merged, down, up = ctx.saved_tensors
        gradient = gradients[0].reshape(-1, gradients[0].shape[-1])
        flat = inputs.reshape(-1, inputs.shape[-1])
        to_inputs = (gradient @ merged).view_as(inputs) if ctx.needs_input_grad[0] else None
        to_up = (gradient.T @ (flat @ down.T)).mul_(ctx.scale)
        to_down = ((gradient @ up).T @ flat).mul_(ctx.scale)
        to_bias = gradient.sum(0) if ctx.needs_input_grad[2] else None
        return to_inputs, None, to_bias, to_down, to_up, None


@contextmanager
def fused_lora(model: torch.nn.Module, adapter: str = ADAPTER) -> Iterator[int]:
    """Let the plain LoRA layers of a peft model compute with one adapter, fused, for a while; gives how many do.

    Layers with dropout, DoRA or another variant, or without that adapter keep peft's own way.
    """
    layers = [module for module in model.modules() if _fits(module, adapter)]
    for layer in layers:
        layer.forward = partial(_forward, layer, adapter)
    try:
        yield len(layers)
    finally:
        for layer in layers:
            del layer.forward


def _fits(module: Any, adapter: str) -> bool:  # noqa: ANN401
    if adapter not in getattr(module, "lora_A", ()) or not hasattr(module, "base_layer"):
        return False
    plain = isinstance(module.base_layer, torch.nn.Linear) and not module.lora_bias.get(adapter, False)
    varied = adapter in module.lora_variant
    return plain and not varied and isinstance(module.lora_dropout[adapter], torch.nn.Identity)


def _forward(layer: Any, adapter: str, inputs: Tensor, *_: object, **__: object) -> Tensor:  # noqa: ANN401
    down, up = layer.lora_A[adapter].weight, layer.lora_B[adapter].weight
    base, scale = layer.base_layer, layer.scaling[adapter]
    with torch.no_grad(), full_precision(inputs):
        merged = torch.addmm(base.weight, up, down, alpha=scale)
    out: Tensor = _FusedLora.apply(inputs, merged, base.bias, down, up, scale)  # type: ignore[no-untyped-call]
    return out
