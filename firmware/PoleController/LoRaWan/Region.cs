// The region that a device or a network server keeps to: what follows from the region's parameters. Every device has its own, because it
// learns its region only when it starts; the tables behind it are shared. The values are in a file a region.
namespace PoleController.LoRaWan
{
    /// <summary>Answers what a region (RP002-1.0.4) asks for. It changes only by <see cref="TrySelect"/>, which a device calls at its start.</summary>
    public sealed class Region
    {
        /// <summary>The result of a look-up that found nothing.</summary>
        public const int None = -1;

        /// <summary>The most channels that a device has anywhere: 64 of 125 kHz and 8 of 500 kHz.</summary>
        public const int MaximumChannelCount = NarrowChannelCount + WideChannelCount;

        /// <summary>The most channels that a network can define where the channel plan is not fixed.</summary>
        public const int MaximumDynamicChannelCount = 16;

        /// <summary>Channels of 125 kHz in a fixed channel plan.</summary>
        public const int NarrowChannelCount = 64;

        /// <summary>Channels of 500 kHz in a fixed channel plan, and channels for downlinks.</summary>
        public const int WideChannelCount = 8;

        /// <summary>The most sub-bands that a region has.</summary>
        public const int MaximumSubBandCount = 6;

        private const int PowerStepDb = 2;
        private const int NarrowStepHz = 200000;
        private const int WideStepHz = 1600000;
        private const int DownlinkStepHz = 600000;

        private RegionalParameters _parameters;

        /// <summary>Makes it for a region.</summary>
        public Region(RegionId id)
        {
            _parameters = ParametersOf(id) ?? Eu868.Parameters;
        }

        /// <summary>Which region it is.</summary>
        public RegionId Id
        {
            get { return _parameters.Id; }
        }

        /// <summary>The region's tables.</summary>
        public RegionalParameters Parameters
        {
            get { return _parameters; }
        }

        /// <summary>Spreading factor by data rate; 0 where the data rate is not LoRa or does not exist.</summary>
        public int[] SpreadingFactors
        {
            get { return _parameters.SpreadingFactors; }
        }

        /// <summary>Bandwidth in hertz by data rate.</summary>
        public int[] BandwidthsHz
        {
            get { return _parameters.BandwidthsHz; }
        }

        /// <summary>Longest FRMPayload by data rate, in bytes, when there are no FOpts (N in RP002) and no repeater is expected.</summary>
        public int[] MaximumPayloadLengths
        {
            get { return _parameters.MaximumPayloadLengths; }
        }

        /// <summary>Lower edge by sub-band, in hertz.</summary>
        public int[] SubBandLowerHz
        {
            get { return _parameters.SubBandLowerHz; }
        }

        /// <summary>Duty cycle by sub-band, in permille.</summary>
        public int[] SubBandDutyCyclePermille
        {
            get { return _parameters.SubBandDutyCyclePermille; }
        }

        /// <summary>RECEIVE_DELAY1 in seconds until the network sets another; RX2 opens a second after RX1.</summary>
        public int ReceiveDelay1S
        {
            get { return _parameters.ReceiveDelay1S; }
        }

        /// <summary>JOIN_ACCEPT_DELAY1 in seconds; RX2 opens a second after RX1.</summary>
        public int JoinAcceptDelay1S
        {
            get { return _parameters.JoinAcceptDelay1S; }
        }

        /// <summary>Default frequency of RX2 in hertz.</summary>
        public int Rx2FrequencyHz
        {
            get { return _parameters.Rx2FrequencyHz; }
        }

        /// <summary>Default data rate of RX2.</summary>
        public int Rx2DataRate
        {
            get { return _parameters.Rx2DataRate; }
        }

        /// <summary>Highest data rate of an uplink (LoRa modulation only).</summary>
        public int MaximumUplinkDataRate
        {
            get { return _parameters.MaximumUplinkDataRate; }
        }

        /// <summary>How many channels a device keeps.</summary>
        public int ChannelCount
        {
            get { return _parameters.ChannelCount; }
        }

        /// <summary>Whether the channels are fixed, so that a network can only enable and disable them.</summary>
        public bool IsFixedChannelPlan
        {
            get { return _parameters.IsFixedChannelPlan; }
        }

        /// <summary>Number of sub-bands.</summary>
        public int SubBandCount
        {
            get { return _parameters.SubBandDutyCyclePermille.Length; }
        }

        /// <summary>Whether there is a region of that number.</summary>
        public static bool IsKnown(RegionId id)
        {
            return ParametersOf(id) != null;
        }

        /// <summary>Goes over to a region.</summary>
        /// <returns>False, and no change, when there is none of that number.</returns>
        public bool TrySelect(RegionId id)
        {
            RegionalParameters? parameters = ParametersOf(id);
            if (parameters == null)
            {
                return false;
            }

            _parameters = parameters;
            return true;
        }

        /// <summary>Whether an uplink can have a data rate: it exists, is LoRa, and keeps to the dwell time.</summary>
        /// <param name="dataRate">The data rate.</param>
        /// <param name="hasDwellTime">Whether uplinks are limited to 400 ms (UplinkDwellTime).</param>
        public bool IsUplinkDataRate(int dataRate, bool hasDwellTime)
        {
            return dataRate >= 0 && dataRate <= _parameters.MaximumUplinkDataRate && MaximumPayloadLength(dataRate, hasDwellTime) > 0;
        }

        /// <summary>Whether an uplink can have a data rate: it exists and is LoRa.</summary>
        public bool IsUplinkDataRate(int dataRate)
        {
            return IsUplinkDataRate(dataRate, false);
        }

        /// <summary>Whether a downlink can have a data rate: it exists and is LoRa.</summary>
        public bool IsDownlinkDataRate(int dataRate)
        {
            return dataRate >= _parameters.MinimumDownlinkDataRate && dataRate <= _parameters.MaximumDownlinkDataRate;
        }

        /// <summary>The data rate of RX1 after an uplink.</summary>
        /// <param name="uplinkDataRate">Data rate of the uplink.</param>
        /// <param name="rx1DataRateOffset">RX1DROffset, up to the region's largest.</param>
        /// <param name="hasDwellTime">Whether downlinks are limited to 400 ms (DownlinkDwellTime).</param>
        public int Rx1DataRate(int uplinkDataRate, int rx1DataRateOffset, bool hasDwellTime)
        {
            int dataRate = _parameters.Rx1DataRates[(uplinkDataRate * (_parameters.MaximumRx1DataRateOffset + 1)) + rx1DataRateOffset];
            int minimum = _parameters.MinimumDwellTimeDownlinkDataRate;
            return hasDwellTime && dataRate < minimum ? minimum : dataRate;
        }

        /// <summary>The data rate of RX1 after an uplink, with the dwell time that the region begins with.</summary>
        public int Rx1DataRate(int uplinkDataRate, int rx1DataRateOffset)
        {
            return Rx1DataRate(uplinkDataRate, rx1DataRateOffset, _parameters.HasInitialDownlinkDwellTime);
        }

        /// <summary>Frequency of an uplink channel of a fixed channel plan, in hertz.</summary>
        public int FixedFrequencyHz(int channel)
        {
            return channel < NarrowChannelCount
                ? _parameters.FirstNarrowFrequencyHz + (channel * NarrowStepHz)
                : _parameters.FirstWideFrequencyHz + ((channel - NarrowChannelCount) * WideStepHz);
        }

        /// <summary>Frequency of a downlink channel of a fixed channel plan, in hertz.</summary>
        public int FixedDownlinkFrequencyHz(int downlinkChannel)
        {
            return _parameters.FirstDownlinkFrequencyHz + (downlinkChannel * DownlinkStepHz);
        }

        /// <summary>The frequency of RX1 after an uplink in hertz, unless the network has set another for the channel.</summary>
        /// <param name="uplinkFrequencyHz">Frequency of the uplink, a channel of the region.</param>
        /// <param name="uplinkDataRate">Its data rate: it tells a 500 kHz channel from a 125 kHz one.</param>
        public int Rx1FrequencyHz(int uplinkFrequencyHz, int uplinkDataRate)
        {
            if (!_parameters.IsFixedChannelPlan)
            {
                return uplinkFrequencyHz;
            }

            int channel = uplinkDataRate == _parameters.WideDataRate
                ? (uplinkFrequencyHz - _parameters.FirstWideFrequencyHz) / WideStepHz
                : (uplinkFrequencyHz - _parameters.FirstNarrowFrequencyHz) / NarrowStepHz;
            return FixedDownlinkFrequencyHz(channel & (WideChannelCount - 1));
        }

        /// <summary>Longest FRMPayload at a data rate, in bytes, when there are no FOpts (N in RP002) and no repeater is expected.</summary>
        /// <param name="dataRate">The data rate.</param>
        /// <param name="hasDwellTime">Whether it is limited to 400 ms.</param>
        public int MaximumPayloadLength(int dataRate, bool hasDwellTime)
        {
            return hasDwellTime ? _parameters.MaximumDwellTimePayloadLengths[dataRate] : _parameters.MaximumPayloadLengths[dataRate];
        }

        /// <summary>The same without a limit of 400 ms.</summary>
        public int MaximumPayloadLength(int dataRate)
        {
            return _parameters.MaximumPayloadLengths[dataRate];
        }

        /// <summary>Output power of a TXPower index in dBm.</summary>
        public int PowerDbm(int powerIndex)
        {
            return _parameters.MaximumPowerDbm - (powerIndex * PowerStepDb);
        }

        /// <summary>Output power in dBm of a TXPower index on a channel, with the limits that hold there.</summary>
        /// <param name="powerIndex">TXPower.</param>
        /// <param name="maximumPowerDbm">TXPower 0, as the region or TXParamSetupReq says.</param>
        /// <param name="frequencyHz">Frequency of the channel.</param>
        /// <param name="narrowChannelCount">Fixed channel plan: 125 kHz channels that are enabled.</param>
        public int PowerDbm(int powerIndex, int maximumPowerDbm, int frequencyHz, int narrowChannelCount)
        {
            int powerDbm = maximumPowerDbm - (powerIndex * PowerStepDb);
            if (frequencyHz < _parameters.PowerLimitBelowHz && powerDbm > _parameters.LimitedPowerDbm)
            {
                powerDbm = _parameters.LimitedPowerDbm;
            }

            if (_parameters.FewChannelsPowerDbm > 0 && narrowChannelCount < 50 && powerDbm > _parameters.FewChannelsPowerDbm)
            {
                powerDbm = _parameters.FewChannelsPowerDbm;
            }

            return powerDbm;
        }

        /// <summary>The sub-band that a channel lies in with its whole bandwidth of 125 kHz, or <see cref="None"/>.</summary>
        public int SubBandOf(int frequencyHz)
        {
            RegionalParameters parameters = _parameters;
            for (int i = 0; i < parameters.SubBandLowerHz.Length; i++)
            {
                if (frequencyHz - 62500 >= parameters.SubBandLowerHz[i] && frequencyHz + 62500 <= parameters.SubBandUpperHz[i])
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>Duty cycle of a sub-band in permille.</summary>
        public int DutyCyclePermille(int subBand)
        {
            return _parameters.SubBandDutyCyclePermille[subBand];
        }

        /// <summary>Whether a downlink may be on a frequency: anywhere in the band, or on a downlink channel of a fixed channel plan.</summary>
        public bool IsDownlinkFrequency(int frequencyHz)
        {
            if (_parameters.IsFixedChannelPlan)
            {
                int fromFirstHz = frequencyHz - _parameters.FirstDownlinkFrequencyHz;
                return fromFirstHz >= 0 && fromFirstHz < WideChannelCount * DownlinkStepHz && fromFirstHz % DownlinkStepHz == 0;
            }

            return frequencyHz >= _parameters.MinimumFrequencyHz && frequencyHz <= _parameters.MaximumFrequencyHz;
        }

        /// <summary>Time on air of an uplink in microseconds.</summary>
        public int UplinkUs(int dataRate, int length)
        {
            return AirTime.FrameUs(_parameters.SpreadingFactors[dataRate], _parameters.BandwidthsHz[dataRate], length, true);
        }

        /// <summary>Time on air of a downlink in microseconds.</summary>
        public int DownlinkUs(int dataRate, int length)
        {
            return AirTime.FrameUs(_parameters.SpreadingFactors[dataRate], _parameters.BandwidthsHz[dataRate], length, false);
        }

        private static RegionalParameters? ParametersOf(RegionId id)
        {
            switch (id)
            {
                case RegionId.Eu868:
                    return Eu868.Parameters;
                case RegionId.Us915:
                    return Us915.Parameters;
                case RegionId.Au915:
                    return Au915.Parameters;
                case RegionId.As923Group1:
                case RegionId.As923Group2:
                case RegionId.As923Group3:
                case RegionId.As923Group4:
                    return As923.Parameters((int)id - (int)RegionId.As923Group1 + 1);
                case RegionId.In865:
                    return In865.Parameters;
                case RegionId.Kr920:
                    return Kr920.Parameters;
                default:
                    return null;
            }
        }
    }
}
