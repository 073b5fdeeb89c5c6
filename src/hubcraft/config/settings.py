"""Django's settings: what is the same everywhere; what differs comes from `env`."""

from pathlib import Path

from hubcraft.config import env

SURROUNDINGS = env.read()

HOUSE = Path(__file__).resolve().parents[1]
DATA = SURROUNDINGS.data
# What people read about how long things are kept is what the product does.
RETENTION = HOUSE.parents[1] / "docs" / "host" / "retention.toml"
# What is read as a folder is what Help shows.
HANDBOOK = HOUSE.parents[1] / "docs" / "use"

SECRET_KEY = SURROUNDINGS.secret_key
DEBUG = SURROUNDINGS.is_debug
# Any name may reach us: a phone in the room uses the machine's number, a tunnel or a school's name for it.
# Links are built from HUBCRAFT_ADDRESS where it is set, and writes are held to the same origin.
ALLOWED_HOSTS = ["*"]

HUBCRAFT_ADDRESS = SURROUNDINGS.address
HUBCRAFT_BUS = SURROUNDINGS.bus
HUBCRAFT_STREAMS = SURROUNDINGS.streams
HUBCRAFT_THREADS = SURROUNDINGS.threads
HUBCRAFT_TRUSTED_PROXIES = SURROUNDINGS.trusted_proxies
HUBCRAFT_CAN_MAIL = bool(SURROUNDINGS.smtp_url)
HUBCRAFT_WRITES_INLINE = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    # Its table is no longer used; backups made while it was say so.
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "hubcraft.cli",
    "hubcraft.web",
    "hubcraft.live",
    "hubcraft.api",
    # Before the sign-in library's, so that its pages are ours.
    "hubcraft.apps.audit",
    "hubcraft.apps.notices",
    "hubcraft.apps.upkeep",
    "hubcraft.apps.people",
    "hubcraft.apps.networks",
    "hubcraft.apps.roles",
    "hubcraft.apps.rooms",
    "hubcraft.apps.frameworks",
    "hubcraft.apps.reflections",
    "hubcraft.apps.playbook",
    "hubcraft.apps.improvement",
    "hubcraft.apps.facilitation",
    "hubcraft.apps.insights",
    "hubcraft.apps.lifecycle",
    "hubcraft.apps.cards",
    "hubcraft.apps.letters",
    "hubcraft.apps.records",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "hubcraft.web.middleware.headers",
    # Pads what it packs by a random length, so that sizes tell nothing of the keys on a page.
    "django.middleware.gzip.GZipMiddleware",
    "hubcraft.web.middleware.same_origin",
    "hubcraft.web.middleware.moment",
    "django.middleware.locale.LocaleMiddleware",
    "hubcraft.apps.people.middleware.Sessions",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hubcraft.apps.networks.middleware.SecondStep",
    "hubcraft.web.middleware.refusals",
]

ROOT_URLCONF = "hubcraft.config.urls"
ASGI_APPLICATION = "hubcraft.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
            ],
            "builtins": ["django.templatetags.i18n", "hubcraft.web.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.database(SURROUNDINGS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
# What this device reads before anybody has a seat or an account on it; until it is chosen, what its browser asks for.
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [HOUSE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"

# Behind proxies of ours, what the browser used is what they say it used.
if SURROUNDINGS.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

AUTH_USER_MODEL = "people.Person"
# An address is one account's as long as that account is there: an erased one has given its own back.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
SESSION_ENGINE = "hubcraft.apps.people.session_store"
SESSION_COOKIE_NAME = "signed-in"
SESSION_COOKIE_AGE = 30 * 24 * 3600
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_ADAPTER = "hubcraft.apps.people.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Long enough for a mail that takes its time and a person who has to find it.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Who has no account gets no mail, so that nobody can have us write to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,5/10m/key",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,10/5m/key",
}
MFA_ADAPTER = "hubcraft.apps.people.adapter.SecondSteps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey alone signs in, so whoever holds the device shows it who they are.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Nobody signs up by themselves, so nobody keeps an address from its owner by locking its account.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A minute and a half in all, for a clock that is off and a hand that is slow; each code still counts once.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "hubcraft.apps.people.forms.CodeForm",
    "authenticate_webauthn": "hubcraft.apps.people.forms.PasskeyForm",
    "reauthenticate": "hubcraft.apps.people.forms.CodeAgainForm",
    "reauthenticate_webauthn": "hubcraft.apps.people.forms.PasskeyAgainForm",
    "login_webauthn": "hubcraft.apps.people.forms.PasskeySignInForm",
    "add_webauthn": "hubcraft.apps.people.forms.NewPasskeyForm",
    "activate_totp": "hubcraft.apps.people.forms.NewAppForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = SURROUNDINGS.trusted_proxies

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
SECURE_REFERRER_POLICY = "same-origin"

DEFAULT_FROM_EMAIL = SURROUNDINGS.mail_from
globals().update(env.mail(SURROUNDINGS))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"keys": {"()": "hubcraft.web.logs.WithoutKeys"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["keys"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"hubcraft": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
