// Keeps settings that a message has changed: counts the revision, stores them, and has the schedule computed anew. What was changed, and what is put
// back when the store refuses, is the business of who changed it.
using System;
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>Keeps changed settings.</summary>
    internal sealed class SettingsKeeper
    {
        private readonly ControllerSettings _settings;
        private readonly SettingsStore _settingsStore;
        private readonly LightingSchedule _schedule;
        private uint _previousHash;

        /// <summary>Makes it.</summary>
        internal SettingsKeeper(ControllerSettings settings, SettingsStore settingsStore, LightingSchedule schedule)
        {
            _settings = settings;
            _settingsStore = settingsStore;
            _schedule = schedule;
        }

        /// <summary>Before settings are changed in several places: makes sure that they can be had back.</summary>
        /// <returns>False when they cannot; then nothing may be changed.</returns>
        internal bool TryPrepare()
        {
            _previousHash = SettingsCodec.Hash(_settings);
            try
            {
                return _settingsStore.TryPrepare(_settings, _previousHash);
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>After <see cref="TryPrepare"/> and the change: keeps the settings, or puts back what was before.</summary>
        /// <param name="error">What has been found wrong with the change so far.</param>
        /// <returns>What became of it. A change that changes nothing writes nothing, so that repeats cost no flash.</returns>
        internal CommandError Finish(CommandError error)
        {
            if (error == CommandError.Ok && SettingsCodec.Hash(_settings) != _previousHash && !TryKeep())
            {
                error = CommandError.NotStored;
            }

            if (error != CommandError.Ok)
            {
                _settingsStore.Restore(_settings);
            }

            return error;
        }

        /// <summary>Keeps the settings as they are now, under the next revision.</summary>
        /// <returns>False when the store refused or threw; only the revision is then put back.</returns>
        internal bool TryKeep()
        {
            bool isKept;
            _settings.Revision++;
            try
            {
                isKept = _settingsStore.TrySave(_settings);
            }
            catch (Exception)
            {
                isKept = false;
            }

            if (isKept)
            {
                _schedule.Invalidate();
            }
            else
            {
                _settings.Revision--;
            }

            return isKept;
        }
    }
}
