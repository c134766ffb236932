// Plays a packet forwarder and somebody else's pole behind it: PULL_DATA, PUSH_DATA with frames made by lora-packet, and what comes back judged by
// lora-packet. Everything is told as JSON lines.
//
// node forwarder.js '{"port":N,"devEui":"..","joinEui":"..","appKey":"..","devNonce":N,"payloads":[{"fPort":10,"hex":".."}],"stranger":true}'
// Out: {"event":"joined","devAddr":".."}, {"event":"answer",..} for each downlink, {"event":"done"}; ends by itself.
"use strict";
const dgram = require("dgram");
const { lora } = require("./lorawan");

const options = JSON.parse(process.argv[2]);
const say = (event, more) => process.stdout.write(JSON.stringify({ event, ...more }) + "\n");
const GATEWAY = Buffer.from("aa555a0000000202", "hex");
const appKey = Buffer.from(options.appKey, "hex");
const socket = dgram.createSocket("udp4");
let token = 0;
let tmst = 4294000000;
let session = options.session || null;
let fCnt = options.fCnt || 0;
let sentTmst = 0;
let onDownlink = null;
const acknowledged = new Set();

function send(type, json) {
  token++;
  socket.send(Buffer.concat([Buffer.from([2, token >> 8, token & 255, type]), GATEWAY, Buffer.from(json ? JSON.stringify(json) : "")]), options.port, "127.0.0.1");
}

function push(frame) {
  tmst = (tmst + 10000000) % 4294967296;
  sentTmst = tmst;
  send(0, { rxpk: [{
    tmst, chan: 0, rfch: 0, freq: 868.1, stat: 1, modu: "LORA", datr: "SF7BW125", codr: "4/5", lsnr: 9.5, rssi: -57, size: frame.length, data: frame.toString("base64"),
  }] });
}

/** Sends a frame and waits for the downlink it gets, or for some time. */
function exchange(frame, milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => { onDownlink = null; resolve(null); }, milliseconds);
    onDownlink = (txpk) => { clearTimeout(timer); onDownlink = null; resolve(txpk); };
    push(frame);
  });
}

async function join() {
  const devNonce = Buffer.alloc(2);
  devNonce.writeUInt16BE(options.devNonce);
  const request = lora.fromFields({
    MType: "Join Request", AppEUI: Buffer.from(options.joinEui, "hex"), DevEUI: Buffer.from(options.devEui, "hex"), DevNonce: devNonce,
  }, undefined, undefined, appKey).getPHYPayload();
  const txpk = await exchange(request, 7000);
  if (!txpk) {
    say("notJoined", {});
    return false;
  }
  const accept = lora.fromWire(lora.decryptJoinAccept(lora.fromWire(Buffer.from(txpk.data, "base64")), appKey));
  const keys = lora.generateSessionKeys(appKey, accept.NetID, accept.AppNonce, devNonce);
  session = { devAddr: accept.DevAddr.toString("hex"), appSKey: keys.AppSKey.toString("hex"), nwkSKey: keys.NwkSKey.toString("hex") };
  say("joined", {
    ...session, micValid: lora.verifyMIC(accept, undefined, appKey), delayUs: (txpk.tmst - sentTmst + 4294967296) % 4294967296,
    freq: txpk.freq, datr: txpk.datr, ipol: txpk.ipol, size: txpk.size, bytes: Buffer.from(txpk.data, "base64").length,
  });
  return true;
}

async function speak(payload, isConfirmed) {
  const counter = Buffer.alloc(2);
  counter.writeUInt16BE(fCnt++);
  const [appSKey, nwkSKey] = [Buffer.from(session.appSKey, "hex"), Buffer.from(session.nwkSKey, "hex")];
  const frame = lora.fromFields({
    MType: isConfirmed ? "Confirmed Data Up" : "Unconfirmed Data Up", DevAddr: Buffer.from(session.devAddr, "hex"), FCtrl: { ADR: false, ADRACKReq: false, ACK: false },
    FCnt: counter, FPort: payload.fPort, payload: Buffer.from(payload.hex, "hex"), FOpts: Buffer.from(payload.fOpts || "", "hex"),
  }, appSKey, nwkSKey).getPHYPayload();
  const txpk = await exchange(frame, 8000);
  if (!txpk) {
    say("noAnswer", {});
    return;
  }
  const packet = lora.fromWire(Buffer.from(txpk.data, "base64"));
  const hasPayload = packet.FRMPayload && packet.FRMPayload.length > 0;
  say("answer", {
    micValid: lora.verifyMIC(packet, nwkSKey), ack: packet.getFCtrlACK(), fOpts: packet.FOpts.toString("hex"), fCnt: packet.getFCnt(),
    payload: hasPayload ? lora.decrypt(packet, appSKey, nwkSKey).toString("hex") : "", delayUs: (txpk.tmst - sentTmst + 4294967296) % 4294967296,
  });
}

async function run() {
  send(2);
  if (!session && !(await join())) return finish();
  for (const payload of options.payloads) await speak(payload, payload.isConfirmed);
  if (options.stranger) {
    push(Buffer.from("40f17dbe4900020001954378762b11ff0d", "hex"));
    socket.send(Buffer.from("what is this"), options.port, "127.0.0.1");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  finish();
}

function finish() {
  say("done", { acknowledged: acknowledged.size, sent: token, session, fCnt });
  setTimeout(() => process.exit(0), 50);
}

socket.on("message", (datagram) => {
  const type = datagram[3];
  if (type === 1 || type === 4) {
    acknowledged.add(datagram.readUInt16BE(1));
  } else if (type === 3) {
    const { txpk } = JSON.parse(datagram.subarray(4).toString());
    socket.send(Buffer.concat([datagram.subarray(0, 3), Buffer.from([5]), GATEWAY, Buffer.from('{"txpk_ack":{"error":"NONE"}}')]), options.port, "127.0.0.1");
    if (onDownlink) onDownlink(txpk);
  }
});
socket.bind(0, "127.0.0.1", () => run());
process.stdin.on("end", () => process.exit(0)).resume();
