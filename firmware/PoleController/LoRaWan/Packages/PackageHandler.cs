// The packages of one device together: gives each the messages on its port, asks each when it wants to run, and holds their messages until
// they are sent. What a package does is in its own class.
using PoleController.Hal;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>Clock synchronisation, multicast set-up and fragmentation of one device.</summary>
    public sealed class PackageHandler : IUplinkStamp
    {
        // 2 s, give or take one: RETRANSMIT_TIMEOUT of RP002-1.0.4, section 2.3.
        private const int AnswerMinimumMs = 1000;
        private const int AnswerSpreadMs = 2000;

        // A message that is too long for the present data rate waits so long for a better one.
        private const long TooLongForMs = 600000;

        private readonly IRandom _random;
        private readonly PackageAnswers _answers = new PackageAnswers();
        private readonly ClockSync _clockSync;
        private readonly MulticastSetup _multicastSetup;
        private readonly Fragmentation _fragmentation;
        private readonly byte[] _message = new byte[PackageAnswers.MaximumLength];

        /// <summary>Makes it over the parts of a device.</summary>
        internal PackageHandler(DeviceParts parts)
        {
            _random = parts.Random;
            PackageKeys keys = new PackageKeys(parts.Aes);
            _clockSync = new ClockSync(parts, _answers);
            _multicastSetup = new MulticastSetup(parts, keys, _answers);
            _fragmentation = new Fragmentation(parts, keys, _answers);
        }

        /// <summary>When the next of the packages' messages is due; <see cref="Wake.Never"/> when none waits.</summary>
        public long DueMs
        {
            get { return _answers.NextMs; }
        }

        /// <summary>Messages of the packages that gave way to newer ones, or were too long for the data rate.</summary>
        public int LostCount
        {
            get { return _answers.LostCount; }
        }

        /// <summary>Takes the data blocks that come by fragmentation; without one no fragmentation session is accepted. Set it before the start.</summary>
        public IDataBlockConsumer? DataBlockConsumer
        {
            get { return _fragmentation.Consumer; }
            set { _fragmentation.Consumer = value; }
        }

        /// <summary>Data blocks that were whole and right.</summary>
        public int DataBlockCount
        {
            get { return _fragmentation.BlockCount; }
        }

        /// <summary>Data blocks that were whole and had a wrong MIC.</summary>
        public int WrongDataBlockCount
        {
            get { return _fragmentation.WrongBlockCount; }
        }

        /// <summary>Times taken from the application server.</summary>
        public int ClockCorrectionCount
        {
            get { return _clockSync.CorrectionCount; }
        }

        /// <inheritdoc/>
        void IUplinkStamp.Stamp(long nowMs, int fPort, byte[] payload, int length)
        {
            if (fPort == PackageId.MulticastSetupPort)
            {
                _multicastSetup.Stamp(nowMs, payload, length);
            }
            else if (fPort == PackageId.ClockSyncPort)
            {
                _clockSync.Stamp(nowMs, payload, length);
            }
        }

        /// <summary>Starts with nothing to say.</summary>
        internal void Start()
        {
            _answers.Clear();
            _fragmentation.Clear();
        }

        /// <summary>Runs what the packages do by themselves.</summary>
        /// <returns>When to run again.</returns>
        internal long Step(long nowMs)
        {
            long clockMs = _clockSync.Step(nowMs);
            long fragmentationMs = _fragmentation.Step(nowMs);
            return clockMs < fragmentationMs ? clockMs : fragmentationMs;
        }

        /// <summary>Takes the message of a downlink on one of the packages' ports.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="fPort">Its port.</param>
        /// <param name="groupId">The multicast group it came to; <see cref="MulticastReceiver.None"/> when it came to this device alone.</param>
        /// <param name="data">Holds the message.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its length.</param>
        /// <param name="maximumLength">Longest answer that can be sent at present.</param>
        /// <returns>False when the store refused something.</returns>
        internal bool OnDownlink(long nowMs, int fPort, int groupId, byte[] data, int offset, int length, int maximumLength)
        {
            int end = offset + length;
            long answerMs = nowMs + AnswerMinimumMs + _random.Next(AnswerSpreadMs);
            _answers.Begin(maximumLength);
            if (fPort == PackageId.FragmentationPort)
            {
                return _fragmentation.Process(nowMs, answerMs, groupId, data, offset, end);
            }

            if (groupId != MulticastReceiver.None)
            {
                // TS003 and TS005 are for one device at a time.
                return true;
            }

            if (fPort == PackageId.MulticastSetupPort)
            {
                return _multicastSetup.Process(nowMs, answerMs, data, offset, end, maximumLength);
            }

            _clockSync.Process(nowMs, answerMs, data, offset, end);
            return true;
        }

        /// <summary>Puts the message that is due into the place of the message to send, which must be free.</summary>
        /// <returns>False when none is due, or it is too long at present.</returns>
        internal bool TryTake(long nowMs, int maximumLength, UplinkMessage into)
        {
            if (_answers.NextMs > nowMs)
            {
                return false;
            }

            int first = _answers.First();
            int length = _answers.LengthOf(first);
            if (length > maximumLength)
            {
                if (nowMs - _answers.NextMs >= TooLongForMs)
                {
                    _answers.Drop(first);
                }

                return false;
            }

            int fPort = _answers.PortOf(first);
            _answers.Copy(first, _message);
            _answers.Remove(first);
            into.Set(fPort, _message, length, false, EndDevice.MaximumTryCount);
            into.IsSentOnce = fPort == PackageId.ClockSyncPort;
            into.Stamp = this;
            return true;
        }
    }
}
