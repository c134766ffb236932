// What the network may set in a session: channels, data rate, power, receive windows. It changes nothing by itself.
namespace PoleController.LoRaWan
{
    /// <summary>The MAC parameters of one device; kept in the session record.</summary>
    public sealed class MacParameters
    {
        /// <summary>Centre frequency by channel in hertz; 0 where there is no channel.</summary>
        public readonly int[] FrequenciesHz;

        /// <summary>Frequency of RX1 by channel in hertz; the uplink's unless DlChannelReq set another.</summary>
        public readonly int[] DownlinkFrequenciesHz;

        /// <summary>Lowest data rate by channel.</summary>
        public readonly byte[] MinimumDataRates;

        /// <summary>Highest data rate by channel.</summary>
        public readonly byte[] MaximumDataRates;

        /// <summary>A bit a channel: whether it is used.</summary>
        public int ChannelMask;

        /// <summary>Data rate of uplinks.</summary>
        public int DataRate;

        /// <summary>TXPower index of uplinks; 0 is the highest power.</summary>
        public int PowerIndex;

        /// <summary>NbTrans: how often an unconfirmed uplink is sent, 1 to 15.</summary>
        public int TransmissionCount;

        /// <summary>MaxDutyCycle: the device may send 1/2^n of the time over all channels; 0 means no such limit.</summary>
        public int MaximumDutyCycle;

        /// <summary>RX1DROffset.</summary>
        public int Rx1DataRateOffset;

        /// <summary>Data rate of RX2 and of class C reception.</summary>
        public int Rx2DataRate;

        /// <summary>Frequency of RX2 and of class C reception in hertz.</summary>
        public int Rx2FrequencyHz;

        /// <summary>RXDelay: seconds from the end of an uplink to RX1, 1 to 15.</summary>
        public int RxDelayS;

        private readonly Region _region;

        /// <summary>Makes the region's defaults.</summary>
        public MacParameters(Region region)
        {
            _region = region;
            FrequenciesHz = new int[Region.MaximumChannelCount];
            DownlinkFrequenciesHz = new int[Region.MaximumChannelCount];
            MinimumDataRates = new byte[Region.MaximumChannelCount];
            MaximumDataRates = new byte[Region.MaximumChannelCount];
            Reset();
        }

        /// <summary>A bit each for the channels that a device starts with.</summary>
        public int DefaultChannelMask
        {
            get { return (1 << _region.Parameters.DefaultFrequenciesHz.Length) - 1; }
        }

        /// <summary>Sets everything to the region's defaults.</summary>
        public void Reset()
        {
            for (int i = 0; i < FrequenciesHz.Length; i++)
            {
                RemoveChannel(i);
            }

            for (int i = 0; i < _region.Parameters.DefaultFrequenciesHz.Length; i++)
            {
                SetChannel(i, _region.Parameters.DefaultFrequenciesHz[i], _region.Parameters.MinimumDataRate, _region.Parameters.MaximumDataRate);
            }

            DataRate = _region.Parameters.MinimumDataRate;
            PowerIndex = 0;
            TransmissionCount = 1;
            MaximumDutyCycle = 0;
            Rx1DataRateOffset = 0;
            Rx2DataRate = _region.Rx2DataRate;
            Rx2FrequencyHz = _region.Rx2FrequencyHz;
            RxDelayS = _region.ReceiveDelay1S;
        }

        /// <summary>Defines a channel and enables it.</summary>
        public void SetChannel(int channel, int frequencyHz, int minimumDataRate, int maximumDataRate)
        {
            FrequenciesHz[channel] = frequencyHz;
            DownlinkFrequenciesHz[channel] = frequencyHz;
            MinimumDataRates[channel] = (byte)minimumDataRate;
            MaximumDataRates[channel] = (byte)maximumDataRate;
            ChannelMask |= 1 << channel;
        }

        /// <summary>Removes a channel.</summary>
        public void RemoveChannel(int channel)
        {
            FrequenciesHz[channel] = 0;
            DownlinkFrequenciesHz[channel] = 0;
            MinimumDataRates[channel] = 0;
            MaximumDataRates[channel] = 0;
            ChannelMask &= ~(1 << channel);
        }

        /// <summary>A bit each for the channels that are defined.</summary>
        public int DefinedChannelMask()
        {
            int mask = 0;
            for (int i = 0; i < FrequenciesHz.Length; i++)
            {
                if (FrequenciesHz[i] != 0)
                {
                    mask |= 1 << i;
                }
            }

            return mask;
        }

        /// <summary>Whether one of the channels of a mask is defined for a data rate.</summary>
        public bool IsDataRateUsable(int channelMask, int dataRate)
        {
            if (!_region.IsUplinkDataRate(dataRate))
            {
                return false;
            }

            for (int i = 0; i < FrequenciesHz.Length; i++)
            {
                if (IsChannelUsable(channelMask, i, dataRate))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether a channel is in the mask, defined, and allows a data rate.</summary>
        public bool IsChannelUsable(int channelMask, int channel, int dataRate)
        {
            return (channelMask & (1 << channel)) != 0
                && FrequenciesHz[channel] != 0
                && dataRate >= MinimumDataRates[channel]
                && dataRate <= MaximumDataRates[channel];
        }

        /// <summary>Takes over what a join-accept says. What the region does not know there stays at its default.</summary>
        public void Apply(JoinAccept accept)
        {
            Reset();
            if (accept.Rx1DataRateOffset <= _region.Parameters.MaximumRx1DataRateOffset)
            {
                Rx1DataRateOffset = accept.Rx1DataRateOffset;
            }

            if (_region.IsDownlinkDataRate(accept.Rx2DataRate))
            {
                Rx2DataRate = accept.Rx2DataRate;
            }

            RxDelayS = accept.RxDelayS == 0 ? 1 : accept.RxDelayS;
            if (accept.HasCfList && accept.CfList[JoinAccept.CfListLength - 1] == 0)
            {
                ApplyCfList(accept.CfList);
            }
        }

        // CFListType 0: five channels behind the default ones (RP002-1.0.4, section 2.4.4). Frequency 0 means none.
        private void ApplyCfList(byte[] cfList)
        {
            int first = _region.Parameters.DefaultFrequenciesHz.Length;
            for (int i = 0; i < 5; i++)
            {
                int frequencyHz = Wire.ReadUInt24(cfList, i * 3) * 100;
                if (frequencyHz != 0 && _region.SubBandOf(frequencyHz) != Region.None)
                {
                    SetChannel(first + i, frequencyHz, _region.Parameters.MinimumDataRate, _region.Parameters.MaximumDataRate);
                }
            }
        }
    }
}
