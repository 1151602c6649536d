"""Classes of a choropleth: values in, limits out.

Quantiles: each class holds about as many regions as any other. Regional figures are few and very
uneven (three cities are a thousand times as dense as the steppe), and natural breaks would spend their
classes on those few and leave all others one grey. The limits are in the key, so that nobody takes
equal steps of grey for equal steps of the figure.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MOST = 5
"""Shades of grey that can still be told apart beside coloured marks."""


@dataclass(frozen=True)
class Classes:
    """Classes in ascending order.

    limits: the least value, then the greatest of each class; empty for no values.
    members: for each value, in the order given, its class from 0.
    """

    limits: list[float]
    members: list[int]


def classify(values: Sequence[float], most: int = MOST) -> Classes:
    """Part finite values into at most `most` classes; equal values share one. Raises ValueError."""
    numbers = np.asarray(values, dtype=float)
    if not np.isfinite(numbers).all():
        raise ValueError("only finite values have a class")
    distinct = np.unique(numbers)
    if not len(distinct):
        return Classes([], [])
    members = np.searchsorted(_uppers(numbers, distinct, most), numbers)
    held, members = np.unique(members, return_inverse=True)  # no class without a value
    ends = [float(numbers[members == at].max()) for at in range(len(held))]
    return Classes([float(distinct[0]), *ends], [int(at) for at in members])


def _uppers(numbers: npt.NDArray[np.float64], distinct: npt.NDArray[np.float64], most: int) -> Any:
    if len(distinct) <= most:
        return distinct
    from mapclassify import Quantiles  # takes a second, and only who shades regions needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where values repeat, fewer classes are what we want
        return np.unique(Quantiles(numbers, k=most).bins)
