// From a BME280's numbers to temperature, pressure and humidity, by the calibration that each part carries: the integer formulas of the data sheet
// (BST-BME280-DS002, section 4.2.3), pressure in 64 bits. Pure but for the calibration it keeps.
namespace PoleController.Drivers
{
    /// <summary>Calibration of one BME280 and what it makes of a measurement.</summary>
    public sealed class Bme280Compensation
    {
        /// <summary>Bytes of calibration from register 0x88 on.</summary>
        public const int MainLength = 26;

        /// <summary>Bytes of calibration from register 0xE1 on.</summary>
        public const int HumidityLength = 7;

        // What the part can measure (data sheet, table 1 and 2).
        private const int LowestCentidegrees = -4000;
        private const int HighestCentidegrees = 8500;
        private const int LowestPascals = 30000;
        private const int HighestPascals = 110000;

        // What the registers hold after a reset, and after a measurement that left the quantity out (data sheet, sections 5.4.3, 5.4.5 and 5.4.7 to 5.4.9). Values in the middle
        // of the range, which a measurement may give as well: at about 26 degrees, at about 50 percent.
        private const int Unmeasured = 0x80000;
        private const int HumidityUnmeasured = 0x8000;

        private const int T1 = 0;
        private const int T2 = 1;
        private const int T3 = 2;
        private const int P1 = 3;
        private const int P2 = 4;
        private const int P3 = 5;
        private const int P4 = 6;
        private const int P5 = 7;
        private const int P6 = 8;
        private const int P7 = 9;
        private const int P8 = 10;
        private const int P9 = 11;
        private const int H1 = 12;
        private const int H2 = 13;
        private const int H3 = 14;
        private const int H4 = 15;
        private const int H5 = 16;
        private const int H6 = 17;
        private const int CoefficientCount = 18;
        private const int WordCount = 12;

        private readonly int[] _coefficients = new int[CoefficientCount];

        /// <summary>Whether this can be a part's calibration: those that are divided or multiplied by are not zero.</summary>
        public bool IsPlausible
        {
            get
            {
                return _coefficients[T1] != 0 && _coefficients[T1] != 0xFFFF && _coefficients[T2] != 0 && _coefficients[P1] != 0
                    && _coefficients[P1] != 0xFFFF && _coefficients[H2] != 0;
            }
        }

        /// <summary>Temperature in hundredths of a degree Celsius, -4,000 to 8,500.</summary>
        public int TemperatureCentidegrees { get; private set; }

        /// <summary>Pressure in pascals, 30,000 to 110,000.</summary>
        public int PressurePascals { get; private set; }

        /// <summary>Relative humidity in thousandths, 0 to 1000.</summary>
        public int HumidityPermille { get; private set; }

        /// <summary>Takes the calibration from register 0x88 on: words, the lower byte first, the first of temperature and of pressure unsigned.</summary>
        /// <param name="data">Holds <see cref="MainLength"/> bytes.</param>
        public void SetMain(byte[] data)
        {
            for (int i = 0; i < WordCount; i++)
            {
                int word = data[2 * i] | (data[(2 * i) + 1] << 8);
                _coefficients[i] = i == T1 || i == P1 ? word : (short)word;
            }

            _coefficients[H1] = data[MainLength - 1];
        }

        /// <summary>Takes the calibration from register 0xE1 on; two of its numbers share a byte.</summary>
        /// <param name="data">Holds <see cref="HumidityLength"/> bytes.</param>
        public void SetHumidity(byte[] data)
        {
            _coefficients[H2] = (short)(data[0] | (data[1] << 8));
            _coefficients[H3] = data[2];
            _coefficients[H4] = ((sbyte)data[3] * 16) | (data[4] & 0x0F);
            _coefficients[H5] = ((sbyte)data[5] * 16) | (data[4] >> 4);
            _coefficients[H6] = (sbyte)data[6];
        }

        /// <summary>Whether any of the three is what its register holds when it was not measured: a coincidence, or a part that has lost its settings.</summary>
        /// <param name="temperature">20 bits.</param>
        /// <param name="pressure">20 bits.</param>
        /// <param name="humidity">16 bits.</param>
        public static bool IsAnyUnmeasured(int temperature, int pressure, int humidity)
        {
            return temperature == Unmeasured || pressure == Unmeasured || humidity == HumidityUnmeasured;
        }

        /// <summary>Converts a measurement.</summary>
        /// <param name="temperature">20 bits.</param>
        /// <param name="pressure">20 bits.</param>
        /// <param name="humidity">16 bits.</param>
        /// <returns>False when none of the three was measured, or outside of what the part can measure; the values are then those of before.</returns>
        public bool TryConvert(int temperature, int pressure, int humidity)
        {
            if (temperature == Unmeasured && pressure == Unmeasured && humidity == HumidityUnmeasured)
            {
                return false;
            }

            int fine = FineTemperature(temperature);
            int centidegrees = ((fine * 5) + 128) >> 8;
            int pascals = Pascals(pressure, fine);
            if (centidegrees < LowestCentidegrees || centidegrees > HighestCentidegrees || pascals < LowestPascals || pascals > HighestPascals)
            {
                return false;
            }

            TemperatureCentidegrees = centidegrees;
            PressurePascals = pascals;
            HumidityPermille = Permille(humidity, fine);
            return true;
        }

        // The temperature in 1/5120 degrees, which pressure and humidity are compensated with.
        private int FineTemperature(int raw)
        {
            int linear = (((raw >> 3) - (_coefficients[T1] << 1)) * _coefficients[T2]) >> 11;
            int difference = (raw >> 4) - _coefficients[T1];
            int square = (((difference * difference) >> 12) * _coefficients[T3]) >> 14;
            return linear + square;
        }

        private int Pascals(int raw, int fine)
        {
            long shifted = (long)fine - 128000;
            long offset = shifted * shifted * _coefficients[P6];
            offset += (shifted * _coefficients[P5]) << 17;
            offset += (long)_coefficients[P4] << 35;
            long scale = ((shifted * shifted * _coefficients[P3]) >> 8) + ((shifted * _coefficients[P2]) << 12);
            scale = (((1L << 47) + scale) * _coefficients[P1]) >> 33;
            if (scale == 0)
            {
                return 0;
            }

            long pressure = 1048576 - raw;
            pressure = (((pressure << 31) - offset) * 3125) / scale;
            long second = (_coefficients[P9] * (pressure >> 13) * (pressure >> 13)) >> 25;
            long first = (_coefficients[P8] * pressure) >> 19;
            pressure = ((pressure + second + first) >> 8) + ((long)_coefficients[P7] << 4);

            // 24.8 bits; what is far outside of an int is outside of the part's range too.
            long pascals = (pressure + 128) >> 8;
            return pascals < 0 ? 0 : pascals > HighestPascals ? HighestPascals + 1 : (int)pascals;
        }

        private int Permille(int raw, int fine)
        {
            int shifted = fine - 76800;
            int gain = (((((shifted * _coefficients[H6]) >> 10) * (((shifted * _coefficients[H3]) >> 11) + 32768)) >> 10) + 2097152) * _coefficients[H2];
            int value = (((raw << 14) - (_coefficients[H4] << 20) - (_coefficients[H5] * shifted) + 16384) >> 15) * ((gain + 8192) >> 14);
            value -= ((((value >> 15) * (value >> 15)) >> 7) * _coefficients[H1]) >> 4;
            value = value < 0 ? 0 : value > 419430400 ? 419430400 : value;

            // 22.10 bits of a percent.
            return (((value >> 12) * 10) + 512) >> 10;
        }
    }
}
