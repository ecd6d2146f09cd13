"""Settings under which a network learns a made-up language in a few seconds."""

from lexaug.inflection.settings import InflectorSettings

SMALL = InflectorSettings(
    hidden_size=32, encoder_layers=1, decoder_layers=1, num_heads=2, intermediate_size=64, dropout=0.0, batch=16,
    averaging=0.8, learning_rate=8e-3, steps=160,
)  # fmt: skip
QUICK = InflectorSettings(batch=16, averaging=0.9, steps=6)
"""Settings under which it hardly learns, in no time."""
