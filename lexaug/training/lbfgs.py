"""Limited-memory BFGS for the convex losses of the linear heads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import torch

Objective = Callable[[torch.Tensor], tuple[float, torch.Tensor]]
"""Gives the loss and its gradient at a point."""

_MEMORY = 6
_ARMIJO = 1e-4
_HALVINGS = 12


def minimise(objective: Objective, start: torch.Tensor, *, iterations: int, tolerance: float = 1e-5) -> torch.Tensor:
    """Walk from `start` towards the minimum (Nocedal and Wright 2006, algorithm 7.5, with Armijo backtracking).

    Stops after `iterations` steps, or when a step lowers the loss by less than `tolerance` of itself. A direction that
    does not descend, as rounding makes them near the minimum, empties the memory once and then ends the walk.
    """
    point = start.clone()
    loss, gradient = objective(point)
    memory: deque[tuple[torch.Tensor, torch.Tensor, float]] = deque(maxlen=_MEMORY)
    for _ in range(iterations):
        found = _step(objective, point, loss, gradient, _direction(gradient, memory), first=not memory)
        if found is None:
            if not memory:
                break
            memory.clear()
            continue
        new_point, new_loss, new_gradient = found
        _remember(memory, new_point - point, new_gradient - gradient)
        improved = loss - new_loss
        point, loss, gradient = new_point, new_loss, new_gradient
        if improved < tolerance * abs(loss):
            break
    return point


def _dot(left: torch.Tensor, right: torch.Tensor) -> float:
    return float(torch.dot(left.flatten(), right.flatten()))


def _direction(gradient: torch.Tensor, memory: deque[tuple[torch.Tensor, torch.Tensor, float]]) -> torch.Tensor:
    """Give minus the approximate inverse Hessian times the gradient (two-loop recursion)."""
    direction = -gradient
    weights = []
    for step, change, curvature in reversed(memory):
        weights.append(_dot(step, direction) / curvature)
        direction.add_(change, alpha=-weights[-1])
    if memory:
        _, change, curvature = memory[-1]
        direction.mul_(curvature / _dot(change, change))
    for (step, change, curvature), weight in zip(memory, reversed(weights), strict=True):
        direction.add_(step, alpha=weight - _dot(change, direction) / curvature)
    return direction


def _step(
    objective: Objective,
    point: torch.Tensor,
    loss: float,
    gradient: torch.Tensor,
    direction: torch.Tensor,
    *,
    first: bool,
) -> tuple[torch.Tensor, float, torch.Tensor] | None:
    slope = _dot(gradient, direction)
    if not slope < 0:
        return None
    size = min(1.0, 1.0 / float(gradient.abs().sum())) if first else 1.0
    for _ in range(_HALVINGS):
        candidate = point.add(direction, alpha=size)
        new_loss, new_gradient = objective(candidate)
        if new_loss <= loss + _ARMIJO * size * slope:
            return candidate, new_loss, new_gradient
        size /= 2
    return None


def _remember(
    memory: deque[tuple[torch.Tensor, torch.Tensor, float]], step: torch.Tensor, change: torch.Tensor
) -> None:
    curvature = _dot(step, change)
    if curvature > 1e-10 * _dot(change, change):
        memory.append((step, change, curvature))
