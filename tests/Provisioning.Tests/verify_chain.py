# Recomputes the journal's chain from its description alone, in another language: a judge of the verifier.
import hashlib, sqlite3, struct, sys

db = sqlite3.connect(sys.argv[1])
identifier, = db.execute("SELECT identifier FROM workspace").fetchone()
previous = hashlib.sha256(b"polectl journal 1 " + identifier.encode()).digest()
count = 0
for row in db.execute("SELECT sequence, at_utc_ms, member, account, action, subject_kind, subject_id, detail, state_hash, previous_hash, hash FROM journal ORDER BY sequence"):
    count += 1
    hashed = previous + struct.pack(">qq", row[0], row[1])
    for text in row[2:8]:
        hashed += struct.pack(">i", len(text.encode())) + text.encode()
    state = row[8] or b""
    hashed += struct.pack(">i", len(state)) + state
    assert row[0] == count and row[9] == previous and row[10] == hashlib.sha256(hashed).digest(), row[0]
    previous = row[10]
print(f"{count}:{previous.hex()}")
