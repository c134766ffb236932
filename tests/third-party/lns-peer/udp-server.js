// Plays a network server of Semtech's UDP protocol (Lora-net/packet_forwarder, PROTOCOL.TXT) for one simulated pole: lets it join, reads
// its uplinks, sends it one downlink in RX1 of an uplink (class A) and one with "imme" (class C). Everything is told as JSON lines.
//
// node udp-server.js '{"devEui":"..","joinEui":"..","appKey":"..","fPort":11,"commandHex":".."}'
// Out: {"event":"listening","port":N}, then what happens; ends by itself after "done", or when its input ends.
"use strict";
const dgram = require("dgram");
const { Device } = require("./lorawan");

const PUSH_DATA = 0, PUSH_ACK = 1, PULL_DATA = 2, PULL_RESP = 3, PULL_ACK = 4, TX_ACK = 5;
const options = JSON.parse(process.argv[2]);
const device = new Device(options);
const socket = dgram.createSocket("udp4");
const say = (event, more) => process.stdout.write(JSON.stringify({ event, ...more }) + "\n");
const gateways = new Map();
const asked = new Map();
let nextToken = 1;
let answered = 0;

function transmit(eui, what, txpk, frame) {
  const token = nextToken++;
  asked.set(token, what);
  const body = { txpk: { ...txpk, rfch: 0, powe: 14, modu: "LORA", codr: "4/5", ipol: true, size: frame.length, data: frame.toString("base64") } };
  const to = gateways.get(eui);
  socket.send(Buffer.concat([Buffer.from([2, token >> 8, token & 255, PULL_RESP]), Buffer.from(JSON.stringify(body))]), to.port, to.address);
}

function onFrame(eui, rxpk) {
  const frame = Buffer.from(rxpk.data, "base64");
  if (frame.length !== rxpk.size) say("error", { text: "size" });
  const accept = device.join(frame, "01020304");
  if (accept) {
    say("join", { devEui: device.devEui, datr: rxpk.datr });
    transmit(eui, "join-accept", { tmst: (rxpk.tmst + 5000000) % 4294967296, freq: rxpk.freq, datr: rxpk.datr }, accept);
    return;
  }
  const uplink = device.read(frame);
  if (!uplink) {
    say("refused", { size: rxpk.size });
    return;
  }
  say("uplink", { ...uplink, tmst: rxpk.tmst, time: rxpk.time, tmms: rxpk.tmms });
  // A window that was missed is tried again with the next uplink: the machine may be busy.
  answered += uplink.fPort === options.fPort ? 1 : 0;
  if (answered === 0) {
    transmit(eui, "class A", { tmst: (rxpk.tmst + 1000000) % 4294967296, freq: rxpk.freq, datr: rxpk.datr }, device.downlink(options.fPort, options.commandHex));
  } else if (answered === 1) {
    // Not across the receive windows of the uplink that has just ended: a class C device leaves its continuous reception for them.
    setTimeout(() => transmit(eui, "class C", { imme: true, freq: 869.525, datr: "SF12BW125" }, device.downlink(options.fPort, options.secondCommandHex)), 1500);
  } else {
    say("done", {});
    setTimeout(() => process.exit(0), 50);
  }
}

socket.on("message", (datagram, from) => {
  const [version, , , type] = datagram;
  const token = datagram.subarray(1, 3);
  if (version !== 2) return say("error", { text: "version " + version });
  const eui = datagram.subarray(4, 12).toString("hex");
  if (type === PULL_DATA) {
    if (!gateways.has(eui)) say("gateway", { eui });
    gateways.set(eui, from);
    socket.send(Buffer.from([2, token[0], token[1], PULL_ACK]), from.port, from.address);
  } else if (type === PUSH_DATA) {
    socket.send(Buffer.from([2, token[0], token[1], PUSH_ACK]), from.port, from.address);
    const body = JSON.parse(datagram.subarray(12).toString());
    if (body.stat) say("stat", body.stat);
    for (const rxpk of body.rxpk || []) onFrame(eui, rxpk);
  } else if (type === TX_ACK) {
    say("txAck", { what: asked.get(token.readUInt16BE(0)), ...JSON.parse(datagram.subarray(12).toString() || "{}").txpk_ack });
  } else {
    say("error", { text: "type " + type });
  }
});
socket.bind(0, "127.0.0.1", () => say("listening", { port: socket.address().port }));
process.stdin.on("end", () => process.exit(0)).resume();
