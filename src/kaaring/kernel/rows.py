"""Many rows at once, as fast as the database takes them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import Field


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values (field names in ``columns``) without making model instances.

    The caller has checked the values and opened the transaction; database constraints still hold.
    PostgreSQL takes them by ``COPY``, SQLite by one prepared statement.
    """
    fields: list[Field[Any, Any]] = [model._meta.get_field(name) for name in columns]  # type: ignore[misc]
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            raw: Any = cursor.cursor
            with raw.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608 - names come from the model
