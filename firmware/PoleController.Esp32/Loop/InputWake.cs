// Wakes the loop when an input has changed: a PIR, a door, an interrupt line.
using PoleController.Hal;

namespace PoleController.Esp32.Loop
{
    /// <summary>News when an input has another level than at the last look.</summary>
    public sealed class InputWake : IWakeSource
    {
        private readonly IDigitalInput _input;
        private bool _wasActive;

        /// <summary>Makes it.</summary>
        public InputWake(IDigitalInput input)
        {
            _input = input;
        }

        /// <inheritdoc/>
        public bool HasNews(long nowMs)
        {
            bool isActive = _input.IsActive;
            bool hasChanged = isActive != _wasActive;
            _wasActive = isActive;
            return hasChanged;
        }
    }
}
