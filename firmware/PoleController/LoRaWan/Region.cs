// The region that a device or a network server keeps to: what follows from the region's parameters. Every device has its own, because it
// learns its region only when it starts; the tables behind it are shared. The values are in a file a region.
namespace PoleController.LoRaWan
{
    /// <summary>Answers what a region (RP002-1.0.4) asks for. It changes only by <see cref="TrySelect"/>, which a device calls at its start.</summary>
    public sealed class Region
    {
        /// <summary>The result of a look-up that found nothing.</summary>
        public const int None = -1;

        /// <summary>The most channels that a network can define; a fixed channel plan has more, but none that is defined by the network.</summary>
        public const int MaximumChannelCount = 16;

        /// <summary>The most sub-bands that a region has.</summary>
        public const int MaximumSubBandCount = 6;

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

        /// <summary>Whether an uplink can have a data rate: it exists and is LoRa.</summary>
        public bool IsUplinkDataRate(int dataRate)
        {
            return dataRate >= 0 && dataRate <= _parameters.MaximumUplinkDataRate;
        }

        /// <summary>Whether a downlink can have a data rate: it exists and is LoRa.</summary>
        public bool IsDownlinkDataRate(int dataRate)
        {
            return IsUplinkDataRate(dataRate);
        }

        /// <summary>The data rate of RX1 after an uplink.</summary>
        /// <param name="uplinkDataRate">Data rate of the uplink.</param>
        /// <param name="rx1DataRateOffset">RX1DROffset, up to the region's largest.</param>
        public int Rx1DataRate(int uplinkDataRate, int rx1DataRateOffset)
        {
            return _parameters.Rx1DataRates[(uplinkDataRate * (_parameters.MaximumRx1DataRateOffset + 1)) + rx1DataRateOffset];
        }

        /// <summary>Longest FRMPayload at a data rate, in bytes, when there are no FOpts (N in RP002) and no repeater is expected.</summary>
        public int MaximumPayloadLength(int dataRate)
        {
            return _parameters.MaximumPayloadLengths[dataRate];
        }

        /// <summary>Output power of a TXPower index as EIRP in dBm.</summary>
        public int PowerDbm(int powerIndex)
        {
            return _parameters.MaximumPowerDbm - (powerIndex * _parameters.PowerStepDb);
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

        /// <summary>Whether a downlink may be on a frequency.</summary>
        public bool IsDownlinkFrequency(int frequencyHz)
        {
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
                default:
                    return null;
            }
        }
    }
}
