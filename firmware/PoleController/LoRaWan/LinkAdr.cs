// LinkADRReq: a block of them is judged and carried out as one.
namespace PoleController.LoRaWan
{
    /// <summary>LinkADRReq (TS001-1.0.4, section 5.2; ChMaskCntl of EU868: RP002-1.0.4, section 2.4.5).</summary>
    public sealed class LinkAdr
    {
        /// <summary>Bytes of one request with its CID.</summary>
        public const int RequestLength = 5;

        private const int ChannelMaskAck = 1;
        private const int DataRateAck = 2;
        private const int PowerAck = 4;
        private const int AllAck = ChannelMaskAck | DataRateAck | PowerAck;
        private const int Keep = 15;
        private const int AllChannelsOn = 6;

        private readonly Region _region;
        private readonly MacParameters _parameters;
        private int _mask;
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
            if (_isMaskValid && (_mask & _parameters.DefinedChannelMask()) == _mask && _mask != 0)
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
                _parameters.ChannelMask = _mask;
                _parameters.DataRate = dataRate;
                _parameters.PowerIndex = powerIndex;
                if (isAdaptive)
                {
                    _parameters.TransmissionCount = transmissionCount == 0 ? 1 : transmissionCount;
                }
            }

            return status;
        }

        private void ReadMasks(byte[] commands, int offset, int count)
        {
            _mask = _parameters.ChannelMask;
            _isMaskValid = true;
            for (int i = 0; i < count; i++)
            {
                int request = offset + (i * RequestLength);
                int control = (commands[request + 4] >> 4) & 0x07;
                if (control == 0)
                {
                    _mask = Wire.ReadUInt16(commands, request + 2);
                }
                else if (control == AllChannelsOn)
                {
                    _mask = _parameters.DefinedChannelMask();
                }
                else
                {
                    _isMaskValid = false;
                }
            }
        }
    }
}
