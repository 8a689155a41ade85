"""Manifests and states as JSON and back, for whoever keeps them."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from courses.runtimes.scorm.core.manifest import Manifest
from courses.runtimes.scorm.core.state import ScoState

Data = TypeVar("Data")


def manifest_to_json(manifest: Manifest) -> dict[str, Any]:
    return _written(manifest)


def manifest_from_json(data: Mapping[str, Any]) -> Manifest:
    """The manifest that :func:`manifest_to_json` wrote."""
    return _read(Manifest, data)


def state_to_json(state: ScoState) -> dict[str, Any]:
    return _written(state)


def state_from_json(data: Mapping[str, Any]) -> ScoState:
    """The state that :func:`state_to_json` wrote; {} is the state of an item never opened."""
    return _read(ScoState, data)


def _written(value: Any) -> Any:
    """Values of dataclasses as objects without what is as by default, numbers as texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _written(getattr(value, field.name))
            for field in fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _written(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_written(inner) for inner in value]
    return value.value if isinstance(value, StrEnum) else value


def _is_default(field: Any, value: Any) -> bool:
    if field.default_factory is not MISSING:
        return not value
    return field.default is not MISSING and value == field.default and value is not True


def _read(kind: type[Data], data: Any) -> Data:
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _typed(hints[name], data[name]) for name in known if name in data})


def _typed(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [one for one in get_args(kind) if one is not type(None)]
        return None if data is None else _typed(inner[0], data)
    if origin is tuple:
        return tuple(_typed(get_args(kind)[0], inner) for inner in data)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _typed(get_args(kind)[1], inner) for key, inner in data.items()}
    if kind is Decimal:
        return Decimal(data)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(data)
    return _read(kind, data) if isinstance(kind, type) and is_dataclass(kind) else data
