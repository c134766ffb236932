// A session as the device has it in memory: address, keys, counters, MAC parameters. Where it is kept is SessionStore's.
namespace PoleController.LoRaWan
{
    /// <summary>The session with the network.</summary>
    public sealed class Session
    {
        /// <summary>Whether there is a session.</summary>
        public bool IsActive;

        /// <summary>DevNonce of the join that made it: its name in the store.</summary>
        public int DevNonce;

        /// <summary>DevNonce of the join-request that is under way; it becomes the session's when the join is accepted.</summary>
        public int JoinDevNonce;

        /// <summary>NetID.</summary>
        public int NetId;

        /// <summary>DevAddr.</summary>
        public uint DevAddr;

        /// <summary>NwkSKey.</summary>
        public readonly byte[] NetworkSessionKey = new byte[16];

        /// <summary>AppSKey.</summary>
        public readonly byte[] ApplicationSessionKey = new byte[16];

        /// <summary>Counter of the next uplink.</summary>
        public uint FCntUp;

        /// <summary>Counters below this one are reserved in the store; from it on none may be sent.</summary>
        public uint FCntUpLimit;

        /// <summary>The lowest counter that a downlink may have.</summary>
        public uint FCntDownNext;

        /// <summary>What the network may set.</summary>
        public readonly MacParameters Parameters;

        /// <summary>The region it is in.</summary>
        public readonly Region Region;

        /// <summary>Makes an inactive session.</summary>
        public Session(Region region)
        {
            Region = region;
            Parameters = new MacParameters(region);
        }

        /// <summary>Takes over what a join-accept says and derives the keys. The session before is gone with it.</summary>
        /// <param name="accept">The join-accept.</param>
        /// <param name="codec">Derives the keys.</param>
        /// <param name="appKey">AppKey.</param>
        /// <param name="dataRate">Data rate that the join-request was heard at: the session begins with it.</param>
        public void Begin(JoinAccept accept, JoinCodec codec, byte[] appKey, int dataRate)
        {
            DevNonce = JoinDevNonce;
            NetId = accept.NetId;
            DevAddr = accept.DevAddr;
            codec.DeriveSessionKeys(appKey, accept, DevNonce, NetworkSessionKey, ApplicationSessionKey);
            Parameters.Apply(accept);
            Parameters.DataRate = dataRate;
        }
    }
}
