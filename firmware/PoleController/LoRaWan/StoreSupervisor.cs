// Watches over the store: while it refuses, nothing that depends on it is tried again for a minute. What is written is SessionStore's.
namespace PoleController.LoRaWan
{
    /// <summary>Whether the store works, as seen by what depends on it.</summary>
    internal sealed class StoreSupervisor
    {
        private const int RetryMs = 60000;

        /// <summary>Before this time nothing that depends on the store is tried.</summary>
        internal long AvailableFromMs { get; private set; }

        /// <summary>Whether the store refused when it was asked last.</summary>
        internal bool HasFailed { get; private set; }

        /// <summary>Takes note of how an operation went.</summary>
        /// <returns>The same.</returns>
        internal bool Note(bool isGood, long nowMs)
        {
            HasFailed = !isGood;
            if (!isGood)
            {
                AvailableFromMs = nowMs + RetryMs;
            }

            return isGood;
        }
    }
}
