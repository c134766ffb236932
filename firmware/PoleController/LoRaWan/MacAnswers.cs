// The device's MAC answers that wait to be sent, in the order of their commands; sticky ones stay until a downlink shows they arrived.
using System;

namespace PoleController.LoRaWan
{
    /// <summary>
    /// MAC answers. RXParamSetupAns, RXTimingSetupAns, TXParamSetupAns and DlChannelAns are repeated in every uplink until the network has shown that it
    /// heard one (TS001-1.0.4, sections 5.4, 5.6 and 5.7); the others are sent once.
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

        /// <summary>Bytes that wait, repetitions of sticky answers included.</summary>
        public int Length { get; private set; }

        /// <summary>Bytes that wait and were never sent.</summary>
        public int UnsentLength
        {
            get { return Length - _sentStickyLength; }
        }

        /// <summary>Makes room for an answer; repetitions of sticky ones have to yield to it.</summary>
        /// <returns>False when there is none.</returns>
        public bool TryMakeRoom(int length)
        {
            if (Length + length > Capacity)
            {
                DropRepetitions();
            }

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
        /// <param name="target">Receives them.</param>
        /// <param name="withRepetitions">Whether sticky answers that were sent before are repeated in this frame.</param>
        /// <returns>Bytes copied.</returns>
        public int Take(byte[] target, bool withRepetitions)
        {
            int length = Length;
            int first = withRepetitions ? 0 : _sentStickyLength;
            Array.Copy(_bytes, first, target, 0, length - first);
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
            return length - first;
        }

        /// <summary>A downlink has shown that the last uplink was heard: sticky answers that it carried are done.</summary>
        public void OnHeard()
        {
            DropRepetitions();
        }

        private void DropRepetitions()
        {
            Length -= _sentStickyLength;
            Array.Copy(_bytes, _sentStickyLength, _bytes, 0, Length);
            _sentStickyLength = 0;
        }

        private static bool IsSticky(int cid)
        {
            return cid == MacCommands.RxParamSetup || cid == MacCommands.RxTimingSetup || cid == MacCommands.TxParamSetup || cid == MacCommands.DlChannel;
        }
    }
}
