"""Settings for tests: a database of its own, cheap passwords, plain static files, tasks at once."""

import os
import tempfile

os.environ.setdefault("KAARING_VAR", tempfile.mkdtemp(prefix="kaaring-test-"))
os.environ.setdefault("KAARING_DEMO", "1")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from kaaring.config.settings import *  # noqa: F403 - settings are overridden one by one
from kaaring.config.settings import DATABASES, STORAGES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
    # A file: in memory, the live server's threads would share one connection and each other's transactions.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["KAARING_VAR"], "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WHITENOISE_AUTOREFRESH = True
SECURE_SSL_REDIRECT = False
DATABASES["default"]["CONN_MAX_AGE"] = 0
