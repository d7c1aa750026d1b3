"""A network between clients and the broker that can be made to stand still: connections stay open and what is sent into them
arrives later, while the broker itself goes on."""

import os
import socket
import threading

BROKER = ("127.0.0.1", int(os.environ["PIPEWRIGHT_KAFKA_RELAYED_PORT"]))
PORT = int(os.environ["PIPEWRIGHT_KAFKA_RELAY_PORT"])
PIECE_BYTES = 65536


class Relay:
    """Listens at PORT, which is what the broker tells its clients behind it."""

    def __init__(self):
        self.flowing = threading.Event()
        self.flowing.set()
        self.sockets = []
        self.listener = socket.create_server(("127.0.0.1", PORT))
        threading.Thread(target=self._accept, daemon=True).start()

    def stand_still(self):
        self.flowing.clear()

    def go_on(self):
        self.flowing.set()

    def close(self):
        self.go_on()
        # Wakes accept(), which close() alone does not.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.sockets:
            end.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            broker = socket.create_connection(BROKER)
            self.sockets += [client, broker]
            for source, target in ((client, broker), (broker, client)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source, target):
        try:
            while piece := source.recv(PIECE_BYTES):
                self.flowing.wait()
                target.sendall(piece)
        except OSError:
            pass  # a client that was killed
        try:
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other direction has ended already
