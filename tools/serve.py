"""A local web server for the built book: `python -m tools.serve [FOLDER]`, PORT in the environment.

It behaves as a static host does (text is gzipped, scripts have their MIME types, a project site
lives below a prefix), so that what the tests and the bench see is what a reader gets.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

# Spelled out, because `mimetypes` follows the machine's own tables, which may lack or twist them.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ipynb": "application/json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
GZIPPED = ("text/", "application/json", "image/svg+xml")


@lru_cache(maxsize=512)
def _gzipped(path: str, mtime_ns: int) -> bytes:
    # Level 6 and no time stamp: what the common static hosts send, and the same bytes every run.
    return gzip.compress(Path(path).read_bytes(), compresslevel=6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Serves one folder below `prefix`; everything else is 404."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES
    prefix = "/"
    cache_control = "no-cache"

    def do_GET(self) -> None:
        """Answer with the gzipped file if that is worth it, else as the standard library does."""
        path = urlsplit(self.path).path
        if not path.startswith(self.prefix):
            self.send_error(404, f"Outside of {self.prefix}")
            return
        self.path = "/" + self.path[len(self.prefix) :]
        file = Path(self.translate_path(self.path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        kind = self.guess_type(str(file))
        wants = "gzip" in self.headers.get("Accept-Encoding", "")
        # A revalidation goes the plain way, which knows how to answer 304.
        if (
            not file.is_file()
            or not wants
            or not kind.startswith(GZIPPED)
            or "If-Modified-Since" in self.headers
        ):
            super().do_GET()
            return
        stat = file.stat()
        body = _gzipped(str(file), stat.st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", self.date_time_string(int(stat.st_mtime)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Say how long the answer may be kept."""
        self.send_header("Cache-Control", self.cache_control)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the browser's own tools show more than a log of requests would."""


class Server(ThreadingHTTPServer):
    """One thread a connection; a browser that hangs up in the middle is no news."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Report every error but a broken connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def server(
    folder: Path, port: int = 0, prefix: str = "/", cache_control: str = "no-cache"
) -> Server:
    """Return a server of `folder` on localhost, not yet running; port 0 takes a free one."""
    handler = type("_Handler", (Handler,), {"prefix": prefix, "cache_control": cache_control})

    def make(*args: object) -> SimpleHTTPRequestHandler:
        return handler(*args, directory=str(folder))  # type: ignore[no-any-return]

    return Server(("127.0.0.1", port), make)


@contextlib.contextmanager
def serving(
    folder: Path, prefix: str = "/the-copy-desk/", cache_control: str = "public, max-age=600"
) -> Iterator[str]:
    """Serve `folder` in the background; yields the base URL, which ends with "/".

    The prefix stands for a project site: a link that starts at the host's root breaks here too.
    """
    running = server(folder, prefix=prefix, cache_control=cache_control)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}{prefix}"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def main() -> int:
    """Serve the folder named on the command line until Ctrl-C."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "_build/html")
    port = int(os.environ.get("PORT", "8000"))
    if not (folder / "index.html").is_file():
        print(f"{folder} holds no index.html: run `make site` first", file=sys.stderr)
        return 1
    try:
        running = server(folder, port)
    except OSError as error:
        print(f"port {port}: {error.strerror}; choose another: PORT=8001 make ...", file=sys.stderr)
        return 1
    print(f"http://localhost:{running.server_port}/  (Ctrl-C stops)", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        running.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
