"""Where things lie and what the environment says of them."""

import getpass
import os
from pathlib import Path

from graph.words import LANGUAGES, Language

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
DATA = ROOT / "data"
DEMO = DATA / "demo"


def default_store() -> str:
    """Return the store's URL: `MITRA_STORE`, or a local store beside the code (in the home of an installed package)."""
    named = os.environ.get("MITRA_STORE", "").strip()
    if named:
        return named
    home = ROOT if (ROOT / "pyproject.toml").exists() else Path.home()
    return f"local:{home / '.mitra'}"


def default_language() -> Language:
    """Return the reader's language: that of `MITRA_LANG`, else Indonesian, which the readers of Mitra read first."""
    named = os.environ.get("MITRA_LANG", "").lower()[:2]
    return next((language for language in LANGUAGES if named == language), "id")


def boundaries() -> Path | None:
    """Return the GeoJSON of provinces that `MITRA_BOUNDARIES` names for the map, if it names one."""
    named = os.environ.get("MITRA_BOUNDARIES", "").strip()
    return Path(named).expanduser() if named else None


def user() -> str:
    """Return who is at work: `MITRA_USER`, else the name of the account, else "?"."""
    try:
        return os.environ.get("MITRA_USER") or getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account of that number, as in some containers
        return "?"


def model() -> tuple[str, str, str]:
    """Return address, name and key of the language model: `MITRA_MODEL_URL`, `MITRA_MODEL_NAME`, `MITRA_MODEL_KEY`."""
    url, name, key = (os.environ.get(f"MITRA_MODEL_{part}", "").strip() for part in ("URL", "NAME", "KEY"))
    return url, name, key


def environment(store: str, language: Language) -> dict[str, str]:
    """Return the variables by which the app sees this store and language, whatever its working directory."""
    scheme, _, path = store.partition(":")
    if scheme == "local":
        store = f"local:{Path(path).expanduser().resolve()}"
    return {"MITRA_STORE": store, "MITRA_LANG": language}
