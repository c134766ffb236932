// Reads the luminaire's meter: asks, polls, gives up. When to read, and what the reading means, is LuminaireMonitor's.
using System;
using PoleController.Hal;

namespace PoleController.Luminaire
{
    /// <summary>How a reading of the meter stands.</summary>
    internal enum MeterOutcome
    {
        /// <summary>Nothing ended in this step.</summary>
        None = 0,

        /// <summary>A sample came.</summary>
        Sample = 1,

        /// <summary>A fault came, it threw, or it took too long.</summary>
        Missed = 2,
    }

    /// <summary>One reading at a time. A meter that throws is a meter that does not answer.</summary>
    internal sealed class MeterReader
    {
        /// <summary>How long a reading may take before it is given up, in milliseconds.</summary>
        internal const int TimeoutMs = LuminaireMonitor.ReadTimeoutMs;

        private readonly ILuminaireMeter _meter;
        private long _startMs;
        private int _sampleCount;
        private int _faultCount;

        /// <summary>Makes it.</summary>
        internal MeterReader(ILuminaireMeter meter)
        {
            _meter = meter;
        }

        /// <summary>Whether a reading goes on.</summary>
        internal bool IsReading { get; private set; }

        /// <summary>When it wants to be polled again, while a reading goes on.</summary>
        internal long WakeMs { get; private set; }

        /// <summary>Begins a reading.</summary>
        internal void Begin(long nowMs)
        {
            IsReading = true;
            _startMs = nowMs;
            _sampleCount = _meter.SampleCount;
            _faultCount = _meter.LastFault.Count;
            _meter.Request();
        }

        /// <summary>Goes on with the reading.</summary>
        internal MeterOutcome Poll(long nowMs)
        {
            long lastMs = _startMs + TimeoutMs;
            try
            {
                long pollMs = _meter.Poll(nowMs);
                WakeMs = pollMs < lastMs ? pollMs : lastMs;
                if (_meter.SampleCount != _sampleCount)
                {
                    IsReading = false;
                    return MeterOutcome.Sample;
                }

                IsReading = _meter.LastFault.Count == _faultCount && nowMs < lastMs;
            }
            catch (Exception)
            {
                IsReading = false;
            }

            return IsReading ? MeterOutcome.None : MeterOutcome.Missed;
        }
    }
}
