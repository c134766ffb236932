// SKELETON
#pragma warning disable
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Time;
namespace PoleController.Messages
{
    /// <summary>Carries out a command, whole or not at all, and writes the answer.</summary>
    public sealed class CommandProcessor
    {
        /// <summary>Makes it.</summary>
        public CommandProcessor(LightingControl lighting, LightingSchedule schedule, PoleClock clock, ControllerSettings settings, SettingsStore settingsStore)
        { _ = lighting; _ = schedule; _ = clock; _ = settings; _ = settingsStore; }
        /// <summary>Carries out the command in the payload of a downlink on the command port.</summary>
        /// <returns>Length of the answer in <paramref name="answer"/>.</returns>
        public int Process(long nowMs, byte[] payload, int length, byte[] answer) { throw new System.NotImplementedException(); }
    }
}
