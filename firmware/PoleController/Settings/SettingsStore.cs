// Keeps the settings over power cuts: two slots in the store, written in turn. Layout is SettingsCodec's business.
using System;
using PoleController.Hal;

namespace PoleController.Settings
{
    /// <summary>
    /// The settings in two records, "settings-a" and "settings-b", each with a version, a sequence number and a CRC. A change is written to
    /// the record that is not in force and read back, so whatever is torn by a power cut, one whole record is left: the old settings or
    /// the new. It works in the settings' own buffer.
    /// </summary>
    public sealed class SettingsStore
    {
        /// <summary>Name of the first slot's record.</summary>
        public const string SlotA = "settings-a";

        /// <summary>Name of the second slot's record.</summary>
        public const string SlotB = "settings-b";

        private readonly IStore _store;

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
            Probe(settings.Workspace.Buffer);
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

            ProbeOnce(settings.Workspace.Buffer);
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

        /// <summary>
        /// Makes sure that the settings can be had back with <see cref="Restore"/>: whoever is about to change them in several places asks first. They are written
        /// only if the slot in force does not hold them (they were never stored, or by a controller with another layout).
        /// </summary>
        /// <param name="settings">The settings in force.</param>
        /// <param name="hash">Their <see cref="SettingsCodec.Hash"/>.</param>
        /// <returns>False when they cannot be kept.</returns>
        public bool TryPrepare(ControllerSettings settings, uint hash)
        {
            byte[] buffer = settings.Workspace.Buffer;
            ProbeOnce(buffer);
            int length = Read(_isAInForce, buffer);
            return (SettingsCodec.IsWhole(buffer, length) && SettingsCodec.Holds(buffer, length, settings, hash)) || TrySave(settings);
        }

        /// <summary>Reads the slot in force again, after <see cref="TryPrepare"/>. What health says stays.</summary>
        public void Restore(ControllerSettings settings)
        {
            if (!TryRead(_isAInForce, settings))
            {
                // It was there a moment ago; what is left is what a pole without settings does.
                settings.SetDefaults();
                Health.SetFailed(HealthReason.StoreFailed);
            }
        }

        // What the store says of a write is not asked: what can be read back is what counts after a power cut.
        private bool TryWrite(bool toA, ControllerSettings settings, int sequenceNumber)
        {
            byte[] buffer = settings.Workspace.Buffer;
            int length = SettingsCodec.Encode(settings, sequenceNumber, buffer);
            uint crc = Crc32.Compute(buffer, 0, length - SettingsCodec.CrcLength);
            try
            {
                _store.TryWrite(toA ? SlotA : SlotB, buffer, length);
            }
            catch (Exception)
            {
                // A store that throws is a store that refuses; what it left is read below.
            }

            return Read(toA, buffer) == length && SettingsCodec.IsWhole(buffer, length)
                && Crc32.Compute(buffer, 0, length - SettingsCodec.CrcLength) == crc;
        }

        private void ProbeOnce(byte[] buffer)
        {
            if (!_isProbed)
            {
                Probe(buffer);
                _isAInForce = _isWholeA && (!_isWholeB || !IsNewer(_sequenceB, _sequenceA));
            }
        }

        private void Probe(byte[] buffer)
        {
            ProbeSlot(true, buffer);
            ProbeSlot(false, buffer);
            _isAInForce = false;
            _isProbed = true;
        }

        private void ProbeSlot(bool isA, byte[] buffer)
        {
            int length = Read(isA, buffer);
            bool isWhole = SettingsCodec.IsWhole(buffer, length);
            SetSlot(isA, isWhole, isWhole ? SettingsCodec.SequenceNumber(buffer) : 0);
        }

        private bool TryRead(bool isA, ControllerSettings settings)
        {
            if (!(isA ? _isWholeA : _isWholeB))
            {
                return false;
            }

            int length = Read(isA, settings.Workspace.Buffer);
            if (!SettingsCodec.TryDecode(settings.Workspace.Buffer, length, settings))
            {
                return false;
            }

            _isAInForce = isA;
            return true;
        }

        private int Read(bool isA, byte[] buffer)
        {
            try
            {
                return _store.Read(isA ? SlotA : SlotB, buffer);
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
