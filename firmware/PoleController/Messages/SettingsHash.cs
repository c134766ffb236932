// The hash by which an operator sees whether a pole has the settings it should have: the low half of the stored settings' own checksum.
// Kept until the revision changes, because a status message asks for it every few minutes and the settings change a few times a year.
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>The settings' hash as messages carry it.</summary>
    public sealed class SettingsHash
    {
        private int _revision = -1;
        private int _hash;

        /// <summary>The low 16 bits of <see cref="SettingsCodec.Hash"/>.</summary>
        /// <param name="settings">The settings; always the same ones, and whoever changes them gives them another revision.</param>
        /// <returns>0 to 65,535.</returns>
        public int Compute(ControllerSettings settings)
        {
            if (settings.Revision != _revision)
            {
                _hash = (ushort)SettingsCodec.Hash(settings);
                _revision = settings.Revision;
            }

            return _hash;
        }
    }
}
