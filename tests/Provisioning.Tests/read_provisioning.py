# Reads the files of a controller from docs/provisioning-files.md alone: a judge of what is written there.
import pathlib, struct, sys, zlib

folder = pathlib.Path(sys.argv[1])
identity = (folder / "identity").read_bytes()
version, dev_eui, join_eui, app_key, region, gen_app_key, service_key, crc = struct.unpack("<B8s8s16sB16s16sI", identity)
assert version == 3 and crc == zlib.crc32(identity[:-4])
settings = (folder / "settings-a").read_bytes()
version, length, sequence, revision = struct.unpack(">BHII", settings[:11])
assert version == 3 and length == len(settings) and sequence == 1 and struct.unpack(">I", settings[-4:])[0] == zlib.crc32(settings[:-4])
for line in (dev_eui.hex(), join_eui.hex(), app_key.hex(), region, gen_app_key.hex(), service_key.hex(), f"revision {revision}", (folder / "board").read_text("ascii").strip()):
    print(line)
