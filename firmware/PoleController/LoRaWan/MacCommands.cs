// Carries out the network's MAC commands and prepares the answers, in order. The downlink they came in has been verified before.
namespace PoleController.LoRaWan
{
    /// <summary>
    /// MAC commands of LoRaWAN 1.0.4 (TS001-1.0.4, section 5). Several in one frame are answered in their order. What follows a command
    /// that is unknown, cut short, or whose answer has no room is ignored, as its length, or its effect, could not be told.
    /// </summary>
    public sealed class MacCommands
    {
        /// <summary>LinkCheckReq, LinkCheckAns.</summary>
        public const int LinkCheck = 0x02;

        /// <summary>LinkADRReq, LinkADRAns.</summary>
        public const int LinkAdrRequest = 0x03;

        /// <summary>DutyCycleReq, DutyCycleAns.</summary>
        public const int DutyCycleRequest = 0x04;

        /// <summary>RXParamSetupReq, RXParamSetupAns.</summary>
        public const int RxParamSetup = 0x05;

        /// <summary>DevStatusReq, DevStatusAns.</summary>
        public const int DevStatus = 0x06;

        /// <summary>NewChannelReq, NewChannelAns.</summary>
        public const int NewChannel = 0x07;

        /// <summary>RXTimingSetupReq, RXTimingSetupAns.</summary>
        public const int RxTimingSetup = 0x08;

        /// <summary>TXParamSetupReq, TXParamSetupAns: ignored without an answer in regions that do not use it.</summary>
        public const int TxParamSetup = 0x09;

        /// <summary>DlChannelReq, DlChannelAns.</summary>
        public const int DlChannel = 0x0A;

        /// <summary>DeviceTimeReq, DeviceTimeAns.</summary>
        public const int DeviceTime = 0x0D;

        // Bytes behind the CID in a downlink, by CID; 255 where there is no such command.
        private static readonly byte[] BodyLengths =
            new byte[] { 255, 255, 2, 4, 1, 4, 0, 5, 1, 1, 4, 255, 255, 5 };

        // MaxEIRP of TXParamSetupReq in dBm.
        private static readonly byte[] MaximumEirpDbm = new byte[] { 8, 10, 12, 13, 14, 16, 18, 20, 21, 24, 26, 27, 29, 30, 33, 36 };

        private const int ExternalPower = 0;

        private readonly Region _region;
        private readonly MacParameters _parameters;
        private readonly MacAnswers _answers;
        private readonly LinkAdr _linkAdr;
        private readonly ChannelMask _mask = new ChannelMask();

        /// <summary>Makes it.</summary>
        public MacCommands(Region region, MacParameters parameters, MacAnswers answers)
        {
            _region = region;
            _parameters = parameters;
            _answers = answers;
            _linkAdr = new LinkAdr(region, parameters);
        }

        /// <summary>Whether the last frame changed a parameter.</summary>
        public bool HasChanged { get; private set; }

        /// <summary>Whether the last frame had a DeviceTimeAns.</summary>
        public bool HasDeviceTime { get; private set; }

        /// <summary>Seconds since the GPS epoch of the last DeviceTimeAns.</summary>
        public uint DeviceTimeGpsS { get; private set; }

        /// <summary>Fraction of a second of the last DeviceTimeAns, in 1/256.</summary>
        public int DeviceTimeFraction { get; private set; }

        /// <summary>Link margin of the last LinkCheckAns in dB; -1 when none came yet.</summary>
        public int LinkMarginDb { get; private set; } = -1;

        /// <summary>Gateways that heard the uplink, of the last LinkCheckAns.</summary>
        public int LinkGatewayCount { get; private set; }

        /// <summary>Carries out the commands of one frame.</summary>
        /// <param name="commands">Holds the commands.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="length">Their length.</param>
        /// <param name="isAdaptive">Whether ADR is on.</param>
        /// <param name="snrQuarterDecibel">SNR of the frame, for DevStatusAns.</param>
        public void Process(byte[] commands, int offset, int length, bool isAdaptive, int snrQuarterDecibel)
        {
            HasChanged = false;
            HasDeviceTime = false;
            int end = offset + length;
            while (offset < end)
            {
                int used = commands[offset] == LinkAdrRequest
                    ? ProcessLinkAdrBlock(commands, offset, end, isAdaptive)
                    : ProcessOne(commands, offset, end, snrQuarterDecibel);
                if (used == 0)
                {
                    return;
                }

                offset += used;
            }
        }

        private int ProcessLinkAdrBlock(byte[] commands, int offset, int end, bool isAdaptive)
        {
            int count = 0;
            int position = offset;
            while (position + LinkAdr.RequestLength <= end && commands[position] == LinkAdrRequest)
            {
                count++;
                position += LinkAdr.RequestLength;
            }

            if (count == 0 || !_answers.TryMakeRoom(2 * count))
            {
                return 0;
            }

            int status = _linkAdr.Apply(commands, offset, count, isAdaptive);
            HasChanged |= status == 7;
            for (int i = 0; i < count; i++)
            {
                Answer(LinkAdrRequest, status);
            }

            return position - offset;
        }

        // Bytes used; 0 when the rest of the frame cannot be used.
        private int ProcessOne(byte[] commands, int offset, int end, int snrQuarterDecibel)
        {
            int cid = commands[offset];
            int bodyLength = cid < BodyLengths.Length ? BodyLengths[cid] : 255;
            if (offset + 1 + bodyLength > end || !_answers.TryMakeRoom(3))
            {
                return 0;
            }

            Dispatch(cid, commands, offset + 1, snrQuarterDecibel);
            return 1 + bodyLength;
        }

        private void Dispatch(int cid, byte[] commands, int body, int snrQuarterDecibel)
        {
            switch (cid)
            {
                case LinkCheck:
                    LinkMarginDb = commands[body];
                    LinkGatewayCount = commands[body + 1];
                    break;
                case DutyCycleRequest:
                    SetMaximumDutyCycle(commands[body] & 0x0F);
                    break;
                case RxParamSetup:
                    SetReceiveParameters(commands[body], Wire.ReadUInt24(commands, body + 1) * 100);
                    break;
                case DevStatus:
                    AnswerStatus(snrQuarterDecibel);
                    break;
                case NewChannel:
                    SetChannel(commands[body], Wire.ReadUInt24(commands, body + 1) * 100, commands[body + 4]);
                    break;
                case RxTimingSetup:
                    SetReceiveDelay(commands[body] & 0x0F);
                    break;
                case DlChannel:
                    SetDownlinkChannel(commands[body], Wire.ReadUInt24(commands, body + 1) * 100);
                    break;
                case DeviceTime:
                    HasDeviceTime = true;
                    DeviceTimeGpsS = Wire.ReadUInt32(commands, body);
                    DeviceTimeFraction = commands[body + 4];
                    break;
                case TxParamSetup:
                    SetTransmitParameters(commands[body]);
                    break;
                default:
                    break;
            }
        }

        private void SetMaximumDutyCycle(int maximumDutyCycle)
        {
            HasChanged |= _parameters.MaximumDutyCycle != maximumDutyCycle;
            _parameters.MaximumDutyCycle = maximumDutyCycle;
            _answers.Add(DutyCycleRequest);
        }

        private void SetReceiveParameters(int settings, int frequencyHz)
        {
            int offset = (settings >> 4) & 0x07;
            int dataRate = settings & 0x0F;
            bool isFrequencyRight = _region.IsDownlinkFrequency(frequencyHz);
            bool isDataRateRight = _region.IsDownlinkDataRate(dataRate);
            bool isOffsetRight = offset <= _region.Parameters.MaximumRx1DataRateOffset;
            if (isFrequencyRight && isDataRateRight && isOffsetRight)
            {
                _parameters.Rx2FrequencyHz = frequencyHz;
                _parameters.Rx2DataRate = dataRate;
                _parameters.Rx1DataRateOffset = offset;
                HasChanged = true;
            }

            Answer(RxParamSetup, (isFrequencyRight ? 1 : 0) | (isDataRateRight ? 2 : 0) | (isOffsetRight ? 4 : 0));
        }

        // Rounded to the nearest decibel (TS001-1.0.4, section 5.5), halves away from zero.
        private void AnswerStatus(int snrQuarterDecibel)
        {
            int margin = snrQuarterDecibel >= 0 ? (snrQuarterDecibel + 2) / 4 : -((2 - snrQuarterDecibel) / 4);
            margin = margin < -32 ? -32 : margin;
            margin = margin > 31 ? 31 : margin;
            Answer(DevStatus, ExternalPower);
            _answers.Add(margin & 0x3F);
        }

        // UplinkDwellTime and DownlinkDwellTime in bits 4 and 5, MaxEIRP as an index (TS001-1.0.4, section 5.8).
        private void SetTransmitParameters(int settings)
        {
            if (!_region.Parameters.HasTxParamSetup)
            {
                return;
            }

            _parameters.HasUplinkDwellTime = (settings & 0x10) != 0;
            _parameters.HasDownlinkDwellTime = (settings & 0x20) != 0;
            _parameters.MaximumPowerDbm = MaximumEirpDbm[settings & 0x0F];
            HasChanged = true;
            _answers.Add(TxParamSetup);
        }

        // The default channels are not the network's to change (RP002-1.0.4, section 2.4.2). Frequency 0 removes a channel. Where the plan is
        // fixed the command is dropped without an answer (TS001-1.0.4, section 5.5), as DlChannelReq is.
        private void SetChannel(int channel, int frequencyHz, int range)
        {
            if (_region.IsFixedChannelPlan)
            {
                return;
            }

            int minimum = range & 0x0F;
            int maximum = range >> 4;
            bool isChannelRight = channel >= _region.Parameters.DefaultFrequenciesHz.Length && channel < _region.ChannelCount;
            bool isFrequencyRight = isChannelRight && (frequencyHz == 0 || _region.SubBandOf(frequencyHz) != Region.None);
            bool isRangeRight = isChannelRight && minimum <= maximum && _region.IsUplinkDataRate(maximum);
            if (isFrequencyRight && frequencyHz == 0)
            {
                isRangeRight = true;
                isFrequencyRight = TryRemoveChannel(channel);
            }
            else if (isFrequencyRight && isRangeRight)
            {
                _parameters.SetChannel(channel, frequencyHz, minimum, maximum);
                HasChanged = true;
            }

            Answer(NewChannel, (isFrequencyRight ? 1 : 0) | (isRangeRight ? 2 : 0));
        }

        // A channel whose removal would leave none for the present data rate stays.
        private bool TryRemoveChannel(int channel)
        {
            _mask.CopyFrom(_parameters.ChannelMask);
            _mask.Remove(channel);
            if (!_parameters.IsDataRateUsable(_mask, _parameters.DataRate))
            {
                return false;
            }

            _parameters.RemoveChannel(channel);
            HasChanged = true;
            return true;
        }

        private void SetReceiveDelay(int delayS)
        {
            _parameters.RxDelayS = delayS == 0 ? 1 : delayS;
            HasChanged = true;
            _answers.Add(RxTimingSetup);
        }

        private void SetDownlinkChannel(int channel, int frequencyHz)
        {
            if (_region.IsFixedChannelPlan)
            {
                return;
            }

            bool isFrequencyRight = _region.IsDownlinkFrequency(frequencyHz);
            bool hasUplink = channel < _region.ChannelCount && _parameters.FrequenciesHz[channel] != 0;
            if (isFrequencyRight && hasUplink)
            {
                _parameters.DownlinkFrequenciesHz[channel] = frequencyHz;
                HasChanged = true;
            }

            Answer(DlChannel, (isFrequencyRight ? 1 : 0) | (hasUplink ? 2 : 0));
        }

        private void Answer(int cid, int value)
        {
            _answers.Add(cid);
            _answers.Add(value);
        }
    }
}
