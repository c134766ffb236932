// DALI durations as items of the chip's RMT unit, and back. Pure conversions; when something is sent is Esp32DaliLine's.
namespace PoleController.Esp32.Ports
{
    /// <summary>
    /// An RMT item is two levels with their durations: 15 bits of duration and one of level each, least significant byte first (ESP32-S3 Technical
    /// Reference Manual, chapter RMT). A duration of 0 ends a transmission. A tick is a microsecond here.
    /// </summary>
    public static class DaliItems
    {
        /// <summary>Bytes of an item.</summary>
        public const int ItemLength = 4;

        /// <summary>Items of a memory block of the unit: what is longer would need more than one.</summary>
        public const int BlockItems = 48;

        private const int BytesPerLevel = 2;
        private const int MaximumTicks = 32767;

        /// <summary>Lays out durations as items.</summary>
        /// <param name="durationsUs">Low, high, low ...</param>
        /// <param name="count">How many.</param>
        /// <param name="isLowHigh">Whether the bus is low while the pin is high.</param>
        /// <param name="items">Receives them; the rest is cleared, so that the transmission ends behind the last.</param>
        /// <returns>The sum of the durations in microseconds; -1 when they do not fit or one is too long or none.</returns>
        public static int Encode(short[] durationsUs, int count, bool isLowHigh, byte[] items)
        {
            if (count <= 0 || (count * BytesPerLevel) + BytesPerLevel > items.Length)
            {
                return -1;
            }

            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                int ticks = durationsUs[i];
                if (ticks <= 0 || ticks > MaximumTicks)
                {
                    return -1;
                }

                bool isLow = (i & 1) == 0;
                items[i * BytesPerLevel] = (byte)ticks;
                items[(i * BytesPerLevel) + 1] = (byte)((ticks >> 8) | (isLow == isLowHigh ? 0x80 : 0));
                sum += ticks;
            }

            for (int i = count * BytesPerLevel; i < items.Length; i++)
            {
                items[i] = 0;
            }

            return sum;
        }
    }
}
