// What class C listens with while no exchange has the radio: RX2, or a multicast session's frequency and data rate. It does not touch the radio.
using PoleController.LoRaWan.Packages;

namespace PoleController.LoRaWan
{
    /// <summary>Frequency and data rate of class C reception.</summary>
    internal sealed class ContinuousReception
    {
        private readonly MacParameters _parameters;
        private readonly MulticastSessions _sessions;

        /// <summary>Makes it.</summary>
        internal ContinuousReception(MacParameters parameters, MulticastSessions sessions)
        {
            _parameters = parameters;
            _sessions = sessions;
        }

        /// <summary>Frequency in hertz.</summary>
        internal int FrequencyHz
        {
            get { return _sessions.IsActive ? _sessions.FrequencyHz : _parameters.Rx2FrequencyHz; }
        }

        /// <summary>Data rate.</summary>
        internal int DataRate
        {
            get { return _sessions.IsActive ? _sessions.DataRate : _parameters.Rx2DataRate; }
        }

        /// <summary>Whether it is RX2, so that what comes there needs no window of its own.</summary>
        internal bool IsRx2
        {
            get { return FrequencyHz == _parameters.Rx2FrequencyHz && DataRate == _parameters.Rx2DataRate; }
        }

        /// <summary>When a multicast session may begin or end.</summary>
        internal long NextChangeMs
        {
            get { return _sessions.NextChangeMs; }
        }

        /// <summary>Lets multicast sessions begin and end. Not to be called within an exchange: its windows were planned for what was listened to.</summary>
        internal void Update(long nowMs)
        {
            _sessions.Update(nowMs);
        }
    }
}
