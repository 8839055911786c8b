"""The tables of what the user said of units; what is inferred of them is kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

UNIT_TABLES: dict[str, tuple[str, ...]] = {
    "units": ("id", "key", "name", "parent", "merged"),
    "unit_names": ("id", "unit", "name", "place"),
    "source_units": ("id", "source", "place", "units"),
}


def create_units(db: Database) -> None:
    """Names, parents and mergings of units; other names for them; what sources were said to mean.

    Units are named by their keys, since one need not have a row: most are inferred.
    """
    db.table("units").create(
        {"id": int, "key": str, "name": str, "parent": str, "merged": str},
        pk="id", not_null={"key"},
    )  # fmt: skip
    db.table("units").create_index(["key"], unique=True)
    db.table("unit_names").create(
        {"id": int, "unit": str, "name": str, "place": str},
        pk="id", not_null={"unit", "name", "place"},
    )  # fmt: skip
    db.table("unit_names").create_index(["name", "place"], unique=True)
    db.table("source_units").create(
        {"id": int, "source": str, "place": str, "units": str},
        pk="id", not_null={"source", "place", "units"},
    )  # fmt: skip
    db.table("source_units").create_index(["source", "place"], unique=True)
