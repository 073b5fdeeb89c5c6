"""What the surroundings decide, read once and typed."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from environs import Env


@dataclass(frozen=True)
class Surroundings:
    """One field for each HUBCRAFT_… variable; `docs/host/settings.md` tells them to people."""

    data: Path
    database_url: str
    address: str
    bus: str
    streams: int
    threads: int
    smtp_url: str
    mail_from: str
    trusted_proxies: int
    is_debug: bool
    secret_key: str
    synchronous: str


def read() -> Surroundings:
    """Read the environment; make the data folder and its secret key where they are missing."""
    env = Env()
    data = Path(env.str("HUBCRAFT_DATA", "") or default_data_folder()).expanduser().resolve()
    data.mkdir(parents=True, exist_ok=True)
    return Surroundings(
        data=data,
        database_url=env.str("HUBCRAFT_DATABASE_URL", ""),
        address=env.str("HUBCRAFT_ADDRESS", "").rstrip("/"),
        bus=env.str("HUBCRAFT_BUS", ""),
        streams=env.int("HUBCRAFT_STREAMS", 10_000),
        threads=env.int("HUBCRAFT_THREADS", 24),
        smtp_url=env.str("HUBCRAFT_SMTP_URL", ""),
        mail_from=env.str("HUBCRAFT_MAIL_FROM", "Hubcraft <hubcraft@localhost>"),
        trusted_proxies=env.int("HUBCRAFT_TRUSTED_PROXIES", 0),
        is_debug=env.bool("HUBCRAFT_DEBUG", False),
        secret_key=env.str("HUBCRAFT_SECRET_KEY", "") or kept_secret(data / "secret.key"),
        synchronous=env.str("HUBCRAFT_SYNCHRONOUS", "FULL"),
    )


def default_data_folder() -> Path:
    """`.data` in the checkout this code runs from."""
    return Path(__file__).resolve().parents[3] / ".data"


def kept_secret(path: Path) -> str:
    """The secret key in `path`, made at the first start and readable by its owner alone."""
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


def database(surroundings: Surroundings) -> dict[str, object]:
    """Django's description of the one database: SQLite in the data folder, or PostgreSQL by its address."""
    if not surroundings.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": surroundings.data / "hubcraft.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged mark survives a power cut. mmap off: it widens the damage of a bad disk.
                # Each of some 24 threads keeps 8 MB of the database; more costs memory and spares no time, for the
                # system keeps the file as well.
                "init_command": (
                    f"PRAGMA journal_mode=WAL; PRAGMA synchronous={surroundings.synchronous}; PRAGMA mmap_size=0;"
                    " PRAGMA foreign_keys=ON; PRAGMA cache_size=-8192; PRAGMA journal_size_limit=67108864"
                ),
            },
        }
    url = urlsplit(surroundings.database_url)
    query = dict(pair.split("=", 1) for pair in url.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(query.get("host", url.hostname or "")),
        "PORT": str(url.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def mail(surroundings: Surroundings) -> dict[str, object]:
    """Django's mail settings from one smtp:// address; without one, mail waits as files in the data folder."""
    if not surroundings.smtp_url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": surroundings.data / "mailbox",
        }
    url = urlsplit(surroundings.smtp_url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }
