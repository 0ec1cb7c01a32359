"""`typing.NamedTuple`, made in a tenth of the time: start-up time is a feature, and a check needs fifty such classes.

That one compiles the text of every annotation, a frozen dataclass the code of eight methods, and
`namedtuple` that of one, which here waits until a class has many values. Type checkers see typing's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import _tuplegetter, namedtuple

    # So many values are put together below in the time that it takes to compile how, after which each takes half.
    _FEW = 60

    class _Row(tuple):
        """What all these classes have in common, as namedtuple has it."""

        __slots__ = ()

        def __new__(cls, *given: Any, **named: Any) -> Any:
            """One of the first values of a class. The others, and what is wrong, are left to namedtuple's own."""
            cls._count[0] += 1
            fields = cls._fields
            if cls._count[0] <= _FEW:
                if len(given) == len(fields) and not named:
                    return tuple.__new__(cls, given)
                values = cls._field_defaults | dict(zip(fields, given, strict=False)) | named
                again = any(field in named for field in fields[: len(given)])
                if values.keys() == {*fields} and len(given) < len(fields) and not again:
                    return tuple.__new__(cls, map(values.__getitem__, fields))
            owner = next(one for one in cls.__mro__ if "_fields" in vars(one))
            like = namedtuple(owner.__name__, fields, defaults=cls._field_defaults.values())
            owner.__new__ = staticmethod(like.__new__)
            return like.__new__(cls, *given, **named)

        @classmethod
        def _make(cls, values: Any) -> Any:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **named: Any) -> Any:
            made = self._make(map(named.pop, self._fields, self))
            if named:
                raise TypeError(f"Got unexpected field names: {list(named)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            said = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({said})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    class _Made(type):
        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, space)
            fields = tuple(space.get("__annotations__", ()))
            space["_field_defaults"] = {field: space.pop(field) for field in fields if field in space}
            space |= {field: _tuplegetter(place, "") for place, field in enumerate(fields)}
            space |= {"__slots__": (), "_fields": fields, "__match_args__": fields, "_count": [0]}
            return type(name, (_Row,), space)

    class NamedTuple(metaclass=_Made):
        """Fields are the annotated names, in order."""
