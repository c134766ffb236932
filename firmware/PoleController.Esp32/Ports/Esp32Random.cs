// Port: random numbers. The runtime's generator is the chip's (nf-interpreter, targets/ESP32/_nanoCLR/targetRandom.cpp), so it differs from pole to pole
// without a seed.
using System;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>The chip's random number generator.</summary>
    public sealed class Esp32Random : IRandom
    {
        private readonly Random _random = new Random();

        /// <inheritdoc/>
        public int Next(int exclusiveUpperBound)
        {
            return _random.Next(exclusiveUpperBound);
        }
    }
}
