// Port: named records that survive a power cut. One write may be torn by a cut; who needs more than that (settings, counters)
// builds it on top with two records, a sequence number and a CRC.
namespace PoleController.Hal
{
    /// <summary>Non-volatile records by name. A write that is interrupted may leave the record old, new, short or damaged.</summary>
    public interface IStore
    {
        /// <summary>Reads a record from its beginning.</summary>
        /// <param name="record">Name of the record: 1 to 16 characters of a-z, 0-9 and '-'.</param>
        /// <param name="buffer">Receives as many bytes as fit.</param>
        /// <returns>Bytes read; -1 when the record does not exist or cannot be read.</returns>
        int Read(string record, byte[] buffer);

        /// <summary>Replaces a record.</summary>
        /// <returns>False when the store refused; the record is then old, or damaged.</returns>
        bool TryWrite(string record, byte[] data, int length);
    }
}
