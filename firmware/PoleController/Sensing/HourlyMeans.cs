// Means over the clock hour, as air quality is judged by them, with how much of the hour they stand for.
using System;

namespace PoleController.Sensing
{
    /// <summary>
    /// Means over the clock hour of UTC. A sample stands for the time since the one before. An hour with less than 45 minutes of data (three quarters, what Directive
    /// 2008/50/EC, annex XI, asks for) is flagged as stale; one that was humid or substituted for more than half of its data is flagged so.
    /// </summary>
    public sealed class HourlyMeans
    {
        /// <summary>How much of an hour has to be measured, in seconds.</summary>
        public const int EnoughSeconds = 2700;

        private readonly long[] _sums = new long[AirValues.QuantityCount];
        private readonly short[] _seconds = new short[AirValues.QuantityCount];
        private readonly short[] _flaggedSeconds = new short[AirValues.QuantityCount];
        private readonly byte[] _flags = new byte[AirValues.QuantityCount];
        private readonly int[] _means = new int[AirValues.QuantityCount];
        private readonly byte[] _qualities = new byte[AirValues.QuantityCount];

        /// <summary>Makes it; there is no mean yet.</summary>
        public HourlyMeans()
        {
            Close();
        }

        /// <summary>Adds a value to the hour that is going on.</summary>
        /// <param name="quantity">The quantity.</param>
        /// <param name="value">The value.</param>
        /// <param name="seconds">For how much of this hour it stands, 0 to 3,600 s.</param>
        /// <param name="quality">Its quality: ok, humid or substituted.</param>
        public void Add(AirQuantity quantity, int value, int seconds, Quality quality)
        {
            int i = (int)quantity;
            if (_seconds[i] + seconds > 3600)
            {
                seconds = 3600 - _seconds[i];
            }

            _sums[i] += (long)value * seconds;
            _seconds[i] += (short)seconds;
            if (quality != Sensing.Quality.Ok)
            {
                _flaggedSeconds[i] += (short)seconds;
                _flags[i] = (byte)quality;
            }
        }

        /// <summary>Ends the hour: its means can be read, the next begins empty.</summary>
        public void Close()
        {
            for (int i = 0; i < AirValues.QuantityCount; i++)
            {
                int seconds = _seconds[i];
                Quality quality = Sensing.Quality.NotMeasured;
                _means[i] = AirValues.Unknown;
                if (seconds > 0)
                {
                    long sum = _sums[i];
                    long mean = (sum < 0 ? sum - (seconds / 2) : sum + (seconds / 2)) / seconds;
                    _means[i] = AirValues.Round((AirQuantity)i, (int)mean);
                    quality = _flaggedSeconds[i] * 2 > seconds ? (Quality)_flags[i] : Sensing.Quality.Ok;
                    quality = seconds < EnoughSeconds ? Sensing.Quality.Stale : quality;
                }

                _qualities[i] = (byte)quality;
            }

            Array.Clear(_sums, 0, AirValues.QuantityCount);
            Array.Clear(_seconds, 0, AirValues.QuantityCount);
            Array.Clear(_flaggedSeconds, 0, AirValues.QuantityCount);
        }

        /// <summary>The mean of the last whole hour, rounded to what means something; <see cref="AirValues.Unknown"/>.</summary>
        public int Mean(AirQuantity quantity)
        {
            return _means[(int)quantity];
        }

        /// <summary>How good that mean is.</summary>
        public Quality Quality(AirQuantity quantity)
        {
            return (Quality)_qualities[(int)quantity];
        }
    }
}
