"""Keeps a text in its database, and signs what it gives back."""

import hashlib
import hmac
import os
import socket
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlparse


def ask(*words):
    database = urlparse(os.environ["DATABASE_URL"])
    with socket.create_connection((database.hostname, database.port)) as connection:
        answers = connection.makefile("r")
        for command in f"AUTH {database.password}", " ".join(words):
            connection.sendall(f"{command}\r\n".encode())
            answer = answers.readline().strip()
            if answer.startswith("-"):
                sys.exit(answer)
        return answers.readline().strip() if answer.startswith("$") else answer


def signed(text):
    file = os.environ.get("COOKIE_SECRET_FILE")
    key = Path(file).read_text() if file else os.environ["COOKIE_SECRET"]
    for each in os.environ["JWT_SECRET"], key:
        text += " " + hmac.new(each.encode(), text.encode(), hashlib.sha256).hexdigest()
    return text


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = signed(ask("PING")).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


match sys.argv[1:]:
    case ["put", text]:
        ask("SET", "note", text)
    case ["get"]:
        print(signed(ask("GET", "note")))
    case _:
        HTTPServer(("", 8080), Handler).serve_forever()
