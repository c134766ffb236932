// Runs the controller on a board: steps it when it asks to, when something woke it, and often enough for the watchdog. An exception from anywhere ends
// here: the lamp goes to its safe level, the boot journal gets an entry, the board restarts. What a step does is the controller's.
using System;
using PoleController.Alarms;
using PoleController.Journal;
using PoleController.Time;

namespace PoleController.Esp32.Loop
{
    /// <summary>The loop.</summary>
    public sealed class BoardLoop
    {
        /// <summary>How often wake sources are looked at, in milliseconds: the runtime's tick.</summary>
        public const int LookMs = 10;

        /// <summary>The longest time between two steps, in milliseconds: the watchdog has 60 s, and half of that is allowed (hardware/README.md).</summary>
        public const int LongestRestMs = 30000;

        /// <summary>
        /// A restart comes so long after the start at the earliest, in milliseconds. A fault that comes at every start would otherwise write the boot journal
        /// as often as the runtime starts: every three seconds, 10 million times a year.
        /// </summary>
        public const int ShortestRunMs = 20000;

        private const int FullPermille = 1000;

        private readonly IBoardRuntime _runtime;

        /// <summary>Makes it.</summary>
        public BoardLoop(IBoardRuntime runtime)
        {
            _runtime = runtime;
        }

        /// <summary>Runs until a restart is asked for or something throws; restarts the board then and returns if that failed.</summary>
        /// <param name="parts">The board's parts.</param>
        public void Run(BoardParts parts)
        {
            Controller? controller = null;
            try
            {
                controller = new Controller(parts.Hardware);
                RunSteps(parts, controller);
            }
            catch (Exception exception)
            {
                End(parts.Hardware, controller, exception);
            }

            _runtime.Restart();
        }

        /// <summary>Starts a controller and steps it until a restart is due; lets every exception out.</summary>
        internal void RunSteps(BoardParts parts, Controller controller)
        {
            // The runtime cannot say why it started. A board that measures its supply left a mark when that fell; one that does not takes every start
            // without a mark for a return of power, so that the poles of a street do not switch on and join all at once.
            controller.Start(_runtime.NowMs, parts.Hardware.SupplyVoltage == null);
            while (true)
            {
                long nowMs = _runtime.NowMs;
                long wakeMs = controller.Step(nowMs);
                if (controller.IsRestartDue)
                {
                    return;
                }

                RestUntil(parts, wakeMs, nowMs);
            }
        }

        private void RestUntil(BoardParts parts, long wakeMs, long stepMs)
        {
            long latestMs = stepMs + LongestRestMs;
            long untilMs = wakeMs < latestMs ? wakeMs : latestMs;
            long nowMs = _runtime.NowMs;
            while (nowMs < untilMs && !parts.HasNews(nowMs))
            {
                if (untilMs - nowMs >= LookMs)
                {
                    _runtime.Rest(LookMs);
                }
                else
                {
                    WaitOut(untilMs);
                }

                nowMs = _runtime.NowMs;
            }
        }

        // Less than a tick: the clock is watched, so that receive windows and DALI are as punctual as the interpreter is.
        private void WaitOut(long untilMs)
        {
            while (_runtime.NowMs < untilMs)
            {
                _runtime.Rest(0);
            }
        }

        // The lamp first. Each part for itself: what failed may be any of them.
        private void End(PoleHardware hardware, Controller? controller, Exception exception)
        {
            long nowMs = _runtime.NowMs;
            GoToSafeLevel(hardware, controller, nowMs);
            WriteDown(hardware, controller, exception, nowMs);
            while (_runtime.NowMs < ShortestRunMs)
            {
                _runtime.Rest(LookMs);
            }
        }

        private static void GoToSafeLevel(PoleHardware hardware, Controller? controller, long nowMs)
        {
            try
            {
                if (controller != null)
                {
                    controller.Lighting.GoToSafeLevel(nowMs);
                    return;
                }
            }
            catch (Exception)
            {
                // The level is then what follows.
            }

            try
            {
                hardware.Dimmer.TrySetLevel(FullPermille);
            }
            catch (Exception)
            {
                // The relay is still to be closed.
            }

            try
            {
                if (hardware.Relay != null)
                {
                    hardware.Relay.TrySwitch(true);
                }
            }
            catch (Exception)
            {
                // Nothing more can be done; both rest at light.
            }
        }

        private static void WriteDown(PoleHardware hardware, Controller? controller, Exception exception, long nowMs)
        {
            try
            {
                if (controller != null)
                {
                    controller.OnUnhandledException(nowMs, exception);
                    return;
                }

                // The controller could not be made: a journal of its own for this one entry.
                BootJournal boots = new BootJournal(hardware.Store, new PoleClock(), new AlarmBoard(), hardware.SupplyVoltage != null);
                boots.Load(nowMs, true);
                boots.Start(nowMs, true);
                boots.OnUnhandledException(nowMs, ComponentId.Loop, exception);
            }
            catch (Exception)
            {
                // The store failed too; the next start says that it does not know why it was made.
            }
        }
    }
}
