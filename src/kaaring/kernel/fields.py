"""Model fields of our own."""

import base64
import hashlib
import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class OrderedJSON(models.TextField[Any, Any]):
    """JSON whose keys keep their order on every database.

    PostgreSQL's ``jsonb`` sorts keys, and in a definition their order is the order people see. Stored as
    plain text and never searched.
    """

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Let migrations see the plain text field that it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def from_db_value(self, value: str | None, expression: object, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    """Return the cipher of these secrets: the first encrypts, all of them decrypt."""
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys]
    )


class EncryptedText(models.TextField[str, str]):
    """Text that the database, its backups and its administrators hold only encrypted (Fernet, AES-128).

    The keys are ``settings.FIELD_KEYS``: the first encrypts, older ones still decrypt. It cannot be searched.
    """

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Let migrations see the plain text field that it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def from_db_value(self, value: str | None, expression: object, connection: BaseDatabaseWrapper) -> Any:
        keys = tuple(settings.FIELD_KEYS)
        return None if value is None else _cipher(keys).decrypt(value.encode()).decode()

    def get_prep_value(self, value: Any) -> str | None:
        keys = tuple(settings.FIELD_KEYS)
        return None if value is None else _cipher(keys).encrypt(str(value).encode()).decode()
