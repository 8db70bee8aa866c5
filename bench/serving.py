"""Serving: from a clean clone to the first page, and the memory of two web processes after a tour."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 300.0
MOST_PAGES = 250
LINK = re.compile(r'href="(/(?:nb|en|ru)/[^"#]*)"')
NOT_TOURED = re.compile(r"/logout/|\.(?:pdf|zip|csv|json|yaml)$|\?")


def run() -> list[dict[str, object]]:
    """Return the seconds of a newcomer's first start and the memory of the serving processes."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "kaaring"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        started = time.monotonic()
        with served(["make", "demo"], clone, PORT=str(port := free_port())):
            wait_for(port)
            first = time.monotonic() - started
        rows: list[dict[str, object]] = [
            {
                "what": "clean clone to first page (clock)",
                "value": first,
                "unit": "s",
                "note": "warm download cache",
            }
        ]
        command = [clone / ".venv/bin/kaaring", "serve", "--workers", "2", "--no-worker"]
        address = f"127.0.0.1:{(port := free_port())}"
        with served([*map(str, command), "--bind", address], clone, KAARING_DEMO="1") as process:
            wait_for(port)
            pages = tour(port)
            rows.append(
                {
                    "what": "two web processes after the tour (PSS)",
                    "value": memory_of_children(process.pid),
                    "unit": "MB",
                    "note": f"{pages} pages, each asked for four times",
                }
            )
        shutil.rmtree(clone)
    return rows


@contextmanager
def served(command: list[str], folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a process group of its own and end it afterwards."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KAARING", "DATABASE"))}
    process = subprocess.Popen(
        command, cwd=folder, env={**kept, **environment}, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until the front page answers."""
    opener, until = build_opener(), time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            opener.open(f"http://localhost:{port}/en/", timeout=30).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not answer")


def tour(port: int) -> int:
    """Follow every link as the owner, then as a participant's contact; return how many pages there were."""
    base, seen = f"http://localhost:{port}", set[str]()
    for person in ("owner", "participant-contact"):
        opener = build_opener(HTTPCookieProcessor(CookieJar()))
        sign_in(opener, base, person)
        waiting = ["/en/", "/nb/account/me/", "/en/organiser/", "/en/participant/"]
        while waiting and len(seen) < MOST_PAGES:
            page = waiting.pop(0)
            if page in seen or NOT_TOURED.search(page):
                continue
            seen.add(page)
            for _turn in range(4):
                text = fetched(opener, base + page)
            waiting += LINK.findall(text)
    return len(seen)


def sign_in(opener: OpenerDirector, base: str, person: str) -> None:
    """Sign in to the demo with one click, as a browser does."""
    page = opener.open(f"{base}/en/account/demo/").read().decode()
    form = page.partition(f"{person}@demo.example")[2]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    action = re.search(r'action="([^"]+)"', form)
    if not token or not action:
        sys.exit(f"No demo account for {person}")
    opener.open(base + action[1], urlencode({"csrfmiddlewaretoken": token[1]}).encode()).read()


def fetched(opener: OpenerDirector, address: str) -> str:
    """Return a page's text, or nothing where there is none for this person."""
    try:
        return str(opener.open(address, timeout=60).read().decode())
    except (HTTPError, UnicodeDecodeError):
        return ""


def memory_of_children(parent: int) -> float:
    """Return the proportional set size of a process's children in MB, from the kernel's own count."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    total = 0
    for child in children:
        rollup = Path(f"/proc/{child}/smaps_rollup").read_text()
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024
