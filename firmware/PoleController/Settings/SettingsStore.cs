// SKELETON
#pragma warning disable
using PoleController.Hal;
namespace PoleController.Settings
{
    /// <summary>Keeps the settings in two slots of the store, with version, sequence number and CRC.</summary>
    public sealed class SettingsStore
    {
        /// <summary>Makes it.</summary>
        public SettingsStore(IStore store) { _ = store; }
        /// <summary>Health of the settings.</summary>
        public Health Health { get; } = new Health();
        /// <summary>Reads the newest whole slot into the settings; with none, sets the defaults and returns false.</summary>
        public bool Load(ControllerSettings settings) { throw new System.NotImplementedException(); }
        /// <summary>Writes the settings into the older slot. False: not kept (health says so), the settings in force stay.</summary>
        public bool TrySave(ControllerSettings settings) { throw new System.NotImplementedException(); }
    }
}
