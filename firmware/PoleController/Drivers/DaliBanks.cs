// The memory banks of D4i gear (DiiA parts 252 and 253, now IEC 62386-252 and -253): where values stand, their lengths, scales and the marks for "not
// supported" and "not now". Locations as in sde1000/python-dali, dali/memory. Reading them over the bus is DaliGear's.
namespace PoleController.Drivers
{
    /// <summary>
    /// The bytes of one bank while it is read, and the values of all of them as they were read last. Numbers have the highest byte first. All ones mean
    /// that the gear does not support a value (-1 here), all ones less one that it cannot say it now (-2).
    /// </summary>
    public sealed class DaliBanks
    {
        /// <summary>Active energy and power.</summary>
        public const int Energy = 202;

        /// <summary>Diagnostics of the control gear.</summary>
        public const int Gear = 205;

        /// <summary>Diagnostics of the light source.</summary>
        public const int Lamp = 206;

        /// <summary>Location that says which the last one is.</summary>
        public const int LastLocation = 0;

        /// <summary>Location of the lock and latch byte.</summary>
        public const int LatchLocation = 2;

        /// <summary>First location with content.</summary>
        public const int FirstValueLocation = 3;

        /// <summary>Written to <see cref="LatchLocation"/> it holds all values as they are at that moment, until the next time.</summary>
        public const int Latch = 0xAA;

        /// <summary>In bank 0: location of GTIN (6 bytes), firmware's version (2) and serial number (8).</summary>
        public const int IdentityLocation = 3;

        /// <summary>Bytes of the GTIN.</summary>
        public const int TradeItemLength = 6;

        /// <summary>Where the serial number begins, behind the GTIN and the firmware's version.</summary>
        public const int SerialOffset = 8;

        /// <summary>Bytes of the serial number.</summary>
        public const int SerialLength = 8;

        /// <summary>Bytes of all three.</summary>
        public const int IdentityLength = SerialOffset + SerialLength;

        /// <summary>Value that the gear does not support.</summary>
        public const int NotSupported = -1;

        /// <summary>Value that the gear cannot say now.</summary>
        public const int Unavailable = -2;

        private const int LastOfEnergy = 0x0F;
        private const int LastOfGear = 0x1C;
        private const int LastOfLamp = 0x20;
        private const int TemperatureOffset = 60;
        private const int LargestScale = 6;

        private readonly byte[] _bytes = new byte[LastOfLamp + 1];
        private int _length;
        private bool _isGearDerating;
        private bool _isLampDerating;

        /// <summary>Makes it; nothing is known yet.</summary>
        public DaliBanks()
        {
            Forget();
        }

        /// <summary>Active energy in watt-hours.</summary>
        public long EnergyWattHours { get; private set; }

        /// <summary>Active power in milliwatts.</summary>
        public int PowerMilliwatts { get; private set; }

        /// <summary>Operating time of the gear in seconds.</summary>
        public long GearOperatingSeconds { get; private set; }

        /// <summary>Starts of the gear.</summary>
        public int GearStarts { get; private set; }

        /// <summary>Supply voltage in millivolts.</summary>
        public int SupplyMillivolts { get; private set; }

        /// <summary>Power factor in thousandths.</summary>
        public int PowerFactorPermille { get; private set; }

        /// <summary>Temperature of the gear in degrees Celsius, or <see cref="int.MinValue"/>.</summary>
        public int GearTemperatureDegrees { get; private set; }

        /// <summary>Operating time of the lamp in seconds.</summary>
        public long LampOperatingSeconds { get; private set; }

        /// <summary>Starts of the lamp.</summary>
        public int LampStarts { get; private set; }

        /// <summary>Voltage of the lamp in millivolts.</summary>
        public int LampMillivolts { get; private set; }

        /// <summary>Current of the lamp in milliamperes.</summary>
        public int LampMilliamperes { get; private set; }

        /// <summary>Temperature of the lamp in degrees Celsius, or <see cref="int.MinValue"/>.</summary>
        public int LampTemperatureDegrees { get; private set; }

        /// <summary>Whether bank 206 says that the lamp does not work.</summary>
        public bool IsLampFailed { get; private set; }

        /// <summary>Whether gear (bank 205) or lamp (bank 206) are so hot that the gear reduces the current.</summary>
        public bool IsDerating
        {
            get { return _isGearDerating || _isLampDerating; }
        }

        /// <summary>The last location that has to be read.</summary>
        /// <param name="bank">The bank.</param>
        /// <param name="last">The last one that the gear has.</param>
        public static int Needed(int bank, int last)
        {
            int known = bank == Energy ? LastOfEnergy : bank == Gear ? LastOfGear : LastOfLamp;
            return last < known ? last : known;
        }

        /// <summary>Begins a bank: nothing of it is read yet.</summary>
        public void Clear()
        {
            _length = 0;
        }

        /// <summary>Takes note of a byte.</summary>
        public void Put(int location, int value)
        {
            _bytes[location] = (byte)value;
            _length = location + 1;
        }

        /// <summary>A number as it stands in the bytes, at most 8 of them.</summary>
        public long Number(int location, int length)
        {
            long value = 0;
            for (int i = 0; i < length; i++)
            {
                value = (value << 8) | _bytes[location + i];
            }

            return value;
        }

        /// <summary>Takes the values of a bank that was read whole. What the gear's bank is too short for, it does not support.</summary>
        public void Take(int bank)
        {
            if (bank == Energy)
            {
                EnergyWattHours = Scaled(0x04, 6, 0);
                PowerMilliwatts = ToInt(Scaled(0x0B, 4, 3));
            }
            else if (bank == Gear)
            {
                GearOperatingSeconds = Value(0x04, 4);
                GearStarts = ToInt(Value(0x08, 3));
                SupplyMillivolts = Times(Value(0x0B, 2), 100);
                PowerFactorPermille = Times(Value(0x0E, 1), 10);
                _isGearDerating = Flag(0x17);
                GearTemperatureDegrees = Temperature(0x1B);
            }
            else
            {
                LampStarts = ToInt(Value(0x07, 3));
                LampOperatingSeconds = Value(0x0E, 4);
                LampMillivolts = Times(Value(0x12, 2), 100);
                LampMilliamperes = ToInt(Value(0x14, 2));
                IsLampFailed = Flag(0x16);
                _isLampDerating = Flag(0x1C);
                LampTemperatureDegrees = Temperature(0x20);
            }
        }

        /// <summary>Says that a bank could not be read now.</summary>
        public void SetUnavailable(int bank)
        {
            Set(bank, Unavailable);
        }

        /// <summary>Forgets all values: the gear is another.</summary>
        public void Forget()
        {
            _length = 0;
            Set(Energy, NotSupported);
            Set(Gear, NotSupported);
            Set(Lamp, NotSupported);
        }

        private void Set(int bank, int mark)
        {
            if (bank == Energy)
            {
                EnergyWattHours = mark;
                PowerMilliwatts = mark;
            }
            else if (bank == Gear)
            {
                GearOperatingSeconds = mark;
                GearStarts = mark;
                SupplyMillivolts = mark;
                PowerFactorPermille = mark;
                _isGearDerating = false;
                GearTemperatureDegrees = int.MinValue;
            }
            else
            {
                LampStarts = mark;
                LampOperatingSeconds = mark;
                LampMillivolts = mark;
                LampMilliamperes = mark;
                IsLampFailed = false;
                _isLampDerating = false;
                LampTemperatureDegrees = int.MinValue;
            }
        }

        private long Value(int location, int length)
        {
            if (location + length > _length)
            {
                return NotSupported;
            }

            long value = Number(location, length);
            long allOnes = (1L << (8 * length)) - 1;
            return value == allOnes ? NotSupported : value == allOnes - 1 ? Unavailable : value;
        }

        /// <summary>A number behind its power of ten (a signed byte, -6 to 6), times 10^<paramref name="more"/>.</summary>
        private long Scaled(int location, int length, int more)
        {
            long value = Value(location + 1, length);
            if (value < 0)
            {
                return value;
            }

            int scale = (sbyte)_bytes[location];
            if (scale < -LargestScale || scale > LargestScale)
            {
                return NotSupported;
            }

            scale += more;
            for (; scale < 0; scale++)
            {
                value /= 10;
            }

            // 48 bits times 10^6 stay below 2^63 only up to 9.2 * 10^12: more is no energy that a lamp has drawn.
            for (; scale > 0; scale--)
            {
                if (value > long.MaxValue / 10)
                {
                    return NotSupported;
                }

                value *= 10;
            }

            return value;
        }

        private int Temperature(int location)
        {
            long value = Value(location, 1);
            return value < 0 ? int.MinValue : (int)value - TemperatureOffset;
        }

        private bool Flag(int location)
        {
            return location < _length && _bytes[location] == 1;
        }

        private static int Times(long value, int factor)
        {
            return ToInt(value < 0 ? value : value * factor);
        }

        private static int ToInt(long value)
        {
            return value > int.MaxValue ? NotSupported : (int)value;
        }
    }
}
