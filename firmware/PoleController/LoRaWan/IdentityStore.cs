// The identity's record: how it is laid out (for the device and for the tool that writes it) and how it is read. Nobody writes it on
// the pole.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>
    /// The record "identity": version 1, DevEUI 8, JoinEUI 8, AppKey 16, CRC-32 4 over all before. EUIs and key are most significant byte
    /// first, the CRC least significant first.
    /// </summary>
    public sealed class IdentityStore
    {
        /// <summary>Name of the record.</summary>
        public const string RecordName = "identity";

        /// <summary>Length of the record.</summary>
        public const int RecordLength = 37;

        private const byte Version = 1;
        private const int CrcOffset = 33;

        private readonly IStore _store;
        private readonly byte[] _buffer;

        /// <summary>Makes it over the store.</summary>
        /// <param name="store">The store.</param>
        /// <param name="buffer">Working memory, more than <see cref="RecordLength"/> bytes.</param>
        public IdentityStore(IStore store, byte[] buffer)
        {
            _store = store;
            _buffer = buffer;
        }

        /// <summary>CRC of the identity last loaded; records that belong to it carry it.</summary>
        public uint Check { get; private set; }

        /// <summary>Reads the identity; sets its IsProvisioned.</summary>
        public bool TryLoad(LoRaWanIdentity identity)
        {
            int length = _store.Read(RecordName, _buffer);
            identity.IsProvisioned = TryDecode(_buffer, length, identity);
            Check = identity.IsProvisioned ? Wire.ReadUInt32(_buffer, CrcOffset) : 0;

            // The key stays in one place only.
            Array.Clear(_buffer, 0, _buffer.Length);
            return identity.IsProvisioned;
        }

        /// <summary>Lays out an identity's record.</summary>
        /// <param name="identity">The identity.</param>
        /// <param name="record">Receives <see cref="RecordLength"/> bytes.</param>
        /// <returns>The length.</returns>
        public static int Encode(LoRaWanIdentity identity, byte[] record)
        {
            record[0] = Version;
            Array.Copy(identity.DevEui, 0, record, 1, 8);
            Array.Copy(identity.JoinEui, 0, record, 9, 8);
            Array.Copy(identity.AppKey, 0, record, 17, 16);
            Wire.WriteUInt32(record, CrcOffset, Crc32.Compute(record, 0, CrcOffset));
            return RecordLength;
        }

        /// <summary>Reads an identity's record.</summary>
        /// <returns>False, and the identity unchanged, when the record is not whole or of another version.</returns>
        public static bool TryDecode(byte[] record, int length, LoRaWanIdentity identity)
        {
            if (length != RecordLength || record[0] != Version
                || Wire.ReadUInt32(record, CrcOffset) != Crc32.Compute(record, 0, CrcOffset))
            {
                return false;
            }

            Array.Copy(record, 1, identity.DevEui, 0, 8);
            Array.Copy(record, 9, identity.JoinEui, 0, 8);
            Array.Copy(record, 17, identity.AppKey, 0, 16);
            return true;
        }
    }
}
