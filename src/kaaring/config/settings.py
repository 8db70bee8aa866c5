"""Settings. What a host changes is read from the environment; docs/running.md lists every name."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from kaaring.config.database import database

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("KAARING_VAR", "var")).absolute()


def origin(address: str) -> str:
    """Return the scheme and host of an address, as a Content-Security-Policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _key(variable: str, name: str) -> str:
    """Return a key from the environment, or one made once and kept in ``var/`` for this host alone."""
    if key := os.environ.get(variable):
        return key
    kept = VAR / name
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


DEMO = os.environ.get("KAARING_DEMO") == "1"
FIELD_KEYS = _key("KAARING_FIELD_KEYS", "field-key").split()
FILES = Path(os.environ.get("KAARING_FILES", VAR / "files")).absolute()
CLAMAV = os.environ.get("KAARING_CLAMAV", "")
DEBUG = False
SECRET_KEY = _key("KAARING_SECRET_KEY", "secret-key")
HTTPS = not DEMO and os.environ.get("KAARING_HTTPS", "1") == "1"
ALLOWED_HOSTS = os.environ.get("KAARING_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and "*" not in host]

INSTALLED_APPS = [
    "kaaring.web",
    "kaaring.jobs",
    "kaaring.reports",
    "kaaring.results",
    "kaaring.jury",
    "kaaring.fieldwork",
    "kaaring.entries",
    "kaaring.survey",
    "kaaring.outbox",
    "kaaring.programmes",
    "kaaring.people",
    "kaaring.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(["allauth.socialaccount.providers.openid_connect"] if "KAARING_OIDC_CLIENT_ID" in os.environ else []),
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "kaaring.web.guards.bounded",
    "kaaring.web.guards.WholeText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kaaring.web.guards.private_answers",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "kaaring.config.urls"
WSGI_APPLICATION = "kaaring.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kaaring.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "kaaring.web.templatetags.kaaring"],
        },
    }
]

VAR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'kaaring.sqlite3'}"))}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

CSRF_FAILURE_VIEW = "kaaring.web.faults.not_from_here"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "kaaring.web.account.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"vote_asked": "30/10m/ip,300/d/ip", "vote_mailed": "1/5m/key,6/30d/key"}
ACCOUNT_FORMS = {"login": "kaaring.web.account.forms.SignInForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KAARING_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "Kåring"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": os.environ.get("KAARING_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ["KAARING_OIDC_CLIENT_ID"],
                "secret": os.environ.get("KAARING_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["KAARING_OIDC_SERVER"]},
            }
        ]
        if os.environ.get("KAARING_OIDC_CLIENT_ID")
        else [],
    }
}

_MAIL_HOST = "" if DEMO else os.environ.get("KAARING_MAIL_HOST", "")  # the demonstration writes to nobody
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _MAIL_HOST,
            "port": int(os.environ.get("KAARING_MAIL_PORT", "587")),
            "username": os.environ.get("KAARING_MAIL_USER", ""),
            "password": os.environ.get("KAARING_MAIL_PASSWORD", ""),
            "use_tls": os.environ.get("KAARING_MAIL_TLS", "1") == "1",
        },
    }
    if _MAIL_HOST
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(VAR / "mail")},
    }
}
DEFAULT_FROM_EMAIL = os.environ.get("KAARING_MAIL_FROM", "Kåring <kaaring@localhost>")

LANGUAGE_CODE = os.environ.get("KAARING_LANGUAGE", "en")
LANGUAGES = [("nb", "Norsk"), ("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["kaaring.config.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "UTC"
USE_TZ = True
LANGUAGE_NAMES = {"nb": _("Norwegian"), "en": _("English"), "ru": _("Russian")}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

_IDENTITY_PROVIDER = [origin(server)] if (server := os.environ.get("KAARING_OIDC_SERVER")) else []
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF, *_IDENTITY_PROVIDER],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KAARING_LOG", "WARNING")},
}
