// Plays a network server of LoRa Basics Station's LNS protocol for one simulated pole: discovery, configuration, a join, an uplink, one
// downlink of class A and one of class C. Everything is told as JSON lines. Frames are put together from the fields that the station sends,
// as ChirpStack and The Things Stack do, so that a wrong field is a wrong MIC.
//
// node station-server.js '{"devEui":"..","joinEui":"..","appKey":"..","fPort":11,"commandHex":"..","secondCommandHex":".."}'
// Out: {"event":"listening","port":N}, then what happens; ends by itself after "done", or when its input ends.
"use strict";
const http = require("http");
const { WebSocketServer } = require("ws");
const { Device } = require("./lorawan");

const options = JSON.parse(process.argv[2]);
const device = new Device(options);
const say = (event, more) => process.stdout.write(JSON.stringify({ event, ...more }) + "\n");
const RATES = [[12, 125, 0], [11, 125, 0], [10, 125, 0], [9, 125, 0], [8, 125, 0], [7, 125, 0], [7, 250, 0]];
while (RATES.length < 16) RATES.push([-1, 0, 0]);
const CONFIG = {
  msgtype: "router_config", NetID: [1], JoinEui: [[0, 18446744073709551615]], region: "EU868", hwspec: "sx1301/1",
  freq_range: [863000000, 870000000], DRs: RATES,
  upchannels: [[868100000, 0, 5], [868300000, 0, 5], [868500000, 0, 5]],
  sx1301_conf: [{ radio_0: { enable: true, freq: 867500000 }, radio_1: { enable: true, freq: 868500000 } }],
  nocca: true, nodc: false, nodwell: true,
};
// 2^64-1 is no JavaScript number: written by hand.
const CONFIG_TEXT = JSON.stringify(CONFIG).replace(/18446744073709552000/g, "18446744073709551615");

let nextId = 1;
let answered = 0;
const what = new Map();

function eui(text) {
  return Buffer.from(text.replace(/-/g, ""), "hex").reverse();
}

/** The PHY payload behind a join-request or data uplink, from its fields. */
function frameOf(message) {
  const mic = Buffer.alloc(4);
  mic.writeInt32LE(message.MIC);
  if (message.msgtype === "jreq") {
    const nonce = Buffer.alloc(2);
    nonce.writeUInt16LE(message.DevNonce);
    return Buffer.concat([Buffer.from([message.MHdr]), eui(message.JoinEui), eui(message.DevEui), nonce, mic]);
  }
  const head = Buffer.alloc(8);
  head.writeUInt8(message.MHdr, 0);
  head.writeInt32LE(message.DevAddr, 1);
  head.writeUInt8(message.FCtrl, 5);
  head.writeUInt16LE(message.FCnt, 6);
  const port = message.FPort >= 0 ? [Buffer.from([message.FPort]), Buffer.from(message.FRMPayload, "hex")] : [];
  return Buffer.concat([head, Buffer.from(message.FOpts, "hex"), ...port, mic]);
}

function send(socket, name, message, frame) {
  const diid = nextId++;
  what.set(diid, name);
  socket.send(JSON.stringify({
    msgtype: "dnmsg", DevEui: device.devEui.match(/../g).join("-"), diid, pdu: frame.toString("hex"), priority: 0, rctx: 0, MuxTime: Date.now() / 1000, ...message,
  }));
}

function onUplink(socket, message) {
  const frame = frameOf(message);
  if (message.msgtype === "jreq") {
    const accept = device.join(frame, "02030405");
    say(accept ? "join" : "refused", { devEui: message.DevEui });
    if (accept) {
      send(socket, "join-accept", {
        dC: 0, RxDelay: 5, RX1DR: message.DR, RX1Freq: message.Freq, RX2DR: 0, RX2Freq: 869525000, xtime: message.upinfo.xtime,
      }, accept);
    }
    return;
  }
  const uplink = device.read(frame);
  if (!uplink) {
    say("refused", { msgtype: message.msgtype });
    return;
  }
  say("uplink", { ...uplink, gpstime: message.upinfo.gpstime, rxtime: message.upinfo.rxtime });
  // A window that was missed is tried again with the next uplink: the machine may be busy.
  answered += uplink.fPort === options.fPort ? 1 : 0;
  if (answered === 0) {
    send(socket, "class A", {
      dC: 0, RxDelay: 1, RX1DR: message.DR, RX1Freq: message.Freq, RX2DR: 0, RX2Freq: 869525000, xtime: message.upinfo.xtime,
    }, device.downlink(options.fPort, options.commandHex));
  } else if (answered === 1) {
    // Not across the receive windows of the uplink that has just ended: a class C device leaves its continuous reception for them.
    setTimeout(() => send(socket, "class C", { dC: 2, RxDelay: 0, RX2DR: 0, RX2Freq: 869525000 }, device.downlink(options.fPort, options.secondCommandHex)), 1500);
  } else {
    say("done", {});
    setTimeout(() => process.exit(0), 50);
  }
}

function onMessage(socket, message) {
  if (message.msgtype === "version") {
    say("version", message);
    socket.send(CONFIG_TEXT);
  } else if (message.msgtype === "jreq" || message.msgtype === "updf") {
    onUplink(socket, message);
  } else if (message.msgtype === "dntxed") {
    say("transmitted", { what: what.get(message.diid), devEui: message.DevEui, DR: message.DR, Freq: message.Freq });
  } else if (message.msgtype === "timesync") {
    socket.send(JSON.stringify({ msgtype: "timesync", txtime: message.txtime, gpstime: (Date.now() - 315964800000 + 18000) * 1000 }));
  } else {
    say("error", { text: "unexpected " + message.msgtype });
  }
}

const server = http.createServer();
const sockets = new WebSocketServer({ server });
sockets.on("connection", (socket, request) => {
  // Exactly the JSON that came is told, so that the tests can look at it.
  if (request.url === "/router-info") {
    socket.on("message", (data) => {
      const asked = JSON.parse(data.toString());
      say("discovery", asked);
      socket.send(JSON.stringify({ router: asked.router, muxs: "::1", uri: `ws://127.0.0.1:${server.address().port}/traffic/${encodeURIComponent(asked.router)}` }));
    });
  } else {
    say("connected", { url: request.url });
    socket.on("message", (data) => onMessage(socket, JSON.parse(data.toString())));
  }
});
server.listen(0, "127.0.0.1", () => say("listening", { port: server.address().port }));
process.stdin.on("end", () => process.exit(0)).resume();
