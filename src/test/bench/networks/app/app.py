"""A client of whatever its environment and its arguments name, which says how that went."""
import http.server
import os
import re
import socket
import sys

PLACE = re.compile(r"(?:^|//(?:[^@/\s]*@)?)([\w.-]+):(\d+)")


def places():
    for value in list(os.environ.values()) + sys.argv[1:]:
        yield from PLACE.findall(value)
    if "DB_HOST" in os.environ:
        yield os.environ["DB_HOST"], os.environ["DB_PORT"]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        failed = []
        for host, port in places():
            try:
                socket.create_connection((host, int(port)), 5).close()
            except OSError as error:
                failed.append(f"{host}:{port} {error}")
        self.send_response(503 if failed else 200)
        self.end_headers()
        self.wfile.write("\n".join(failed or ["all answer"]).encode())

    def log_message(self, *words):
        pass


http.server.ThreadingHTTPServer(("", 8000), Handler).serve_forever()
