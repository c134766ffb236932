// Port: the relay in the luminaire's feed, whose coil opens the contact. Without drive the contact is closed and the lamp can burn.
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>A relay whose resting contact feeds the luminaire.</summary>
    public sealed class Esp32Relay : IRelay
    {
        private readonly IDigitalOutput _opener;

        /// <summary>Makes it.</summary>
        /// <param name="opener">The output that energises the coil: active opens the contact.</param>
        public Esp32Relay(IDigitalOutput opener)
        {
            _opener = opener;
        }

        /// <inheritdoc/>
        public bool TrySwitch(bool isClosed)
        {
            return _opener.TrySet(!isClosed);
        }
    }
}
