// SKELETON
#pragma warning disable
using PoleController.Hal;
using PoleController.Lighting;
using PoleController.Settings;
namespace PoleController.Luminaire
{
    /// <summary>Metering: power, energy, lamp hours; lamp failure and day burner judged against the present level.</summary>
    public sealed class LuminaireMonitor : Component
    {
        /// <summary>Makes it. A null meter means none fitted. Lamp hours and energy are kept in the store.</summary>
        public LuminaireMonitor(ILuminaireMeter? meter, LightingControl lighting, ControllerSettings settings, IStore store)
        { _ = meter; _ = lighting; _ = settings; _ = store; }
        /// <summary>Last power read, mW; -1 when unknown.</summary>
        public int PowerMilliwatts { get; private set; }
        /// <summary>Energy since commissioning, Wh; survives restarts.</summary>
        public long EnergyWattHours { get; private set; }
        /// <summary>Seconds the lamp has been lit since commissioning; survives restarts.</summary>
        public long LampOnSeconds { get; private set; }
        /// <summary>The lamp should be lit and draws too little.</summary>
        public bool IsLampFailure { get; private set; }
        /// <summary>The lamp should be dark and draws power.</summary>
        public bool IsDayBurner { get; private set; }
        /// <summary>Counts changes of the alarms above, so that the reporter can send one at once.</summary>
        public int AlarmChangeCount { get; private set; }
        /// <summary>Starts.</summary>
        public override void Start(long nowMs, bool isPowerReturn) { throw new System.NotImplementedException(); }
        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs) { throw new System.NotImplementedException(); }
    }
}
