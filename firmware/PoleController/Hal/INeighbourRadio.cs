// Port: the short-range radio between neighbouring poles: small broadcasts that whoever is near may hear (Bluetooth LE advertisements on the pole).
// It knows nothing of what is in them, nor whether they are true.
namespace PoleController.Hal
{
    /// <summary>A short-range radio that broadcasts and hears broadcasts.</summary>
    public interface INeighbourRadio
    {
        /// <summary>The longest broadcast in bytes (a Bluetooth LE advertisement has room for 24 bytes of manufacturer data beside its headers).</summary>
        int MaximumLength { get; }

        /// <summary>Begins to broadcast, again and again for some time; a broadcast that goes on is replaced.</summary>
        /// <param name="data">The bytes; copied before the call returns.</param>
        /// <param name="length">How many, 1 to <see cref="MaximumLength"/>.</param>
        /// <param name="durationMs">For how long.</param>
        /// <returns>False when the radio did not take it.</returns>
        bool TryBroadcast(byte[] data, int length, int durationMs);

        /// <summary>Takes the oldest broadcast heard; one that is heard wakes the pole. Four are kept; what comes while they wait is lost.</summary>
        /// <param name="buffer">Receives it; <see cref="MaximumLength"/> bytes or more.</param>
        /// <param name="rssiDbm">Its signal strength in dBm.</param>
        /// <returns>Its length; 0 when there is none; -1 when the radio failed.</returns>
        int Receive(byte[] buffer, out int rssiDbm);
    }
}
