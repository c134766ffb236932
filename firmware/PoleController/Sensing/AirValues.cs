// The values of an air station: what a part can measure, how fast it can change, to which step it means anything. Noise that is finer than that, and leaps that one
// sample alone shows, are not passed on as data.
namespace PoleController.Sensing
{
    /// <summary>The last value of each quantity of the air, with its quality.</summary>
    public sealed class AirValues
    {
        /// <summary>How many quantities there are.</summary>
        public const int QuantityCount = (int)AirQuantity.NoxIndex + 1;

        /// <summary>What is said of a quantity that is not known.</summary>
        public const int Unknown = -100000;

        private readonly int[] _values = new int[QuantityCount];
        private readonly int[] _candidates = new int[QuantityCount];
        private readonly byte[] _qualities = new byte[QuantityCount];

        /// <summary>Makes it; nothing is known.</summary>
        public AirValues()
        {
            for (int i = 0; i < QuantityCount; i++)
            {
                Forget((AirQuantity)i);
            }
        }

        /// <summary>The smallest step that means something: the part's resolution, not more than its noise allows.</summary>
        public static int Resolution(AirQuantity quantity)
        {
            // A microgram, a tenth of a degree, a percent, a tenth of a hectopascal, ten ppm: steps of ten each, in their units.
            return quantity < AirQuantity.VocIndex ? 10 : 1;
        }

        /// <summary>Rounds to the smallest step that means something.</summary>
        public static int Round(AirQuantity quantity, int value)
        {
            int step = Resolution(quantity);
            return (value < 0 ? value - (step / 2) : value + (step / 2)) / step * step;
        }

        /// <summary>The value, rounded to what means something; <see cref="Unknown"/>.</summary>
        public int Value(AirQuantity quantity)
        {
            int value = _values[(int)quantity];
            return value == Unknown ? Unknown : Round(quantity, value);
        }

        /// <summary>The value as it was measured; <see cref="Unknown"/>.</summary>
        public int Exact(AirQuantity quantity)
        {
            return _values[(int)quantity];
        }

        /// <summary>How good the value was when it was measured; how old it is, the owner knows.</summary>
        public Quality Quality(AirQuantity quantity)
        {
            return (Quality)_qualities[(int)quantity];
        }

        /// <summary>Nothing is known of a quantity any more.</summary>
        public void Forget(AirQuantity quantity)
        {
            _values[(int)quantity] = Unknown;
            _candidates[(int)quantity] = Unknown;
            _qualities[(int)quantity] = (byte)Sensing.Quality.NotMeasured;
        }

        /// <summary>
        /// Takes a value. One that the part cannot measure is refused; a leap is believed when the next value shows it too. Until then the value before
        /// stands, out of range.
        /// </summary>
        /// <param name="quantity">The quantity.</param>
        /// <param name="value">The value.</param>
        /// <param name="minimum">The least that the part can measure.</param>
        /// <param name="maximum">The most that the part can measure.</param>
        /// <param name="quality">How good it is if it is believed.</param>
        /// <returns>Whether it is believed.</returns>
        public bool Take(AirQuantity quantity, int value, int minimum, int maximum, Quality quality)
        {
            int i = (int)quantity;
            if (value < minimum || value > maximum)
            {
                _qualities[i] = (byte)Sensing.Quality.OutOfRange;
                return false;
            }

            int before = _values[i];
            if (before != Unknown && IsLeap(quantity, before, value) && (_candidates[i] == Unknown || IsLeap(quantity, _candidates[i], value)))
            {
                _candidates[i] = value;
                _qualities[i] = (byte)Sensing.Quality.OutOfRange;
                return false;
            }

            _values[i] = value;
            _candidates[i] = Unknown;
            _qualities[i] = (byte)quality;
            return true;
        }

        /// <summary>A change from one sample to the next that weather and street do not make: an insect in the chamber, a drop on the part, a flipped bit.</summary>
        private static bool IsLeap(AirQuantity quantity, int from, int to)
        {
            int change = to < from ? from - to : to - from;
            switch (quantity)
            {
                case AirQuantity.Temperature:
                    return change > 800;
                case AirQuantity.Humidity:
                    return change > 300;
                case AirQuantity.Pressure:
                    return change > 500;
                case AirQuantity.CarbonDioxide:
                    return change > 400;
                case AirQuantity.VocIndex:
                case AirQuantity.NoxIndex:
                    return false;
                default:
                    // Smoke from a chimney doubles the dust within minutes; 30 micrograms more and threefold at once is confirmed first.
                    return change > 300 && (to > from * 3L || from > to * 3L);
            }
        }
    }
}
