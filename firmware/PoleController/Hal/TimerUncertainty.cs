// How far the board's clock and radio may be from the truth, in numbers: what a receive window must be opened early and kept open longer by.
// A board states it; nothing here measures it.
namespace PoleController.Hal
{
    /// <summary>The timing errors of a board, each as its largest amount. Errors add up; none is taken to cancel another.</summary>
    public sealed class TimerUncertainty
    {
        /// <summary>
        /// An ESP32 under nanoFramework: the clock steps in 10 ms (RTOS tick of 100 Hz), a radio event is noticed in the next step of the loop, a
        /// transceiver with TCXO receives 5 ms after it was told to, and the crystal is what <see cref="Time.PoleClock"/> takes it to be.
        /// </summary>
        public TimerUncertainty()
            : this(10, 10, 5, 40)
        {
        }

        /// <summary>Makes it.</summary>
        /// <param name="stepMs">How late a step may come after the time it was asked for; a step of the clock.</param>
        /// <param name="eventMs">How far <see cref="ILoRaRadio.EventTimeMs"/> may be from the moment of the event, early or late.</param>
        /// <param name="radioStartMs">How long the radio may take to receive after it was told to.</param>
        /// <param name="crystalPpm">How fast or slow the clock may run, in millionths.</param>
        public TimerUncertainty(int stepMs, int eventMs, int radioStartMs, int crystalPpm)
        {
            StepMs = stepMs;
            EventMs = eventMs;
            RadioStartMs = radioStartMs;
            CrystalPpm = crystalPpm;
        }

        /// <summary>How late a step may come after the time it was asked for, in milliseconds.</summary>
        public int StepMs { get; }

        /// <summary>How far the time of a radio event may be from its moment, in milliseconds.</summary>
        public int EventMs { get; }

        /// <summary>How long the radio may take to receive after it was told to, in milliseconds.</summary>
        public int RadioStartMs { get; }

        /// <summary>How fast or slow the clock may run, in millionths.</summary>
        public int CrystalPpm { get; }

        /// <summary>How far a moment some time after a radio event may be missed, rounded up to whole milliseconds.</summary>
        /// <param name="delayMs">The time after the event, 0 to 20,000.</param>
        public int MaximumErrorMs(int delayMs)
        {
            return StepMs + EventMs + RadioStartMs + (((delayMs * CrystalPpm) + 999999) / 1000000);
        }
    }
}
