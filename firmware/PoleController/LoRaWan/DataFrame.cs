// The fields of a data frame, both directions: what a parser fills and a builder reads. It holds offsets, not copies.
namespace PoleController.LoRaWan
{
    /// <summary>The header of a LoRaWAN data frame (TS001-1.0.4, sections 4.2 and 4.3). Made once, filled again and again.</summary>
    public sealed class DataFrame
    {
        /// <summary>The value of <see cref="FPort"/> when the frame has none.</summary>
        public const int NoPort = -1;

        /// <summary>Direction: network to device.</summary>
        public bool IsDownlink;

        /// <summary>Whether the receiver must acknowledge.</summary>
        public bool IsConfirmed;

        /// <summary>DevAddr.</summary>
        public uint DevAddr;

        /// <summary>FCtrl.ADR.</summary>
        public bool IsAdaptiveDataRate;

        /// <summary>FCtrl.ADRACKReq; uplinks only.</summary>
        public bool IsAdrAcknowledgeRequest;

        /// <summary>FCtrl.ACK.</summary>
        public bool IsAcknowledge;

        /// <summary>FCtrl.FPending; downlinks only.</summary>
        public bool IsFramePending;

        /// <summary>The 16 bits of the frame counter that are sent. Filled by parsing; building takes the whole counter.</summary>
        public int FCnt16;

        /// <summary>Where FOpts begin in the frame. Filled by parsing.</summary>
        public int FOptsOffset;

        /// <summary>Length of FOpts, 0 to 15.</summary>
        public int FOptsLength;

        /// <summary>FPort, or <see cref="NoPort"/>.</summary>
        public int FPort = NoPort;

        /// <summary>Where FRMPayload begins in the frame. Filled by parsing and by building.</summary>
        public int PayloadOffset;

        /// <summary>Length of FRMPayload, 0 to 242.</summary>
        public int PayloadLength;

        /// <summary>Makes it an empty, unconfirmed frame without port and flags.</summary>
        public void Clear()
        {
            IsDownlink = false;
            IsConfirmed = false;
            DevAddr = 0;
            IsAdaptiveDataRate = false;
            IsAdrAcknowledgeRequest = false;
            IsAcknowledge = false;
            IsFramePending = false;
            FCnt16 = 0;
            FOptsOffset = 0;
            FOptsLength = 0;
            FPort = NoPort;
            PayloadOffset = 0;
            PayloadLength = 0;
        }
    }
}
