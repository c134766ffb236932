// Port: the AES-128 block cipher, encryption only; LoRaWAN on the device needs nothing else. Modes and CMAC are built on it.
namespace PoleController.Hal
{
    /// <summary>AES-128, one block at a time (FIPS 197).</summary>
    public interface IAesBlock
    {
        /// <summary>
        /// Selects the key for the blocks that follow; the expanded key is kept by the implementation, so selecting a key again is cheap.
        /// What counts is the array's content at the time of the call: the owner may fill an array with another key (a rejoin does) and
        /// select it again, so an implementation that keeps expanded keys must recognise them by content, not by reference alone.
        /// </summary>
        /// <param name="key">16 bytes; not changed while it is selected.</param>
        void SelectKey(byte[] key);

        /// <summary>Encrypts the 16 bytes at <paramref name="offset"/> in place.</summary>
        void EncryptBlock(byte[] data, int offset);
    }
}
