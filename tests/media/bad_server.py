"""A real server on loopback that does whatever a test asks it to, and remembers who asked."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = bytes | Callable[[socket.socket], None]


class BadServer:
    """Answers each path with bytes as they are, or lets a function do with the connection."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._is_open = True
        threading.Thread(target=self._serve, daemon=True).start()

    def says(
        self, path: str, body: bytes, kind: str = "image/png", status: str = "200 OK", *more: str
    ) -> None:
        """Answer a path with a body of a type."""
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        head = "\r\n".join([*lines, *more, "", ""]).encode()
        self.answers[path] = head + body

    def leads(self, path: str, to: str) -> None:
        """Answer a path with a redirection."""
        self.says(path, b"", "text/html", "302 Found", f"Location: {to}")

    def url(self, path: str, host: str = "pictures.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        self._is_open = False
        self._listener.close()

    def _serve(self) -> None:
        while self._is_open:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(sock,), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        try:
            with self._tls.wrap_socket(sock, server_side=True) if self._tls else sock as line:
                self._answer_one(line)
        except OSError:
            # Whoever asked has had enough, which is what most tests are about.
            return

    def _answer_one(self, sock: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            got = sock.recv(65536)
            if not got:
                return
            request += got
        path = request.split(b" ", 2)[1].decode()
        self.asked.append(path)
        self.requests.append(request)
        answer = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        if isinstance(answer, bytes):
            sock.sendall(answer)
        else:
            answer(sock)


@contextmanager
def bad_server(tls: ssl.SSLContext | None = None) -> Iterator[BadServer]:
    """The server, for as long as the block lasts; it speaks TLS where it is given how."""
    server = BadServer(tls)
    try:
        yield server
    finally:
        server.close()
