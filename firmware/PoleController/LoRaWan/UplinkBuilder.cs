// Decides what goes into the next uplink (message, MAC answers, requests, flags), at which data rate, and builds it. It does not send.

namespace PoleController.LoRaWan
{
    /// <summary>
    /// Plans and builds uplinks. MAC answers come first: up to 15 bytes travel in FOpts beside the message; when they are more, or leave
    /// the message no room, they go alone and the message takes the next uplink. Sticky answers that were sent before are repeated where
    /// there is room, and never keep a message waiting. A message that the present data rate cannot hold (it fell
    /// since the message was taken) is sent at the lowest one that can.
    /// </summary>
    public sealed class UplinkBuilder
    {
        private const int LowestOverhead = 13;

        // What EU868 holds at its lowest data rate. Where the present data rate holds less (US915 DR0, AS923 and AU915 DR2 under dwell time: 11
        // bytes) a message may still be this long and goes at the lowest data rate that holds it: a pole could not report otherwise.
        private const int LeastMessageLength = 51;

        private readonly FrameCodec _codec;
        private readonly Region _region;
        private readonly Session _session;
        private readonly SessionStore _store;
        private readonly MacAnswers _answers;
        private readonly AdrBackoff _adr;
        private readonly TimeRequest _time;
        private readonly UplinkMessage _message;
        private readonly UplinkFrame _frame;
        private readonly DataFrame _header = new DataFrame();
        private readonly byte[] _commands = new byte[MacAnswers.Capacity + 2];
        private bool _carriesMessage;
        private bool _carriesRequests;
        private bool _carriesRepetitions;

        /// <summary>Makes it over the parts of a device.</summary>
        public UplinkBuilder(
            FrameCodec codec,
            Region region,
            Session session,
            SessionStore store,
            MacAnswers answers,
            AdrBackoff adr,
            TimeRequest time,
            UplinkMessage message,
            UplinkFrame frame)
        {
            _codec = codec;
            _region = region;
            _session = session;
            _store = store;
            _answers = answers;
            _adr = adr;
            _time = time;
            _message = message;
            _frame = frame;
        }

        /// <summary>Whether uplinks take part in ADR.</summary>
        public bool IsAdaptiveDataRate { get; set; } = true;

        /// <summary>Whether the next frame acknowledges a confirmed downlink.</summary>
        public bool IsAcknowledgePending { get; private set; }

        /// <summary>Until when it may; <see cref="Wake.Never"/> for a downlink in a class A window.</summary>
        public long AcknowledgeUntilMs { get; private set; }

        /// <summary>Whether the next frame carries LinkCheckReq.</summary>
        public bool IsLinkCheckWanted { get; set; }

        /// <summary>Data rate of the frame last planned.</summary>
        public int DataRate { get; private set; }

        /// <summary>Length of the frame last planned.</summary>
        public int PlannedLength { get; private set; }

        /// <summary>The next frame acknowledges a confirmed downlink, if it is sent before a time.</summary>
        public void Acknowledge(long untilMs)
        {
            IsAcknowledgePending = true;
            AcknowledgeUntilMs = untilMs;
        }

        /// <summary>Nothing is to be acknowledged (any more).</summary>
        public void ForgetAcknowledge()
        {
            IsAcknowledgePending = false;
        }

        /// <summary>Longest message that the present data rate takes beside the MAC commands that wait.</summary>
        public int MaximumMessageLength(long nowMs)
        {
            int dataRate = DataRateFor(LeastMessageLength);
            if (dataRate == Region.None)
            {
                dataRate = DataRateFor(0);
            }

            if (dataRate == Region.None)
            {
                return 0;
            }

            // Sticky answers belong into every uplink (TS001-1.0.4, sections 5.4 to 5.8): a message leaves them room.
            int answersLength = _answers.Length <= FrameCodec.MaximumFOptsLength ? _answers.Length : _answers.UnsentLength;
            answersLength = answersLength > FrameCodec.MaximumFOptsLength ? 0 : answersLength;
            int room = _session.Parameters.MaximumPayloadLength(dataRate) - answersLength - RequestsLength(nowMs);
            return room > 0 ? room : 0;
        }

        /// <summary>The data rate to send so many bytes of FOpts and FRMPayload at; <see cref="Region.None"/> when no channel can.</summary>
        public int DataRateFor(int length)
        {
            MacParameters parameters = _session.Parameters;
            for (int dataRate = parameters.DataRate; dataRate <= _region.MaximumUplinkDataRate; dataRate++)
            {
                if (length <= _session.Parameters.MaximumPayloadLength(dataRate) && parameters.IsDataRateUsable(parameters.ChannelMask, dataRate))
                {
                    return dataRate;
                }
            }

            // The network took away the present data rate's last channel: the next lower one that there is.
            for (int dataRate = parameters.DataRate - 1; dataRate >= 0; dataRate--)
            {
                if (length <= _session.Parameters.MaximumPayloadLength(dataRate) && parameters.IsDataRateUsable(parameters.ChannelMask, dataRate))
                {
                    return dataRate;
                }
            }

            return Region.None;
        }

        /// <summary>The data rate for a frame of some length that is already built.</summary>
        public int DataRateForFrame(int frameLength)
        {
            return DataRateFor(frameLength - LowestOverhead);
        }

        /// <summary>Plans the next frame: fills <see cref="DataRate"/> and <see cref="PlannedLength"/>.</summary>
        /// <returns>False when the message fits no data rate any more: it has to be given up.</returns>
        public bool Plan(long nowMs)
        {
            int answersLength = _answers.UnsentLength;
            bool isOnPort0 = answersLength > FrameCodec.MaximumFOptsLength;
            _carriesMessage = _message.IsWaiting && !isOnPort0;
            DataRate = DataRateFor(_carriesMessage ? _message.Length : answersLength);
            if (DataRate == Region.None)
            {
                return false;
            }

            int room = _session.Parameters.MaximumPayloadLength(DataRate);
            if (_carriesMessage && _message.Length + answersLength > room)
            {
                _carriesMessage = false;
            }

            int messageLength = _carriesMessage ? _message.Length : 0;
            _carriesRepetitions = isOnPort0
                || (_answers.Length <= FrameCodec.MaximumFOptsLength && messageLength + _answers.Length <= room);
            if (_carriesRepetitions)
            {
                answersLength = _answers.Length;
            }

            int length = answersLength + messageLength;
            int requestsLength = RequestsLength(nowMs);
            _carriesRequests = !isOnPort0
                && answersLength + requestsLength <= FrameCodec.MaximumFOptsLength
                && length + requestsLength <= room;
            if (_carriesRequests)
            {
                length += requestsLength;
            }

            PlannedLength = FrameCodec.OverheadLength + length + (_carriesMessage || isOnPort0 ? 1 : 0);
            return true;
        }

        /// <summary>Builds the frame that was planned into the frame in work. Its counter is reserved in the store first.</summary>
        /// <returns>False when the store refused: nothing has changed.</returns>
        public bool TryBuild(long nowMs)
        {
            if (!_store.TryReserveFCntUp(_session))
            {
                return false;
            }

            int commandsLength = CollectCommands(nowMs);
            bool isOnPort0 = commandsLength > FrameCodec.MaximumFOptsLength;
            FillHeader(isOnPort0, commandsLength);
            _adr.OnUplink();
            if (_carriesMessage && _message.Stamp != null)
            {
                _message.Stamp.Stamp(nowMs, _message.FPort, _message.Payload, _message.Length);
            }

            uint fCnt = _session.FCntUp;
            _session.FCntUp = fCnt + 1;
            _frame.Length = _codec.BuildData(
                _header,
                fCnt,
                _session.NetworkSessionKey,
                _session.ApplicationSessionKey,
                _commands,
                isOnPort0 ? _commands : _message.Payload,
                _frame.Bytes);
            _frame.IsInWork = true;
            _frame.CarriesMessage = _carriesMessage;
            _frame.IsConfirmed = _header.IsConfirmed;
            _frame.IsSentOnce = _carriesMessage && _message.IsSentOnce;
            _frame.TransmissionCount = 0;
            _frame.NotBeforeMs = nowMs;
            _frame.RepeatUntilMs = IsAcknowledgePending ? AcknowledgeUntilMs : Wake.Never;
            _frame.IsHeard = false;
            _frame.IsAcknowledged = false;
            IsAcknowledgePending = false;
            return true;
        }

        private int CollectCommands(long nowMs)
        {
            int length = _answers.Take(_commands, _carriesRepetitions);
            _frame.HasTimeRequest = _carriesRequests && _time.IsWanted(nowMs);
            if (_frame.HasTimeRequest)
            {
                _commands[length] = MacCommands.DeviceTime;
                length++;
            }

            if (_carriesRequests && IsLinkCheckWanted)
            {
                _commands[length] = MacCommands.LinkCheck;
                length++;
                IsLinkCheckWanted = false;
            }

            return length;
        }

        private void FillHeader(bool isOnPort0, int commandsLength)
        {
            _header.Clear();
            _header.DevAddr = _session.DevAddr;
            _header.IsAdaptiveDataRate = IsAdaptiveDataRate;
            _header.IsAdrAcknowledgeRequest = IsAdaptiveDataRate && _adr.IsAcknowledgeRequested;
            _header.IsAcknowledge = IsAcknowledgePending;
            if (isOnPort0)
            {
                _header.FPort = 0;
                _header.PayloadLength = commandsLength;
                return;
            }

            _header.FOptsLength = commandsLength;
            if (_carriesMessage)
            {
                _header.IsConfirmed = _message.IsConfirmed;
                _header.FPort = _message.FPort;
                _header.PayloadLength = _message.Length;
            }
        }

        private int RequestsLength(long nowMs)
        {
            return (_time.IsWanted(nowMs) ? 1 : 0) + (IsLinkCheckWanted ? 1 : 0);
        }
    }
}
