"""Dequantisation of 4-bit blocks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lexaug.training.offline_file import _BLOCK, BLOCK, dequantise

nibbles = st.lists(st.integers(0, 15), min_size=BLOCK, max_size=BLOCK)


@given(st.lists(st.tuples(st.floats(-2, 2, width=16), nibbles), min_size=1, max_size=4))
def test_weights_are_scaled_nibbles_minus_eight(blocks):
    packed = np.zeros(len(blocks), _BLOCK)
    for place, (scale, values) in enumerate(blocks):
        packed[place] = (scale, [values[i] | values[i + 16] << 4 for i in range(16)])
    expected = [(value - 8) * scale for scale, values in blocks for value in values]
    assert np.array_equal(dequantise(packed), np.array(expected, np.float32))
