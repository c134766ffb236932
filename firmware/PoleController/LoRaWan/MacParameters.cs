// What the network may set in a session: channels, data rate, power, receive windows. It changes nothing by itself.
namespace PoleController.LoRaWan
{
    /// <summary>The MAC parameters of one device; kept in the session record.</summary>
    public sealed class MacParameters
    {
        /// <summary>
        /// Centre frequency by channel in hertz; 0 where there is no channel. Only where the network defines channels: a fixed channel plan's frequencies
        /// are the region's, and <see cref="FrequencyHz"/> knows both.
        /// </summary>
        public readonly int[] FrequenciesHz;

        /// <summary>Frequency of RX1 by channel in hertz; the uplink's unless DlChannelReq set another.</summary>
        public readonly int[] DownlinkFrequenciesHz;

        /// <summary>Lowest data rate by channel.</summary>
        public readonly byte[] MinimumDataRates;

        /// <summary>Highest data rate by channel.</summary>
        public readonly byte[] MaximumDataRates;

        /// <summary>The channels that are used.</summary>
        public readonly ChannelMask ChannelMask = new ChannelMask();

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

        /// <summary>Whether uplinks are limited to 400 ms (UplinkDwellTime).</summary>
        public bool HasUplinkDwellTime;

        /// <summary>Whether downlinks are limited to 400 ms (DownlinkDwellTime).</summary>
        public bool HasDownlinkDwellTime;

        /// <summary>TXPower 0 in dBm: the region's, or what TXParamSetupReq says.</summary>
        public int MaximumPowerDbm;

        private readonly Region _region;

        /// <summary>Makes the region's defaults.</summary>
        public MacParameters(Region region)
        {
            _region = region;
            FrequenciesHz = new int[Region.MaximumDynamicChannelCount];
            DownlinkFrequenciesHz = new int[Region.MaximumDynamicChannelCount];
            MinimumDataRates = new byte[Region.MaximumDynamicChannelCount];
            MaximumDataRates = new byte[Region.MaximumDynamicChannelCount];
            Reset();
        }

        /// <summary>Sets everything to the region's defaults.</summary>
        public void Reset()
        {
            RegionalParameters defaults = _region.Parameters;
            for (int i = 0; i < FrequenciesHz.Length; i++)
            {
                RemoveChannel(i);
            }

            ChannelMask.Clear();
            for (int i = 0; i < defaults.DefaultFrequenciesHz.Length; i++)
            {
                SetChannel(i, defaults.DefaultFrequenciesHz[i], defaults.MinimumDataRate, defaults.MaximumDataRate);
            }

            AddDefaultChannels(ChannelMask);
            HasUplinkDwellTime = defaults.HasInitialUplinkDwellTime;
            HasDownlinkDwellTime = defaults.HasInitialDownlinkDwellTime;
            MaximumPowerDbm = defaults.MaximumPowerDbm;
            DataRate = defaults.MinimumDataRate;
            PowerIndex = 0;
            TransmissionCount = 1;
            MaximumDutyCycle = 0;
            Rx1DataRateOffset = 0;
            Rx2DataRate = _region.Rx2DataRate;
            Rx2FrequencyHz = _region.Rx2FrequencyHz;
            RxDelayS = _region.ReceiveDelay1S;
        }

        /// <summary>Adds the channels that a device starts with: in a fixed channel plan all of them.</summary>
        public void AddDefaultChannels(ChannelMask mask)
        {
            int count = _region.IsFixedChannelPlan ? _region.ChannelCount : _region.Parameters.DefaultFrequenciesHz.Length;
            for (int i = 0; i < count; i++)
            {
                mask.Add(i);
            }
        }

        /// <summary>Defines a channel and enables it. Not for a fixed channel plan.</summary>
        public void SetChannel(int channel, int frequencyHz, int minimumDataRate, int maximumDataRate)
        {
            FrequenciesHz[channel] = frequencyHz;
            DownlinkFrequenciesHz[channel] = frequencyHz;
            MinimumDataRates[channel] = (byte)minimumDataRate;
            MaximumDataRates[channel] = (byte)maximumDataRate;
            ChannelMask.Add(channel);
        }

        /// <summary>Removes a channel. Not for a fixed channel plan.</summary>
        public void RemoveChannel(int channel)
        {
            FrequenciesHz[channel] = 0;
            DownlinkFrequenciesHz[channel] = 0;
            MinimumDataRates[channel] = 0;
            MaximumDataRates[channel] = 0;
            ChannelMask.Remove(channel);
        }

        /// <summary>Whether there is a channel of that number.</summary>
        public bool IsDefined(int channel)
        {
            return channel < _region.ChannelCount && (_region.IsFixedChannelPlan || FrequenciesHz[channel] != 0);
        }

        /// <summary>Centre frequency of a channel that is defined, in hertz.</summary>
        public int FrequencyHz(int channel)
        {
            return _region.IsFixedChannelPlan ? _region.FixedFrequencyHz(channel) : FrequenciesHz[channel];
        }

        /// <summary>Frequency of RX1 after an uplink on a channel, in hertz: its own, DlChannelReq's, or that of channel modulo 8 in a fixed plan.</summary>
        public int Rx1FrequencyHz(int channel)
        {
            return _region.IsFixedChannelPlan
                ? _region.FixedDownlinkFrequencyHz(channel & (Region.WideChannelCount - 1))
                : DownlinkFrequenciesHz[channel];
        }

        /// <summary>Data rate of RX1 after an uplink.</summary>
        public int Rx1DataRate(int uplinkDataRate)
        {
            return _region.Rx1DataRate(uplinkDataRate, Rx1DataRateOffset, HasDownlinkDwellTime);
        }

        /// <summary>Longest FRMPayload of an uplink at a data rate, in bytes, when there are no FOpts.</summary>
        public int MaximumPayloadLength(int dataRate)
        {
            return _region.MaximumPayloadLength(dataRate, HasUplinkDwellTime);
        }

        /// <summary>Output power on a channel in dBm, with all limits that hold there.</summary>
        public int PowerDbm(int powerIndex, int channel)
        {
            int narrowCount = _region.IsFixedChannelPlan ? ChannelMask.CountBelow(Region.NarrowChannelCount) : 0;
            return _region.PowerDbm(powerIndex, MaximumPowerDbm, FrequencyHz(channel), narrowCount);
        }

        /// <summary>Whether one of the channels of a mask is defined for a data rate.</summary>
        public bool IsDataRateUsable(ChannelMask mask, int dataRate)
        {
            if (!_region.IsUplinkDataRate(dataRate, HasUplinkDwellTime))
            {
                return false;
            }

            for (int i = 0; i < _region.ChannelCount; i++)
            {
                if (IsChannelUsable(mask, i, dataRate))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether a channel is in the mask, defined, and allows a data rate.</summary>
        public bool IsChannelUsable(ChannelMask mask, int channel, int dataRate)
        {
            if (!mask.Has(channel))
            {
                return false;
            }

            if (_region.IsFixedChannelPlan)
            {
                return channel < Region.NarrowChannelCount
                    ? dataRate >= _region.Parameters.MinimumDataRate && dataRate <= _region.Parameters.MaximumDataRate
                    : dataRate == _region.Parameters.WideDataRate;
            }

            return FrequenciesHz[channel] != 0 && dataRate >= MinimumDataRates[channel] && dataRate <= MaximumDataRates[channel];
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
            if (accept.HasCfList)
            {
                ApplyCfList(accept.CfList);
            }
        }

        // A CFList of the type that the region does not use is ignored.
        private void ApplyCfList(byte[] cfList)
        {
            int type = cfList[JoinAccept.CfListLength - 1];
            if (type == 0 && !_region.IsFixedChannelPlan)
            {
                ApplyFrequencies(cfList);
            }
            else if (type == 1 && _region.IsFixedChannelPlan)
            {
                ApplyChannelMasks(cfList);
            }
        }

        // CFListType 0: five channels behind the default ones (RP002-1.0.4, section 2.4.4). Frequency 0 means none.
        private void ApplyFrequencies(byte[] cfList)
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

        // CFListType 1: a mask for each group of 16 channels (RP002-1.0.4, section 2.5.4). One without any channel would silence the device.
        private void ApplyChannelMasks(byte[] cfList)
        {
            ChannelMask.Clear();
            for (int i = 0; i < ChannelMask.GroupCount; i++)
            {
                int channels = Wire.ReadUInt16(cfList, i * 2);
                ChannelMask.SetGroup(i, i == ChannelMask.GroupCount - 1 ? channels & 0xFF : channels);
            }

            if (ChannelMask.IsEmpty)
            {
                AddDefaultChannels(ChannelMask);
            }
        }
    }
}
