import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lexaug.training.lbfgs import minimise


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 12))
def test_a_quadratic_is_brought_to_its_minimum(seed: int, size: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    factor = torch.randn(size, size, generator=generator, dtype=torch.float64)
    matrix = factor @ factor.T + torch.eye(size)
    wanted = torch.randn(size, generator=generator, dtype=torch.float64)

    def objective(point: torch.Tensor) -> tuple[float, torch.Tensor]:
        gap = point - wanted
        return float(0.5 * gap @ matrix @ gap), matrix @ gap

    found = minimise(objective, torch.zeros(size, dtype=torch.float64), iterations=300, tolerance=0)
    assert torch.allclose(found, wanted, atol=1e-3)


def test_the_loss_never_rises() -> None:
    seen = []

    def objective(point: torch.Tensor) -> tuple[float, torch.Tensor]:  # Rosenbrock's valley
        x, y = point.tolist()
        gradient = torch.tensor([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)], dtype=torch.float64)
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2, gradient

    point = torch.tensor([-1.2, 1.0], dtype=torch.float64)
    for iterations in (1, 5, 20, 80, 200):
        seen.append(objective(minimise(objective, point, iterations=iterations, tolerance=0))[0])
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] < 1e-6
