"""A real schema registry for tests of Avro, a gate in front of it, and what an Avro reader of its own makes of records."""

import base64
import collections
import contextlib
import http.server
import io
import json
import os
import pathlib
import ssl
import struct
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import lab

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's packages, where another Python runs the tests
import avro.io  # noqa: E402
import avro.schema  # noqa: E402

MEDIA_TYPE = "application/vnd.schemaregistry.v1+json"
USER, PASSWORD = "reg-user", "reg-s3cret"
SERVERS = [str(lab.ROOT / "scripts/servers")]

RawRecord = collections.namedtuple("RawRecord", "partition offset key value")


class Registry:
    """The server, started for this test alone: it takes memory that the others need."""

    def __init__(self):
        self._servers("start")
        lines = (lab.SERVERS_DIR / "servers.env").read_text().splitlines()
        variables = dict(line.removeprefix("export ").split("=", 1) for line in lines)
        self.url = variables["PIPEWRIGHT_REGISTRY_URL"]
        os.environ["PIPEWRIGHT_REGISTRY_PID_FILE"] = variables["PIPEWRIGHT_REGISTRY_PID_FILE"]
        self.process = lab.Server("registry")

    @staticmethod
    def _servers(verb):
        done = subprocess.run([*SERVERS, verb, str(lab.SERVERS_DIR), "registry"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)

    def stop(self):
        self._servers("stop")

    def ask(self, path, method="GET", body=None):
        """Status and document."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method, headers={"Content-Type": MEDIA_TYPE})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def versions(self, subject):
        status, document = self.ask(f"/subjects/{subject}/versions")
        return document if status == 200 else []

    def schema(self, number):
        status, document = self.ask(f"/schemas/ids/{number}")
        if status != 200:
            raise AssertionError(f"the registry has no schema {number}: {document}")
        return document["schema"]


class Gate:
    """Stands in front of the registry: asks for a login, and answers itself while `closed` is a status. With `tls`, on
    https://localhost with the servers' certificate."""

    def __init__(self, registry, tls=False):
        self.closed = None
        self.asked = []  # method and path of every request
        self.login = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        gate = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                gate.asked.append(f"{self.command} {self.path}")
                if gate.closed is not None:
                    return self.answer(gate.closed, json.dumps({"error_code": gate.closed * 100 + 1, "message": "the gate is closed"}))
                if gate.login is not None and self.headers.get("Authorization") != gate.login:
                    return self.answer(401, json.dumps({"error_code": 401, "message": "Unauthorized"}))
                status, document = registry.ask(self.path, self.command, json.loads(body) if body else None)
                return self.answer(status, json.dumps(document))

            do_GET = do_POST = do_PUT = handle_any

            def answer(self, status, text):
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # who asked may have given up
                    self.send_response(status)
                    self.send_header("Content-Type", MEDIA_TYPE)
                    self.send_header("Content-Length", str(len(text.encode())))
                    self.end_headers()
                    self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            folder = pathlib.Path(lab.TLS_CA).parent
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / "kafka.pem", folder / "kafka.key")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        port = self.server.server_address[1]
        self.url = f"https://localhost:{port}" if tls else f"http://127.0.0.1:{port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@contextlib.contextmanager
def gate(registry, tls=False):
    it = Gate(registry, tls)
    try:
        yield it
    finally:
        it.close()


def raw_records(topic):
    """All records of a topic that a read_committed consumer sees, keys and values as bytes, by partition and offset."""
    done = subprocess.run(["kcat", "-C", "-q", "-e", "-b", f"127.0.0.1:{lab.KAFKA_PORT}", "-t", topic, "-o", "beginning", "-X",
                           "isolation.level=read_committed", "-X", "fetch.wait.max.ms=50", "-f", "%p %o %K %S\n%k%s\n"],
                          capture_output=True, timeout=lab.RUN_TIMEOUT_S)
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())
    found, rest = [], done.stdout
    while rest:
        head, rest = rest.split(b"\n", 1)
        partition, offset, key_size, value_size = map(int, head.split())
        parts = []
        for size in (key_size, value_size):
            parts.append(None if size < 0 else rest[:size])
            rest = rest[max(size, 0):]
        rest = rest[1:]
        found.append(RawRecord(partition, offset, *parts))
    return sorted(found, key=lambda r: (r.partition, r.offset))


class Reader:
    """Reads framed Avro as Confluent's deserializers do: the schema by its number, with Apache's library."""

    def __init__(self, registry):
        self.registry = registry
        self.schemas = {}

    def schema(self, framed):
        if framed[0] != 0:
            raise AssertionError(f"no framing: {framed[:5]}")
        number = struct.unpack(">I", framed[1:5])[0]
        if number not in self.schemas:
            self.schemas[number] = avro.schema.parse(self.registry.schema(number))
        return self.schemas[number]

    def read(self, framed):
        if framed is None:
            return None
        schema = self.schema(framed)
        stream = io.BytesIO(framed[5:])
        value = avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(stream))
        if stream.read():
            raise AssertionError("bytes are left behind the value")
        return value
