// LinkADRReq: a block of them is judged and carried out as one.
namespace PoleController.LoRaWan
{
    /// <summary>LinkADRReq (TS001-1.0.4, section 5.2; ChMaskCntl: RP002-1.0.4, section 2.4.5, for fixed channel plans sections 2.5.5 and 2.8.5).</summary>
    public sealed class LinkAdr
    {
        /// <summary>Bytes of one request with its CID.</summary>
        public const int RequestLength = 5;

        private const int ChannelMaskAck = 1;
        private const int DataRateAck = 2;
        private const int PowerAck = 4;
        private const int AllAck = ChannelMaskAck | DataRateAck | PowerAck;
        private const int Keep = 15;
        private const int Banks = 5;
        private const int AllChannelsOn = 6;
        private const int WideGroup = ChannelMask.GroupCount - 1;

        private readonly Region _region;
        private readonly MacParameters _parameters;
        private readonly ChannelMask _mask = new ChannelMask();
        private bool _isMaskValid;

        /// <summary>Makes it.</summary>
        public LinkAdr(Region region, MacParameters parameters)
        {
            _region = region;
            _parameters = parameters;
        }

        /// <summary>Judges a block of requests and, if everything in it is right, carries it out.</summary>
        /// <param name="commands">Holds the block.</param>
        /// <param name="offset">Where its first CID is.</param>
        /// <param name="count">Number of requests.</param>
        /// <param name="isAdaptive">Whether ADR is on; without it only the channel mask is the network's.</param>
        /// <returns>The status that answers each of them: 7 when carried out; nothing has changed otherwise.</returns>
        public int Apply(byte[] commands, int offset, int count, bool isAdaptive)
        {
            ReadMasks(commands, offset, count);

            // Data rate, power and NbTrans are those of the last request.
            int last = offset + ((count - 1) * RequestLength);
            int dataRate = commands[last + 1] >> 4;
            int powerIndex = commands[last + 1] & 0x0F;
            int transmissionCount = commands[last + 4] & 0x0F;
            if (dataRate == Keep || !isAdaptive)
            {
                dataRate = _parameters.DataRate;
            }

            if (powerIndex == Keep || !isAdaptive)
            {
                powerIndex = _parameters.PowerIndex;
            }

            int status = 0;
            if (_isMaskValid && IsMaskUsable(dataRate))
            {
                status |= ChannelMaskAck;
            }

            if (_parameters.IsDataRateUsable((status & ChannelMaskAck) != 0 ? _mask : _parameters.ChannelMask, dataRate))
            {
                status |= DataRateAck;
            }

            if (powerIndex <= _region.Parameters.MaximumPowerIndex)
            {
                status |= PowerAck;
            }

            if (status == AllAck)
            {
                _parameters.ChannelMask.CopyFrom(_mask);
                _parameters.DataRate = dataRate;
                _parameters.PowerIndex = powerIndex;
                if (isAdaptive)
                {
                    _parameters.TransmissionCount = transmissionCount == 0 ? 1 : transmissionCount;
                }
            }

            return status;
        }

        // All its channels must exist, and where a regulation asks for hopping there must be enough of them.
        private bool IsMaskUsable(int dataRate)
        {
            for (int i = 0; i < Region.MaximumChannelCount; i++)
            {
                if (_mask.Has(i) && !_parameters.IsDefined(i))
                {
                    return false;
                }
            }

            bool hasEnough = !_region.IsFixedChannelPlan
                || dataRate == _region.Parameters.WideDataRate
                || _mask.CountBelow(Region.NarrowChannelCount) >= _region.Parameters.MinimumNarrowChannelCount;
            return hasEnough && !_mask.IsEmpty;
        }

        private void ReadMasks(byte[] commands, int offset, int count)
        {
            _mask.CopyFrom(_parameters.ChannelMask);
            _isMaskValid = true;
            for (int i = 0; i < count; i++)
            {
                int request = offset + (i * RequestLength);
                int control = (commands[request + 4] >> 4) & 0x07;
                int channels = Wire.ReadUInt16(commands, request + 2);
                _isMaskValid &= _region.IsFixedChannelPlan ? TryReadFixed(control, channels) : TryReadDynamic(control, channels);
            }
        }

        private bool TryReadDynamic(int control, int channels)
        {
            if (control == 0)
            {
                _mask.SetGroup(0, channels);
                return true;
            }

            if (control != AllChannelsOn)
            {
                return false;
            }

            for (int i = 0; i < _region.ChannelCount; i++)
            {
                if (_parameters.IsDefined(i))
                {
                    _mask.Add(i);
                }
            }

            return true;
        }

        private bool TryReadFixed(int control, int channels)
        {
            if (control < WideGroup)
            {
                _mask.SetGroup(control, channels);
                return true;
            }

            // Of the masks below only the low eight bits mean something; the others are RFU.
            switch (control)
            {
                case WideGroup:
                    break;
                case Banks:
                    ReadBanks(channels);
                    break;
                case AllChannelsOn:
                    SetNarrow(0xFFFF);
                    break;
                default:
                    // 7: all of 125 kHz off.
                    SetNarrow(0);
                    break;
            }

            _mask.SetGroup(WideGroup, channels & 0xFF);
            return true;
        }

        // A bit for each eight 125 kHz channels and the 500 kHz channel that belongs to them.
        private void ReadBanks(int banks)
        {
            for (int group = 0; group < WideGroup; group++)
            {
                int low = (banks & (1 << (2 * group))) != 0 ? 0x00FF : 0;
                int high = (banks & (2 << (2 * group))) != 0 ? 0xFF00 : 0;
                _mask.SetGroup(group, low | high);
            }
        }

        private void SetNarrow(int channels)
        {
            for (int group = 0; group < WideGroup; group++)
            {
                _mask.SetGroup(group, channels);
            }
        }
    }
}
