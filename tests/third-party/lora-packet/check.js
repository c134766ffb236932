// Reads one LoRaWAN 1.0 frame a line as JSON, says as JSON what lora-packet makes of it. It decides nothing itself.
//
// In:  {"frame":"40f1...","nwkSKey":"..","appSKey":"..","appKey":"..","fCnt":2}    keys and the whole counter as needed, hex
// Out: {"type","direction","micValid","devAddr","fCnt","fPort","fOpts","adr","adrAckReq","ack","fPending","payload"}   data frames
//      {"type","micValid","joinEui","devEui","devNonce"}                                                                join-request
//      {"type","micValid","joinNonce","netId","devAddr","rx1DrOffset","rx2DataRate","rxDelay","cfList"}                 join-accept
//      {"error":"..."}                                                                              what lora-packet refuses
"use strict";
const readline = require("readline");
const lora = require("lora-packet");

const key = (hex) => (hex ? Buffer.from(hex, "hex") : undefined);
const hex = (buffer) => (buffer ? buffer.toString("hex") : "");

function counterHigh(fCnt) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(Math.floor((fCnt || 0) / 65536));
  return bytes;
}

function checkData(packet, query) {
  const high = counterHigh(query.fCnt);
  const nwkSKey = key(query.nwkSKey);
  const hasPayload = packet.FRMPayload && packet.FRMPayload.length > 0;
  return {
    type: packet.getMType(),
    direction: packet.getDir(),
    micValid: lora.verifyMIC(packet, nwkSKey, undefined, high),
    devAddr: hex(packet.DevAddr),
    fCnt: packet.getFCnt(),
    fPort: packet.getFPort(),
    fOpts: hex(packet.FOpts),
    adr: packet.getFCtrlADR(),
    adrAckReq: packet.getFCtrlADRACKReq(),
    ack: packet.getFCtrlACK(),
    fPending: packet.getFCtrlFPending(),
    payload: hasPayload ? hex(lora.decrypt(packet, key(query.appSKey), nwkSKey, high)) : "",
  };
}

function checkJoinRequest(packet, query) {
  return {
    type: packet.getMType(),
    micValid: lora.verifyMIC(packet, undefined, key(query.appKey)),
    joinEui: hex(packet.AppEUI),
    devEui: hex(packet.DevEUI),
    devNonce: packet.DevNonce.readUInt16BE(0),
  };
}

function checkJoinAccept(packet, query) {
  const appKey = key(query.appKey);
  const plain = lora.fromWire(lora.decryptJoinAccept(packet, appKey));
  return {
    type: packet.getMType(),
    micValid: lora.verifyMIC(plain, undefined, appKey),
    joinNonce: plain.AppNonce.readUIntBE(0, 3),
    netId: plain.NetID.readUIntBE(0, 3),
    devAddr: hex(plain.DevAddr),
    rx1DrOffset: plain.getDLSettingsRxOneDRoffset(),
    rx2DataRate: plain.getDLSettingsRxTwoDataRate(),
    rxDelay: plain.getRxDelayDel(),
    cfList: hex(plain.CFList),
  };
}

function check(query) {
  try {
    const packet = lora.fromWire(Buffer.from(query.frame, "hex"));
    if (packet.isJoinRequestMessage()) {
      return checkJoinRequest(packet, query);
    }
    return packet.isJoinAcceptMessage() ? checkJoinAccept(packet, query) : checkData(packet, query);
  } catch (error) {
    return { error: error.message };
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  if (line.trim().length > 0) {
    process.stdout.write(JSON.stringify(check(JSON.parse(line))) + "\n");
  }
});
