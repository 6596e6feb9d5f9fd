"""A mail server for tests: it takes whatever it is sent and keeps it."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, cast


class _Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs to hand over a letter."""

    def handle(self) -> None:
        self._say("220 test")
        sender, recipients = "", []
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            verb = line[:4].upper()
            if verb == "MAIL":
                sender = line.partition(":")[2]
            elif verb == "RCPT":
                recipients.append(line.partition(":")[2].strip("<>"))
            elif verb == "DATA":
                self._say("354 go on")
                cast(Any, self.server).letters.append((recipients, self._read_letter()))
                sender, recipients = "", []
            self._say("221 bye" if verb == "QUIT" else f"250 {verb} {sender}".strip())
            if verb == "QUIT":
                return

    def _read_letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`letters` are pairs of recipients and message, in the order of their coming."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[tuple[list[str], EmailMessage]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on a free port of this machine, as long as the block lasts."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
