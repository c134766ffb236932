// Port: what all sensors have in common that need time for an answer. Which values a sensor has is said by the interfaces that go on from here.
namespace PoleController.Hal
{
    /// <summary>Where a sensor is.</summary>
    public enum SensorState
    {
        /// <summary>At rest: nothing is asked of it. What is known of the part is what it said last.</summary>
        Resting = 0,

        /// <summary>Being started: identity, settings.</summary>
        Starting = 1,

        /// <summary>Measures, and its values do not count yet: it heats up, a fan runs up, a baseline is learnt.</summary>
        WarmingUp = 2,

        /// <summary>Measures.</summary>
        Measuring = 3,

        /// <summary>Does not answer, or not as the part that it should be; it is tried again by itself.</summary>
        Failed = 4,
    }

    /// <summary>
    /// A sensor that is asked and answers later. <see cref="Request"/> asks for a sample, <see cref="Poll"/> is then called until
    /// <see cref="SampleCount"/> has changed or <see cref="State"/> says that it failed. Whoever owns it decides how often; the sensor decides what it
    /// needs for a sample (wake up, heat, run a fan, take several readings) and goes to rest by itself when nothing more is asked.
    /// </summary>
    public interface ISensor
    {
        /// <summary>Where it is.</summary>
        SensorState State { get; }

        /// <summary>Counts samples that were taken whole since the start.</summary>
        int SampleCount { get; }

        /// <summary>When the last sample was taken, in milliseconds since start.</summary>
        long SampleMs { get; }

        /// <summary>The last fault.</summary>
        SensorFault LastFault { get; }

        /// <summary>Asks for a sample. Asking again before it was taken changes nothing. Whatever the port does happens in <see cref="Poll"/>.</summary>
        void Request();

        /// <summary>Goes on with whatever the sensor waits for. Called in every step of the owner before any other member.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <returns>When it wants to be polled again; <see cref="long.MaxValue"/> when nothing is asked of it. Earlier polls do no harm.</returns>
        long Poll(long nowMs);
    }
}
