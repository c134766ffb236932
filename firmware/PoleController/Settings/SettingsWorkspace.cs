// The one place where settings are turned into bytes and back. A record has up to 1.5 kB, so there is one buffer for all who need it, each within a
// call: the store, the hash, a block over the air. What the bytes mean is SettingsCodec's.
namespace PoleController.Settings
{
    /// <summary>The buffer and its writer and reader, shared by everybody who makes bytes of settings. Nothing in it outlives the call that put it there.</summary>
    public sealed class SettingsWorkspace
    {
        /// <summary>Room for the longest record, and one byte more, so that one that is too long is seen to be.</summary>
        public readonly byte[] Buffer = new byte[SettingsCodec.MaximumLength + 1];

        /// <summary>Writes numbers, here or elsewhere.</summary>
        public readonly SettingsWriter Writer = new SettingsWriter();

        /// <summary>Reads numbers, here or elsewhere.</summary>
        public readonly SettingsReader Reader = new SettingsReader();
    }
}
