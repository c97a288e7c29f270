"""A service on this machine that answers as Kolada is documented to, with invented values, and misbehaves on demand."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools.nation.key_figures import InventedKolada

BASE = "/v3/"
NEXT = {
    "absolut": lambda address, following: f"{address}/{following}",
    "från roten": lambda address, following: f"{BASE}{following}",
    "utan roten": lambda address, following: f"/{following}",
    "relativ": lambda address, following: following,
    "bara frågan": lambda address, following: f"?{following.split('?')[1]}",
}
"""Ways to write `next_url`."""


@dataclass
class Reply:
    """What is sent. `cut`: bytes that are promised and never sent."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    cut: int = 0


Trick = Callable[[str, int, Reply], Reply]
"""Takes a request, how many times it has been made, and the reply that would be right."""


@dataclass
class KoladaServer:
    """The service: its address and what it has been asked."""

    kolada: InventedKolada
    trick: Trick = lambda request, times, reply: reply
    per_page: int | None = None
    next_url: str = "relativ"
    delay: float = 0
    address: str = ""
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    most_at_once: int = 0
    under_way: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, request: str) -> Reply:
        with self.lock:
            self.asked.append(request)
            times = self.asked.count(request)
        said = self.kolada.answer(request, self.per_page)
        if said["next_url"]:
            said["next_url"] = NEXT[self.next_url](self.address, said["next_url"])
        return self.trick(request, times, Reply(json.dumps(said, ensure_ascii=False).encode()))


class _Service(ThreadingHTTPServer):
    """Says nothing of whoever hangs up."""

    def handle_error(self, *about: object) -> None:
        pass


@contextmanager
def serving_kolada(server: KoladaServer, certificate: Path | None = None) -> Iterator[KoladaServer]:
    """Runs the service on a free port of the loopback until the block ends. `certificate`: with its key, for https."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with server.lock:
                server.under_way += 1
                server.most_at_once = max(server.most_at_once, server.under_way)
                server.agents.add(self.headers["User-Agent"])
            time.sleep(server.delay)
            reply = (
                server.reply(self.path.removeprefix(BASE)) if self.path.startswith(BASE) else Reply(b"", 404)
            )
            with server.lock:
                server.under_way -= 1
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) + reply.cut))
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = bool(reply.cut)

        def log_message(self, *said: object) -> None:
            pass

    with _Service(("127.0.0.1", 0), Handler) as service:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            service.socket = context.wrap_socket(
                service.socket, server_side=True, do_handshake_on_connect=False
            )
        server.address = (
            f"{'https' if certificate else 'http'}://127.0.0.1:{service.server_address[1]}{BASE.rstrip('/')}"
        )
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            service.shutdown()
            thread.join()
