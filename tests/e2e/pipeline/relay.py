"""A network between clients and the broker that can be made to stand still, or to hold back one commit: connections stay open
and what is sent into them arrives later, while the broker itself goes on."""

import os
import socket
import struct
import threading

BROKER = ("127.0.0.1", int(os.environ["PIPEWRIGHT_KAFKA_RELAYED_PORT"]))
PORT = int(os.environ["PIPEWRIGHT_KAFKA_RELAY_PORT"])
PIECE_BYTES = 65536
END_TXN = 26


class Relay:
    """Listens at PORT, which is what the broker tells its clients behind it."""

    def __init__(self):
        self.flowing = threading.Event()
        self.flowing.set()
        self.hold = None
        self.sockets = []
        self.listener = socket.create_server(("127.0.0.1", PORT))
        threading.Thread(target=self._accept, daemon=True).start()

    def stand_still(self):
        self.flowing.clear()

    def go_on(self):
        self.flowing.set()

    def hold_commit(self):
        """Holds back the next request to commit a transaction; returns its Hold."""
        self.hold = Hold()
        return self.hold

    def close(self):
        self.go_on()
        if self.hold is not None:
            self.hold.release()
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
            for way in (_Requests(self, client, broker), _Answers(self, broker, client)):
                way.source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                way.start()


class Lost(Exception):
    """A message that does not arrive, and its connection with it."""


class Hold:
    """One commit: its request is held back, then, if the test lets that arrive, the answer."""

    def __init__(self):
        self.holding = threading.Event()  # the request is here
        self.answered = threading.Event()  # the broker's answer is here
        self._arrives = threading.Event()
        self._returns = threading.Event()
        self._lost = False
        self._lock = threading.Lock()
        self._commit = None  # whose it is: the client's socket and the request's correlation id

    def let_arrive(self):
        self._arrives.set()

    def release(self):
        self._arrives.set()
        self._returns.set()

    def lose(self):
        """What is held never arrives; its connection ends."""
        self._lost = True
        self.release()

    def meet_commit(self, client, correlation):
        with self._lock:
            if self._commit is not None:
                return
            self._commit = (client, correlation)
        self._wait(self.holding, self._arrives)

    def meet_answer(self, client, correlation):
        if self._commit == (client, correlation):
            self._wait(self.answered, self._returns)

    def _wait(self, here, may_go):
        here.set()
        may_go.wait()
        if self._lost:
            raise Lost


class _Way(threading.Thread):
    """One direction of a connection, message by message: int32 size, then that many bytes."""

    def __init__(self, relay, source, target):
        super().__init__(daemon=True)
        self.relay, self.source, self.target = relay, source, target

    def run(self):
        try:
            while size := self._receive(4):
                left = struct.unpack(">i", size)[0]
                head = self._receive(min(left, PIECE_BYTES))
                if self.relay.hold is not None:
                    self.look_at(head, self.relay.hold)
                self._send(size + head)
                left -= len(head)
                while left > 0:
                    piece = self._receive(min(left, PIECE_BYTES))
                    self._send(piece)
                    left -= len(piece)
        except OSError:
            pass  # a client that was killed
        except Lost:
            self._end(self.source, socket.SHUT_RDWR)
            self._end(self.target, socket.SHUT_RDWR)
        self._end(self.target, socket.SHUT_WR)

    @staticmethod
    def _end(end, ways):
        try:
            end.shutdown(ways)
        except OSError:
            pass  # the other direction has ended already

    def _receive(self, count):
        """Exactly so many bytes; none at the end of the connection."""
        found = b""
        while len(found) < count and (piece := self.source.recv(count - len(found))):
            found += piece
        if 0 < len(found) < count:
            raise OSError("ended inside a message")
        return found

    def _send(self, piece):
        self.relay.flowing.wait()
        self.target.sendall(piece)

    def look_at(self, message, hold):
        """Before it is sent on."""
        raise NotImplementedError


class _Requests(_Way):
    def look_at(self, message, hold):
        """EndTxn tells by its last field, before the tagged fields that there are from version 3 on, whether it commits."""
        key, version, correlation = struct.unpack(">hhi", message[:8])
        if key == END_TXN and message[-2 if version >= 3 else -1] == 1:
            hold.meet_commit(self.source, correlation)


class _Answers(_Way):
    def look_at(self, message, hold):
        hold.meet_answer(self.target, struct.unpack(">i", message[:4])[0])
