// Reads the parts of a LoRaWAN 1.0 data frame a line as JSON, says the frame that lora-packet makes of them. It decides nothing itself.
//
// In:  {"devAddr":"01020304","fCnt":7,"fPort":11,"payload":"..","nwkSKey":"..","appSKey":"..","type":"Unconfirmed Data Down"}    hex
// Out: {"frame":"60.."} or {"error":".."}
"use strict";
const readline = require("readline");
const lora = require("lora-packet");

function build(query) {
  try {
    const low = Buffer.alloc(2);
    low.writeUInt16BE(query.fCnt % 65536);
    const high = Buffer.alloc(2);
    high.writeUInt16LE(Math.floor(query.fCnt / 65536));
    const packet = lora.fromFields(
      {
        MType: query.type,
        DevAddr: Buffer.from(query.devAddr, "hex"),
        FCtrl: { ADR: false, ACK: false, ADRACKReq: false, FPending: false },
        FCnt: low,
        FPort: query.fPort,
        payload: Buffer.from(query.payload, "hex"),
      },
      Buffer.from(query.appSKey, "hex"),
      Buffer.from(query.nwkSKey, "hex"),
      undefined,
      high,
    );
    return { frame: packet.getPHYPayload().toString("hex") };
  } catch (error) {
    return { error: error.message };
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  if (line.trim().length > 0) {
    process.stdout.write(JSON.stringify(build(JSON.parse(line))) + "\n");
  }
});
