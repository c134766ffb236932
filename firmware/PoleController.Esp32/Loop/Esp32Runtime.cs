// The runtime on the chip: its microsecond timer, its threads, its restart.
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace PoleController.Esp32.Loop
{
    /// <summary>nanoFramework on an ESP32.</summary>
    public sealed class Esp32Runtime : IBoardRuntime
    {
        private const ulong MicrosecondsPerMillisecond = 1000;

        /// <inheritdoc/>
        public long NowMs
        {
            get { return ToSigned(HighResTimer.GetCurrent() / MicrosecondsPerMillisecond); }
        }

        /// <inheritdoc/>
        public long NowUs
        {
            get { return ToSigned(HighResTimer.GetCurrent()); }
        }

        /// <inheritdoc/>
        public void Rest(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }

        /// <inheritdoc/>
        public void Restart()
        {
            Power.RebootDevice();
        }

        // The timer counts 292,000 years before the sign matters, but the interpreter keeps an unsigned slot unsigned (guard, rule NF0020).
        private static long ToSigned(ulong value)
        {
            return ((long)(int)(long)(value >> 32) << 32) | (long)(uint)value;
        }
    }
}
