// The fields of the two join frames, as a parser fills them and a builder reads them.
namespace PoleController.LoRaWan
{
    /// <summary>A join-request (TS001-1.0.4, section 6.2.5).</summary>
    public sealed class JoinRequest
    {
        /// <summary>JoinEUI, most significant byte first.</summary>
        public readonly byte[] JoinEui = new byte[8];

        /// <summary>DevEUI, most significant byte first.</summary>
        public readonly byte[] DevEui = new byte[8];

        /// <summary>DevNonce, 16 bits.</summary>
        public int DevNonce;
    }

    /// <summary>A join-accept (TS001-1.0.4, section 6.2.6).</summary>
    public sealed class JoinAccept
    {
        /// <summary>Length of the CFList.</summary>
        public const int CfListLength = 16;

        /// <summary>JoinNonce, 24 bits: a counter of the join server.</summary>
        public int JoinNonce;

        /// <summary>NetID, 24 bits.</summary>
        public int NetId;

        /// <summary>DevAddr.</summary>
        public uint DevAddr;

        /// <summary>DLSettings: by how much the data rate in RX1 is below the uplink's, 0 to 7.</summary>
        public int Rx1DataRateOffset;

        /// <summary>DLSettings: data rate of RX2, 0 to 15.</summary>
        public int Rx2DataRate;

        /// <summary>RXDelay in seconds, 0 to 15; 0 means 1.</summary>
        public int RxDelayS;

        /// <summary>Whether there is a CFList.</summary>
        public bool HasCfList;

        /// <summary>CFList: five frequencies of three bytes in units of 100 Hz, then CFListType 0 (RP002-1.0.4, section 2.4).</summary>
        public readonly byte[] CfList = new byte[CfListLength];
    }
}
