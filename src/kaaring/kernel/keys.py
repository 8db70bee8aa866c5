"""Row numbers taken before rows are written, so that rows that point at each other go in together."""

from django.db import connection, models


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Take unused primary keys, inside the transaction that writes the rows.

    PostgreSQL hands them out by its sequence; SQLite has one writer at a time, which is this transaction,
    and remembers the highest number it ever gave.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [connection.ops.quote_name(table), model._meta.pk.column, count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return list(range(first, first + count))
