// Port: the external watchdog. The runtime offers none (see hardware/), so the board has one that the loop pets.
namespace PoleController.Hal
{
    /// <summary>The board's external watchdog: restarts the controller when it is not petted in time.</summary>
    public interface IWatchdog
    {
        /// <summary>Says that the loop has gone round.</summary>
        void Pet();
    }
}
