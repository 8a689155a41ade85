"""Numbers and truth values of content."""

from decimal import Decimal, InvalidOperation
from typing import Any

from courses.runtimes.h5p.core.semantics import Field, as_number


def filter_number(field: Field, value: Any) -> int | float | None:
    """A number within ``min`` and ``max``, on a ``step`` counted from ``min``, else rounded.

    ``None`` where the value is no number and may be missing or has a default; else what is no
    number becomes the one next to 0.
    """
    number = as_number(value)
    if number is None:
        if field.is_optional or as_number(field.default) is not None:
            return None
        number = 0
    exact = _clamped(Decimal(str(number)), field)
    step, decimals = field.bound("step"), field.bound("decimals")
    if step is not None and step > 0:
        exact = _on_step(exact, Decimal(str(step)), Decimal(str(field.bound("min") or 0)))
    elif decimals is not None:
        exact = round(exact, int(max(0, min(12, decimals))))
    exact = _clamped(exact, field)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def filter_boolean(value: Any) -> bool | None:
    """A truth value, also from 0 and 1 and the texts of a web form; ``None`` from anything else."""
    if isinstance(value, bool):
        return value
    if value in (1, "1", "true"):
        return True
    return False if value in (0, "0", "false", "") else None


def _clamped(number: Decimal, field: Field) -> Decimal:
    """Within the bounds; where they contradict each other, the lower one."""
    least, most = field.bound("min"), field.bound("max")
    if most is not None:
        number = min(number, Decimal(str(most)))
    if least is not None:
        number = max(number, Decimal(str(least)))
    return number


def _on_step(number: Decimal, step: Decimal, base: Decimal) -> Decimal:
    """The last step not beyond ``number``, as H5P core counts."""
    try:
        return number - (number - base) % step
    except InvalidOperation:
        return number
