"""Django's settings: what is the same everywhere; what differs comes from `env`."""

from pathlib import Path

from hubcraft.config import env

SURROUNDINGS = env.read()

HOUSE = Path(__file__).resolve().parents[1]
DATA = SURROUNDINGS.data

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
    "django.contrib.staticfiles",
    "hubcraft.cli",
    "hubcraft.web",
    "hubcraft.live",
    "hubcraft.apps.audit",
    "hubcraft.apps.notices",
    "hubcraft.apps.networks",
    "hubcraft.apps.rooms",
    "hubcraft.apps.frameworks",
    "hubcraft.apps.reflections",
    "hubcraft.apps.playbook",
    "hubcraft.apps.improvement",
    "hubcraft.apps.facilitation",
]

MIDDLEWARE = [
    "hubcraft.web.middleware.headers",
    # Pads what it packs by a random length, so that sizes tell nothing of the keys on a page.
    "django.middleware.gzip.GZipMiddleware",
    "hubcraft.web.middleware.same_origin",
    "hubcraft.web.middleware.moment",
    "django.middleware.locale.LocaleMiddleware",
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
            ],
            "builtins": ["django.templatetags.i18n", "hubcraft.web.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.database(SURROUNDINGS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"

# Behind proxies of ours, what the browser used is what they say it used.
if SURROUNDINGS.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
SECURE_REFERRER_POLICY = "same-origin"

DEFAULT_FROM_EMAIL = SURROUNDINGS.mail_from
globals().update(env.mail(SURROUNDINGS))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"hubcraft": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
