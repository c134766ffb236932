// Keeps the settings over power cuts: two slots in the store, written in turn. Layout is SettingsCodec's business.
using System;
using PoleController.Hal;

namespace PoleController.Settings
{
    /// <summary>
    /// The settings in two records, "settings-a" and "settings-b", each with a version, a sequence number and a CRC. A change is written to
    /// the record that is not in force and read back, so whatever is torn by a power cut, one whole record is left: the old settings or
    /// the new. Allocates its buffer once.
    /// </summary>
    public sealed class SettingsStore
    {
        /// <summary>Name of the first slot's record.</summary>
        public const string SlotA = "settings-a";

        /// <summary>Name of the second slot's record.</summary>
        public const string SlotB = "settings-b";

        private readonly IStore _store;

        // One byte more than a record can have, so that one that is too long is seen to be.
        private readonly byte[] _buffer = new byte[SettingsCodec.MaximumLength + 1];

        private bool _isProbed;
        private bool _isWholeA;
        private bool _isWholeB;
        private int _sequenceA;
        private int _sequenceB;
        private bool _isAInForce;

        /// <summary>Makes it; nothing is read or written yet.</summary>
        public SettingsStore(IStore store)
        {
            _store = store;
        }

        /// <summary>
        /// Health of the settings: degraded while defaults are in force because nothing whole was found, or when settings were refused because they are
        /// not valid; failed when they could not be kept.
        /// </summary>
        public Health Health { get; } = new Health();

        /// <summary>Reads the newest whole slot into the settings; with none, sets the defaults and returns false.</summary>
        public bool Load(ControllerSettings settings)
        {
            Probe();
            bool isAFirst = _isWholeA && (!_isWholeB || !IsNewer(_sequenceB, _sequenceA));
            if (TryRead(isAFirst, settings) || TryRead(!isAFirst, settings))
            {
                Health.SetOk();
                return true;
            }

            settings.SetDefaults();
            Health.SetDegraded(HealthReason.DefaultsInForce);
            return false;
        }

        /// <summary>
        /// Writes the settings into the slot that is not in force. Returns false when they are not kept, because they are not valid or the
        /// store did not take them; health says which, and the slot in force is untouched.
        /// </summary>
        public bool TrySave(ControllerSettings settings)
        {
            if (SettingsRules.Validate(settings) != SettingsFault.None)
            {
                Health.SetDegraded(HealthReason.Implausible);
                return false;
            }

            if (!_isProbed)
            {
                Probe();
                _isAInForce = _isWholeA && (!_isWholeB || !IsNewer(_sequenceB, _sequenceA));
            }

            bool toA = !_isAInForce;
            int sequenceNumber = NextSequenceNumber();
            if (!TryWrite(toA, settings, sequenceNumber))
            {
                Health.SetFailed(HealthReason.StoreFailed);
                return false;
            }

            SetSlot(toA, true, sequenceNumber);
            _isAInForce = toA;
            Health.SetOk();
            return true;
        }

        // What the store says of a write is not asked: what can be read back is what counts after a power cut.
        private bool TryWrite(bool toA, ControllerSettings settings, int sequenceNumber)
        {
            int length = SettingsCodec.Encode(settings, sequenceNumber, _buffer);
            uint crc = Crc32.Compute(_buffer, 0, length - SettingsCodec.CrcLength);
            try
            {
                _store.TryWrite(toA ? SlotA : SlotB, _buffer, length);
            }
            catch (Exception)
            {
                // A store that throws is a store that refuses; what it left is read below.
            }

            return Read(toA) == length && SettingsCodec.IsWhole(_buffer, length)
                && Crc32.Compute(_buffer, 0, length - SettingsCodec.CrcLength) == crc;
        }

        private void Probe()
        {
            ProbeSlot(true);
            ProbeSlot(false);
            _isAInForce = false;
            _isProbed = true;
        }

        private void ProbeSlot(bool isA)
        {
            int length = Read(isA);
            bool isWhole = SettingsCodec.IsWhole(_buffer, length);
            SetSlot(isA, isWhole, isWhole ? SettingsCodec.SequenceNumber(_buffer) : 0);
        }

        private bool TryRead(bool isA, ControllerSettings settings)
        {
            if (!(isA ? _isWholeA : _isWholeB))
            {
                return false;
            }

            int length = Read(isA);
            if (!SettingsCodec.TryDecode(_buffer, length, settings))
            {
                return false;
            }

            _isAInForce = isA;
            return true;
        }

        private int Read(bool isA)
        {
            try
            {
                return _store.Read(isA ? SlotA : SlotB, _buffer);
            }
            catch (Exception)
            {
                return -1;
            }
        }

        // One more than the newest, also when that one was refused for its values: the new record has to be the newest.
        private int NextSequenceNumber()
        {
            if (_isWholeA && (!_isWholeB || IsNewer(_sequenceA, _sequenceB)))
            {
                return _sequenceA + 1;
            }

            return _isWholeB ? _sequenceB + 1 : 1;
        }

        private void SetSlot(bool isA, bool isWhole, int sequenceNumber)
        {
            if (isA)
            {
                _isWholeA = isWhole;
                _sequenceA = sequenceNumber;
            }
            else
            {
                _isWholeB = isWhole;
                _sequenceB = sequenceNumber;
            }
        }

        // The difference wraps with the numbers.
        private static bool IsNewer(int sequenceNumber, int than)
        {
            return unchecked(sequenceNumber - than) > 0;
        }
    }
}
