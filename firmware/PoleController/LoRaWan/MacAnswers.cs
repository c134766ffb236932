// The device's MAC answers that wait to be sent, in the order of their commands; sticky ones stay until a downlink shows they arrived.
using System;

namespace PoleController.LoRaWan
{
    /// <summary>
    /// MAC answers. RXParamSetupAns, RXTimingSetupAns and DlChannelAns are repeated in every uplink until the network has shown that it
    /// heard one (TS001-1.0.4, sections 5.4, 5.7 and 5.8); the others are sent once.
    /// </summary>
    public sealed class MacAnswers
    {
        /// <summary>Room for answers: what an uplink at the lowest data rate can carry on FPort 0.</summary>
        public const int Capacity = 51;

        // Length of the answer behind its CID, by CID from 0x02 (LinkADRAns is 0x03) to 0x0A.
        private static readonly byte[] BodyLengths = new byte[] { 0, 1, 0, 1, 2, 1, 0, 0, 1 };
        private const int FirstCid = 0x02;

        private readonly byte[] _bytes = new byte[Capacity];
        private int _sentStickyLength;

        /// <summary>Bytes that wait.</summary>
        public int Length { get; private set; }

        /// <summary>Whether an answer of some length has room.</summary>
        public bool HasRoom(int length)
        {
            return Length + length <= Capacity;
        }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            Length = 0;
            _sentStickyLength = 0;
        }

        /// <summary>Adds one byte of an answer: the CID, then its body.</summary>
        public void Add(int value)
        {
            _bytes[Length] = (byte)value;
            Length++;
        }

        /// <summary>Copies the answers and keeps of them only the sticky ones. Call it when a frame is built.</summary>
        /// <returns>Bytes copied.</returns>
        public int Take(byte[] target, int offset)
        {
            int length = Length;
            Array.Copy(_bytes, 0, target, offset, length);
            int kept = 0;
            int position = 0;
            while (position < length)
            {
                int answerLength = 1 + BodyLengths[_bytes[position] - FirstCid];
                if (IsSticky(_bytes[position]))
                {
                    Array.Copy(_bytes, position, _bytes, kept, answerLength);
                    kept += answerLength;
                }

                position += answerLength;
            }

            Length = kept;
            _sentStickyLength = kept;
            return length;
        }

        /// <summary>A downlink has shown that the last uplink was heard: sticky answers that it carried are done.</summary>
        public void OnHeard()
        {
            Length -= _sentStickyLength;
            Array.Copy(_bytes, _sentStickyLength, _bytes, 0, Length);
            _sentStickyLength = 0;
        }

        private static bool IsSticky(int cid)
        {
            return cid == MacCommands.RxParamSetup || cid == MacCommands.RxTimingSetup || cid == MacCommands.DlChannel;
        }
    }
}
