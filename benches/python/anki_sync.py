"""Anki's sync server and two of its collections on the records of a file: what `meeting` measures beside Signpost.

Usage: anki_sync.py RECORDS SERVER TAP FOLDER, or `anki_sync.py --here`: ends well if it can run.
RECORDS: a JSON object a line, with `id`; each becomes a note; the first 1,000 are changed.
SERVER: the port for the server. TAP: the port through which collections talk to it, where bytes are counted.
Prints a JSON object a line: {"step", "seconds"}, and waits for a line on its input before each step,
so that whoever counts can tell the steps apart.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request

from anki.collection import Collection
from anki.sync_pb2 import SyncAuth

if sys.argv[1:] == ["--here"]:
    sys.exit(0)
records, server_port, tap_port, folder = sys.argv[1:5]
CHANGED = 1000
USER, PASSWORD = "desk", "generated"


def step(name, work):
    sys.stdin.readline()
    started = time.monotonic()
    work()
    seconds = time.monotonic() - started
    print(json.dumps({"step": name, "seconds": seconds}), flush=True)


def serve():
    around = dict(
        os.environ,
        SYNC_USER1=f"{USER}:{PASSWORD}",
        SYNC_BASE=os.path.join(folder, "server"),
        SYNC_HOST="127.0.0.1",
        SYNC_PORT=server_port,
        RUST_LOG="error",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"], env=around, stderr=subprocess.DEVNULL
    )
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{server_port}/health", timeout=1)
            return process
        except OSError:
            time.sleep(0.05)


def sync(collection, auth, upload=False):
    """An ordinary sync, or a whole one where the server asks for it."""
    answer = collection.sync_collection(auth, False)
    if answer.required in (answer.NO_CHANGES, answer.NORMAL_SYNC):
        return
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
    collection.reopen(after_full_sync=True)


def fill(collection):
    kind = collection.models.by_name("Basic")
    deck = collection.decks.id("Directory")
    with open(records, encoding="utf-8") as lines:
        for line in lines:
            note = collection.new_note(kind)
            note["Front"] = json.loads(line)["id"]
            note["Back"] = line.rstrip("\n")
            collection.add_note(note, deck)


def change(collection):
    for note_id in sorted(collection.find_notes(""))[:CHANGED]:
        note = collection.get_note(note_id)
        body = json.loads(note["Back"])
        body["description"] = (body.get("description") or "") + " Ring first."
        note["Back"] = json.dumps(body, ensure_ascii=False)
        collection.update_note(note)


server = serve()
try:
    first = Collection(os.path.join(folder, "first.anki2"))
    second = Collection(os.path.join(folder, "second.anki2"))
    auth = first.sync_login(USER, PASSWORD, f"http://127.0.0.1:{tap_port}/")
    assert isinstance(auth, SyncAuth)
    fill(first)
    step("fill", lambda: sync(first, auth, upload=True))
    step("bootstrap", lambda: sync(second, auth))
    change(first)
    step("push", lambda: sync(first, auth))
    step("pull", lambda: sync(second, auth))
    step("idle", lambda: sync(second, auth))
    assert second.note_count() == first.note_count()
finally:
    server.terminate()
