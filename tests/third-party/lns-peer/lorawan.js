// LoRaWAN 1.0 as somebody else does it: joins, uplinks and downlinks with lora-packet's frames and cryptography. No network here.
"use strict";
const lora = require("lora-packet");

const reversed = (hex) => Buffer.from(hex, "hex").reverse();

/** What a network server knows of one device: its keys, and its session once it has joined. */
class Device {
  constructor({ devEui, joinEui, appKey }) {
    Object.assign(this, { devEui, joinEui, appKey: Buffer.from(appKey, "hex") });
    this.session = null;
    this.downCounter = 0;
  }

  /** Answers a join-request; null when it is not this device's or its MIC is wrong. */
  join(frame, devAddr, joinNonce = "000001", netId = "000001") {
    const packet = lora.fromWire(frame);
    if (!packet.isJoinRequestMessage() || packet.DevEUI.toString("hex") !== this.devEui || packet.AppEUI.toString("hex") !== this.joinEui
      || !lora.verifyMIC(packet, undefined, this.appKey)) {
      return null;
    }
    const fields = {
      MType: "Join Accept", AppNonce: Buffer.from(joinNonce, "hex"), NetID: Buffer.from(netId, "hex"), DevAddr: Buffer.from(devAddr, "hex"),
      DLSettings: Buffer.from([0]), RxDelay: Buffer.from([1]),
    };
    const accept = lora.fromFields(fields, undefined, undefined, this.appKey);
    const [appSKey, nwkSKey] = ["AppSKey", "NwkSKey"].map(
      (name) => lora.generateSessionKeys(this.appKey, fields.NetID, fields.AppNonce, packet.DevNonce)[name]);
    this.session = { devAddr, appSKey, nwkSKey };
    this.downCounter = 0;
    return accept.getPHYPayload();
  }

  /** Reads a data uplink of the session; null when it is another's or its MIC is wrong. */
  read(frame) {
    const packet = lora.fromWire(frame);
    if (!this.session || !packet.isDataMessage() || packet.DevAddr.toString("hex") !== this.session.devAddr
      || !lora.verifyMIC(packet, this.session.nwkSKey)) {
      return null;
    }
    const isThere = packet.FRMPayload && packet.FRMPayload.length > 0;
    return {
      fPort: packet.getFPort(), fCnt: packet.getFCnt(), isConfirmed: packet.isConfirmed(),
      payload: isThere ? lora.decrypt(packet, this.session.appSKey, this.session.nwkSKey).toString("hex") : "",
    };
  }

  /** A data downlink of the session. */
  downlink(fPort, payloadHex) {
    const counter = Buffer.alloc(2);
    counter.writeUInt16BE(this.downCounter++);
    return lora.fromFields({
      MType: "Unconfirmed Data Down", DevAddr: Buffer.from(this.session.devAddr, "hex"), FCtrl: { ADR: true, ACK: false, FPending: false },
      FCnt: counter, FPort: fPort, payload: Buffer.from(payloadHex, "hex"),
    }, this.session.appSKey, this.session.nwkSKey).getPHYPayload();
  }
}

module.exports = { Device, lora, reversed };
