// Port: counts pulses at an input beside the program. What a pulse stands for is the driver's; which edge counts and what is too short is the board's.
namespace PoleController.Hal
{
    /// <summary>A counter that runs on while the program does something else: no pulse is lost between two looks, however far apart they are.</summary>
    public interface IPulseCounter
    {
        /// <summary>Reads how many pulses have come since the first look.</summary>
        /// <param name="pulses">
        /// Their number, never less than the last time: however few bits the chip's counter has, where it begins again at 0 is the port's to bridge. Without meaning
        /// when false is returned.
        /// </param>
        /// <returns>False when the counter cannot be had or did not give the same twice. What came meanwhile is not lost: the next look may have it.</returns>
        bool TryRead(out long pulses);
    }
}
