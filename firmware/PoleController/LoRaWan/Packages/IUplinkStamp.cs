// What fills times into a message at the moment it is sent: a message may wait for its channel, and a time in it would grow old.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>Brings the times in a message up to date.</summary>
    internal interface IUplinkStamp
    {
        /// <summary>Called right before the frame of a message is built and sent.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="fPort">Port of the message.</param>
        /// <param name="payload">The message; its length does not change.</param>
        /// <param name="length">Its length.</param>
        void Stamp(long nowMs, int fPort, byte[] payload, int length);
    }
}
