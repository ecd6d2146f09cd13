"""The training benchmark compares like with like."""

from types import SimpleNamespace

import pytest
import torch

from experiments.benchmarks import training_setup
from experiments.benchmarks.trainer_side import TrainerModule
from lexaug.training.backbone import load_backbone
from lexaug.training.fused import fused_lora
from lexaug.training.gradients import Work


def test_a_batch_gives_both_sides_the_same_loss_and_gradients(tiny, tiny_folder, tmp_path):
    loop = tiny.loop(load_backbone(str(tiny_folder)), tmp_path)
    student, objectives = loop._student, {name: loop._objectives[name] for name in ("words", "labels")}
    student.use_characters = False
    student.peft.eval()
    for name, parameter in student.trained().items():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)

    with fused_lora(student.peft):
        outcome = Work(student, objectives, loop._reader, 0).gradients((0, 0))
    ours = _taken_gradients(student)
    module = TrainerModule(SimpleNamespace(student=student, objectives=objectives)).train()
    loss = module(loop._reader.batch(0, 0)[0])["loss"]
    loss.backward()
    theirs = _taken_gradients(student)

    assert loss.item() == pytest.approx(sum(outcome.losses.values()), rel=1e-5)
    assert module.tokens == outcome.tokens
    assert theirs.keys() == ours.keys()
    for name, gradient in ours.items():
        torch.testing.assert_close(theirs[name], gradient, rtol=1e-4, atol=1e-6)


def _taken_gradients(student):
    found = {name: p.grad.clone() for name, p in student.trained().items() if p.grad is not None and bool(p.grad.any())}
    for parameter in student.trained().values():
        parameter.grad = None
    assert any("lora_A" in name for name in found)
    return found


def test_the_clock_starts_after_the_warm_up(monkeypatch):
    seconds = iter([0.0, 50.0, 90.0, 91.0, 95.0, 100.0, 101.0, 102.0])
    monkeypatch.setattr(training_setup.time, "perf_counter", lambda: next(seconds))
    meter = training_setup.Meter(seconds=2.0)

    full = [meter.full(10 * step) for step in range(8)]

    assert full == [False] * 7 + [True]
    assert meter.rate == 10.0
