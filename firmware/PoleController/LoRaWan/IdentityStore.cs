// The identity's record: how it is laid out (for the device and for the tool that writes it) and how it is read. Nobody writes it on
// the pole.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>
    /// The record "identity": version 3, DevEUI 8, JoinEUI 8, AppKey 16, region 1 (<see cref="RegionId"/>), GenAppKey 16 (zero: none), ServiceKey 16
    /// (zero: none), CRC-32 4 over all before. EUIs and keys are most significant byte first, the CRC least significant first. A record of version 2 ends
    /// behind GenAppKey with its CRC and is read as one without ServiceKey; one of version 1 ends behind AppKey and is read as one of EU868 without GenAppKey.
    /// </summary>
    public sealed class IdentityStore
    {
        /// <summary>Name of the record.</summary>
        public const string RecordName = "identity";

        /// <summary>Length of the record as it is written.</summary>
        public const int RecordLength = ServiceKeyOffset + 16 + CrcLength;

        private const byte Version = 3;
        private const byte SecondVersion = 2;
        private const byte FirstVersion = 1;
        private const int RegionOffset = 33;
        private const int GenAppKeyOffset = RegionOffset + 1;
        private const int ServiceKeyOffset = GenAppKeyOffset + 16;
        private const int CrcLength = 4;
        private const int FirstRecordLength = RegionOffset + CrcLength;
        private const int SecondRecordLength = ServiceKeyOffset + CrcLength;

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

        /// <summary>
        /// A check of DevEUI, JoinEUI and AppKey as last loaded; records that belong to them carry it. It is the same whatever version the
        /// record has: JoinNonce and session outlive a record that is written anew with more in it.
        /// </summary>
        public uint Check { get; private set; }

        /// <summary>Reads the identity; sets its IsProvisioned.</summary>
        public bool TryLoad(LoRaWanIdentity identity)
        {
            int length = _store.Read(RecordName, _buffer);
            identity.IsProvisioned = TryDecode(_buffer, length, identity);
            Check = 0;
            if (identity.IsProvisioned)
            {
                _buffer[0] = FirstVersion;
                Check = Crc32.Compute(_buffer, 0, RegionOffset);
            }

            // The keys stay in one place only.
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
            record[RegionOffset] = (byte)identity.Region;
            Array.Copy(identity.GenAppKey, 0, record, GenAppKeyOffset, 16);
            Array.Copy(identity.ServiceKey, 0, record, ServiceKeyOffset, 16);
            Wire.WriteUInt32(record, RecordLength - CrcLength, Crc32.Compute(record, 0, RecordLength - CrcLength));
            return RecordLength;
        }

        /// <summary>Reads an identity's record.</summary>
        /// <returns>False, and the identity unchanged, when the record is not whole, of another version or of a region that is not known.</returns>
        public static bool TryDecode(byte[] record, int length, LoRaWanIdentity identity)
        {
            bool hasRegion = length != FirstRecordLength;
            if (!IsWhole(record, length) || (hasRegion && !Region.IsKnown((RegionId)record[RegionOffset])))
            {
                return false;
            }

            Array.Copy(record, 1, identity.DevEui, 0, 8);
            Array.Copy(record, 9, identity.JoinEui, 0, 8);
            Array.Copy(record, 17, identity.AppKey, 0, 16);
            identity.Region = hasRegion ? (RegionId)record[RegionOffset] : RegionId.Eu868;
            ReadKey(record, hasRegion, GenAppKeyOffset, identity.GenAppKey);
            ReadKey(record, length == RecordLength, ServiceKeyOffset, identity.ServiceKey);
            return true;
        }

        private static void ReadKey(byte[] record, bool isThere, int offset, byte[] key)
        {
            if (isThere)
            {
                Array.Copy(record, offset, key, 0, key.Length);
            }
            else
            {
                Array.Clear(key, 0, key.Length);
            }
        }

        private static bool IsWhole(byte[] record, int length)
        {
            bool isLayout = (length == RecordLength && record[0] == Version) || (length == SecondRecordLength && record[0] == SecondVersion)
                || (length == FirstRecordLength && record[0] == FirstVersion);
            return isLayout && Wire.ReadUInt32(record, length - CrcLength) == Crc32.Compute(record, 0, length - CrcLength);
        }
    }
}
