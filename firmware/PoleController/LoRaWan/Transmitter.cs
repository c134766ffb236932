// Puts a frame on air: chooses its channel, says where the answer will come, charges the duty cycle. Which frame, when and at which data
// rate is decided elsewhere, and so is what happens after it.
namespace PoleController.LoRaWan
{
    /// <summary>Sends frames in two steps: a channel is chosen for a length, then the frame of that length is built and sent.</summary>
    internal sealed class Transmitter
    {
        // What the radio port takes at most; where more is allowed or asked for, this is used (TS001-1.0.4, section 5.2).
        private const int RadioMaximumPowerDbm = 22;

        private readonly Region _region;
        private readonly MacParameters _parameters;
        private readonly Exchange _exchange;
        private readonly ContinuousReception _listening;
        private readonly DutyCycle _dutyCycle;
        private readonly ChannelSelector _channels;
        private int _channel;
        private int _dataRate;
        private int _airTimeUs;

        /// <summary>Makes it over the parts of a device.</summary>
        internal Transmitter(DeviceParts parts)
        {
            _region = parts.Region;
            _parameters = parts.Session.Parameters;
            _exchange = parts.Exchange;
            _listening = parts.ContinuousReception;
            _dutyCycle = new DutyCycle(_region);
            _channels = new ChannelSelector(_region, _dutyCycle, parts.Random);
        }

        /// <summary>When the first channel is free, after none was; <see cref="Wake.Never"/> when none ever is.</summary>
        internal long EarliestMs
        {
            get { return _channels.EarliestMs; }
        }

        /// <summary>Time on air of all frames since the start, in microseconds.</summary>
        internal long TransmittedUs { get; private set; }

        /// <summary>Starts with empty allowances.</summary>
        internal void Start(long nowMs)
        {
            _dutyCycle.Start(nowMs);
        }

        /// <summary>Chooses the channel of the next frame.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="mask">The channels there are to choose from.</param>
        /// <param name="dataRate">Data rate.</param>
        /// <param name="airTimeUs">Time on air of the frame.</param>
        /// <returns>False when none is free: <see cref="EarliestMs"/> says when there is one.</returns>
        internal bool TryChooseChannel(long nowMs, ChannelMask mask, int dataRate, int airTimeUs)
        {
            _dataRate = dataRate;
            _airTimeUs = airTimeUs;
            _channel = _channels.Choose(_parameters, mask, dataRate, airTimeUs, nowMs);
            return _channel != Region.None;
        }

        /// <summary>Starts to send a join-request on the channel chosen: full power, class A windows at the region's own settings.</summary>
        /// <returns>False when the radio did not take it.</returns>
        internal bool TrySendJoinRequest(long nowMs, byte[] frame, int length)
        {
            _exchange.Expect(
                false,
                false,
                _region.JoinAcceptDelay1S,
                _region.Rx1FrequencyHz(_parameters.FrequencyHz(_channel), _dataRate),
                _region.Rx1DataRate(_dataRate, 0),
                _region.Rx2FrequencyHz,
                _region.Rx2DataRate);
            return TryBegin(nowMs, 0, 0, frame, length);
        }

        /// <summary>Starts to send a data frame on the channel chosen, with power, windows and limits as the session has them.</summary>
        /// <returns>False when the radio did not take it.</returns>
        internal bool TrySendData(long nowMs, byte[] frame, int length)
        {
            _exchange.Expect(
                true,
                _listening.IsRx2,
                _parameters.RxDelayS,
                _parameters.Rx1FrequencyHz(_channel),
                _parameters.Rx1DataRate(_dataRate),
                _parameters.Rx2FrequencyHz,
                _parameters.Rx2DataRate);
            return TryBegin(nowMs, _parameters.PowerIndex, _parameters.MaximumDutyCycle, frame, length);
        }

        private bool TryBegin(long nowMs, int powerIndex, int maximumDutyCycle, byte[] frame, int length)
        {
            int frequencyHz = _parameters.FrequencyHz(_channel);
            int powerDbm = _parameters.PowerDbm(powerIndex, _channel);
            powerDbm = powerDbm < RadioMaximumPowerDbm ? powerDbm : RadioMaximumPowerDbm;
            if (!_exchange.TryBegin(nowMs, frequencyHz, _dataRate, powerDbm, frame, length))
            {
                return false;
            }

            _channels.OnUsed(_channel);
            TransmittedUs += _airTimeUs;
            _dutyCycle.Charge(_region.SubBandOf(frequencyHz), _airTimeUs, nowMs, maximumDutyCycle);
            return true;
        }
    }
}
