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

        /// <summary>Makes it.</summary>
        internal SettingsKeeper(ControllerSettings settings, SettingsStore settingsStore, LightingSchedule schedule)
        {
            _settings = settings;
            _settingsStore = settingsStore;
            _schedule = schedule;
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
