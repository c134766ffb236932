// Where a LoRa chip's driver is, and what is wanted of it.
namespace PoleController.Drivers
{
    /// <summary>Where a driver is.</summary>
    public enum DriverPhase
    {
        /// <summary>Nothing is known of the chip: it was never started, or it failed.</summary>
        Unknown = 0,

        /// <summary>Reset, identity, calibration, settings.</summary>
        Starting = 1,

        /// <summary>Standby; ready for an operation.</summary>
        Resting = 2,

        /// <summary>The operation wanted is being set up.</summary>
        Preparing = 3,

        /// <summary>The chip transmits.</summary>
        Transmitting = 4,

        /// <summary>The chip receives.</summary>
        Receiving = 5,

        /// <summary>The chip is being asked what happened.</summary>
        Serving = 6,

        /// <summary>The chip is on its way back to standby.</summary>
        Stopping = 7,
    }

    /// <summary>The operation that is wanted or goes on.</summary>
    public enum RadioOperation
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>Transmit.</summary>
        Transmit = 1,

        /// <summary>Receive.</summary>
        Receive = 2,
    }
}
