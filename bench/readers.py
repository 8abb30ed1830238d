"""How long many readers wait for the server when all click at once; their browsers have machines of their own.

    python -m bench.readers local:FOLDER

serves the app on the store (which is only read). 20 readers, each with a session, open the network page around the best
connected partner; then all of them expand a node at the same moment, each another one in turn, five times, by the
messages that Streamlit's own page sends. Prints the time from the click to the end of the answer, p50 and p95, for one
reader alone and for all, and the bytes of an answer.
"""

import json
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.pages import expandable, shown
from graph.store import open_store
from tests.browser import ROOT, streamlit_server

READERS, ROUNDS = 20, 5
PICTURE = "mitra_network"


@dataclass
class Reader:
    """One session with the app: what its page would send and hear."""

    socket: ClientConnection
    query: str
    picture: str = ""
    fragment: str = ""
    heard: int = 0
    taken: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ask(BackMsg())

    def ask(self, message: BackMsg) -> None:
        """Send a run of the page and hear its answer to the end."""
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = "network"
        self.socket.send(message.SerializeToString())
        self.heard = 0
        while True:
            raw = self.socket.recv()
            self.heard += len(raw)
            told = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = told.WhichOneof("type")
            if kind == "delta" and told.delta.new_element.bidi_component.component_name.endswith(PICTURE):
                self.picture = told.delta.new_element.bidi_component.id
                self.fragment = told.delta.fragment_id
            if kind == "script_finished":
                return

    def click(self, node: str, together: threading.Barrier) -> None:
        """Expand a node when all are ready, and note the milliseconds until the answer has come."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{self.picture}__events"
        state.json_trigger_value = json.dumps([{"event": "node_click", "value": node}])
        message.rerun_script.fragment_id = self.fragment
        together.wait()
        began = time.perf_counter()
        self.ask(message)
        self.taken.append(1000 * (time.perf_counter() - began))


def at_once(app: str, node: str, candidates: list[str], readers: int) -> list[Reader]:
    """Let so many readers expand nodes at the same moments and return them."""
    query = urlencode({"node": node, "synthetic": "true", "lang": "id"})
    address = app.replace("http://", "ws://") + "/_stcore/stream"
    with ExitStack() as open_:
        sockets = [
            open_.enter_context(connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None))
            for _ in range(readers)
        ]
        everyone = [Reader(socket, query) for socket in sockets]
        click_together(everyone, candidates)
    return everyone


def click_together(everyone: list[Reader], candidates: list[str]) -> None:
    """Let every reader expand a node at the same moment, and again when all have their answer."""
    together = threading.Barrier(len(everyone))
    for turn in range(ROUNDS):
        clicks = [
            threading.Thread(target=reader.click, args=(candidates[(number + turn) % len(candidates)], together))
            for number, reader in enumerate(everyone)
        ]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join()


def main(url: str) -> None:
    """Measure and print."""
    with open_store(url) as store:
        node, _, candidates = expandable(store)
    with streamlit_server(ROOT / "app.py", ROOT, MITRA_STORE=url, MITRA_LANG="id") as app:
        at_once(app, node, candidates, 2)  # warms server and store
        for readers in (1, READERS):
            everyone = at_once(app, node, candidates, readers)
            size = max(each.heard for each in everyone) // 1000
            taken = [each for reader in everyone for each in reader.taken]
            print(f"{shown(f'{readers} readers', taken)}; an answer of up to {size} kB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
