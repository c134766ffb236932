// SKELETON
#pragma warning disable
using PoleController.Hal;
using PoleController.Time;
namespace PoleController.LoRaWan
{
    /// <summary>A LoRaWAN 1.0.4 end device, EU868, class C after joining.</summary>
    public sealed class EndDevice : Component
    {
        /// <summary>Makes it. The clock is set from DeviceTimeAns.</summary>
        public EndDevice(ILoRaRadio radio, IAesBlock aes, IStore store, IRandom random, LoRaWanIdentity identity, PoleClock clock)
        { _ = radio; _ = aes; _ = store; _ = random; _ = identity; _ = clock; }
        /// <summary>Whether there is a session.</summary>
        public bool IsJoined { get; private set; }
        /// <summary>Whether TrySend would take a message now: joined and none in work.</summary>
        public bool IsIdle { get; private set; }
        /// <summary>Longest FRMPayload at the present data rate with the MAC commands that wait.</summary>
        public int MaximumPayloadLength { get; private set; }
        /// <summary>Starts: reads session and nonces from the store, goes on with the session or joins.</summary>
        public override void Start(long nowMs, bool isPowerReturn) { throw new System.NotImplementedException(); }
        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs) { throw new System.NotImplementedException(); }
        /// <summary>Takes an uplink for sending as soon as duty cycle allows. False: not now.</summary>
        /// <param name="nowMs">Now.</param><param name="fPort">1 to 223.</param><param name="payload">Copied.</param><param name="length">0 to MaximumPayloadLength.</param>
        /// <param name="isConfirmed">Whether the network must acknowledge; repeated up to 8 times.</param>
        public bool TrySend(long nowMs, int fPort, byte[] payload, int length, bool isConfirmed) { throw new System.NotImplementedException(); }
        /// <summary>Counts uplinks that were sent for good (unconfirmed sent, or confirmed acknowledged).</summary>
        public int SentCount { get; private set; }
        /// <summary>Counts confirmed uplinks that were given up.</summary>
        public int UnacknowledgedCount { get; private set; }
        /// <summary>Port of the downlink that waits; 0 when none waits.</summary>
        public int DownlinkPort { get; private set; }
        /// <summary>Copies the waiting downlink's payload and frees its place. Returns its length.</summary>
        public int TakeDownlink(byte[] buffer) { throw new System.NotImplementedException(); }
        /// <summary>Asks for the time with the next uplink (DeviceTimeReq).</summary>
        public void RequestTime() { throw new System.NotImplementedException(); }
        /// <summary>Data rate in use, 0 to 5.</summary>
        public int DataRate { get; private set; }
        /// <summary>Signal strength of the last downlink, dBm.</summary>
        public int LastRssiDbm { get; private set; }
    }
}
