// One pole of a fleet: the real controller over simulated parts, in virtual time. It runs from event to event; between them it
// costs nothing. It knows nothing of other poles: what reaches it from outside is announced before a window begins.
using PoleController;
using PoleController.Lighting;
using Simulation.Engine.Fittings;
using Simulation.Parts;
using Simulation.Radio;
using Simulation.Scenarios;

namespace Simulation.Engine;

/// <summary>One pole.</summary>
public sealed class SimulatedPole
{
    /// <summary>How often a controller may ask to run again at once before the engine calls it a spin.</summary>
    private const int MaximumRunsAtOnce = 16;

    private const long LongestAnswerUs = 8_000_000;

    private readonly PoleParts _parts;
    private readonly WorldEvent[] _worldEvents;
    private int _nextWorldEvent;
    private Controller? _controller;
    private long _wakeUs;
    private long _ranUntilUs;
    private bool _isLampFailed;
    private bool _isGearFailed;
    private bool _hasMains;
    private long _exhaustedUs = long.MaxValue;
    private long _powerReturnUs;

    /// <summary>Puts a pole together; it starts when its mains come.</summary>
    /// <param name="index">Its index in the fleet.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="worldEvents">What happens to it, ordered by time; the first gives it its mains.</param>
    public SimulatedPole(int index, PoleParts parts, WorldEvent[] worldEvents)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(worldEvents);
        Index = index;
        _parts = parts;
        _worldEvents = worldEvents;
        NextEventUs = NextWorldEventUs;
        parts.Radio.Antenna.PowerCutUs = NextPowerCutUs();
        parts.Recorder.DarknessExplainedUntilUs = long.MaxValue;
    }

    /// <summary>Its index in the fleet.</summary>
    public int Index { get; }

    /// <summary>When it has something to do next.</summary>
    public long NextEventUs { get; private set; }

    /// <summary>Steps of the controller so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>How often the controller asked to run again at once for too long; a defect of the controller.</summary>
    public int SpinCount { get; private set; }

    /// <summary>How often the controller has started.</summary>
    public int StartCount { get; private set; }

    /// <summary>The controller's state; null while there are no mains.</summary>
    public Controller? Controller => _controller;

    /// <summary>The parts.</summary>
    public PoleParts Parts => _parts;

    /// <summary>Who is told of every step of the controller; null for nobody, as in all runs but measurements.</summary>
    public IStepObserver? StepObserver { get; set; }

    /// <summary>What controllers before the present one (ended by power cuts) and the present one counted.</summary>
    public PoleCounters Counters { get; } = new();

    /// <summary>
    /// Until when an answer to its last uplink may come, so that it must not run ahead: the last receive window of a join, six seconds after
    /// the uplink (RP002-1.0.4, JOIN_ACCEPT_DELAY2), and two for its downlink to be scheduled.
    /// </summary>
    public long ConversationEndUs { get; private set; }

    /// <summary>Says that a downlink will come by; before the window in which it begins.</summary>
    /// <exception cref="InvalidOperationException">The pole has already run past its begin: a defect of the engine.</exception>
    public void Announce(DownlinkTransmission downlink)
    {
        ArgumentNullException.ThrowIfNull(downlink);
        if (downlink.StartUs < _ranUntilUs)
        {
            throw new InvalidOperationException($"Pole {Index} ran to {_ranUntilUs} us, past a downlink that begins at {downlink.StartUs} us.");
        }

        if (_controller is not null)
        {
            _parts.Radio.Antenna.Announce(downlink);
            NextEventUs = Math.Min(NextEventUs, _parts.Radio.NextEventUs);
        }
    }

    /// <summary>Has the controller look at its inputs: something reaches one of them. Not from within a run.</summary>
    /// <param name="atUs">When; later where the pole has already run ahead.</param>
    public void Wake(long atUs)
    {
        if (_controller is not null)
        {
            _wakeUs = Math.Min(_wakeUs, Math.Max(atUs, _ranUntilUs));
            NextEventUs = Math.Min(NextEventUs, _wakeUs);
        }
    }

    /// <summary>Runs everything that happens before a moment, or before the end of the window in which the pole transmits, if that is earlier.</summary>
    /// <param name="untilUs">The moment, exclusive.</param>
    /// <param name="uplinks">Takes the frames that are transmitted.</param>
    public void Run(long untilUs, UplinkBuffer uplinks)
    {
        ArgumentNullException.ThrowIfNull(uplinks);
        _parts.Radio.Antenna.Uplinks = uplinks;
        long limitUs = untilUs;
        while (NextEventUs < limitUs)
        {
            int count = uplinks.Uplinks.Count;
            long timeUs = NextEventUs;
            RunEvents(timeUs);
            if (uplinks.Uplinks.Count > count)
            {
                ConversationEndUs = uplinks.Uplinks[^1].EndUs + LongestAnswerUs;
                limitUs = Math.Min(limitUs, FleetSimulation.WindowEndUs(timeUs));
            }
        }

        _ranUntilUs = limitUs;
    }

    /// <summary>Accounts for the time up to the end of the run.</summary>
    public void Finish(long timeUs)
    {
        _parts.Recorder.Finish(timeUs);
        _parts.Responses.Drop(timeUs);
        if (_controller is not null)
        {
            Counters.Add(_controller);
        }
    }

    private void RunEvents(long timeUs)
    {
        _parts.SetTime(timeUs);
        bool hasInput = ApplyWorldEvents(timeUs);
        if (_controller is null)
        {
            NextEventUs = NextWorldEventUs;
            return;
        }

        PirPart? pir = _parts.Pir;
        if (pir is not null && pir.NextEventUs <= timeUs && pir.Advance(timeUs, _parts.Recorder))
        {
            hasInput = true;
            BeginResponse(pir, timeUs);
        }

        if (_parts.Radio.NextEventUs <= timeUs && _parts.Radio.Advance(timeUs))
        {
            hasInput = true;
        }

        foreach (Fitting waker in _parts.Wakers)
        {
            hasInput |= waker.NextEventUs <= timeUs && waker.Advance(timeUs);
        }

        if (hasInput || _wakeUs <= timeUs)
        {
            StepController(timeUs);
        }

        long nextUs = Math.Min(Math.Min(_wakeUs, _parts.Radio.NextEventUs), NextWorldEventUs);
        foreach (Fitting waker in _parts.Wakers)
        {
            nextUs = Math.Min(nextUs, waker.NextEventUs);
        }

        NextEventUs = pir is null ? nextUs : Math.Min(nextUs, pir.NextEventUs);
    }

    private void StepController(long timeUs)
    {
        Controller controller = _controller!;
        long nowMs = _parts.Crystal.LocalMs(timeUs);
        long wakeMs = nowMs;
        for (int i = 0; i < MaximumRunsAtOnce && wakeMs <= nowMs; i++)
        {
            StepObserver?.BeforeStep(timeUs);
            wakeMs = controller.Step(nowMs);
            StepObserver?.AfterStep();
            StepCount++;
        }

        if (wakeMs <= nowMs)
        {
            SpinCount++;
            wakeMs = nowMs + 1000;
        }

        _wakeUs = _parts.Crystal.TimeUs(wakeMs);
        ObserveController(controller, timeUs);
        if (controller.IsRestartDue)
        {
            // What the board does then: the controller and its radio start anew, the luminaire stays fed.
            Counters.Add(controller);
            _parts.Radio.PowerOff();
            StartController(timeUs, isPowerReturn: false);
        }
    }

    private void ObserveController(Controller controller, long timeUs)
    {
        LightingControl lighting = controller.Lighting;
        _parts.Recorder.SetState(timeUs, (int)lighting.Cause, DarknessExplainedUntilUs(lighting, timeUs));
        int lightPermille = _parts.Luminaire.LightPermille;
        _parts.Obedience?.Observe(timeUs, lightPermille, _parts.Dimming);
        _parts.Neighbours?.Observe(timeUs, lighting.Cause, lightPermille);
        ResponseMeter responses = _parts.Responses;
        if (responses.IsPending)
        {
            int expectedPermille = OccupancyPromise.LevelPermille(controller);
            responses.LowerTo(expectedPermille);
            responses.Observe(timeUs, lightPermille + (_parts.Dimming?.TolerancePermille(lightPermille) ?? 0));
            if (expectedPermille == 0)
            {
                responses.Drop(timeUs);
            }
        }
    }

    // Darkness is explained when the lamp cannot give light, and, for as long as the world knows that it can be true, when the controller
    // says that a command asked for it or that the delay after power return runs.
    private long DarknessExplainedUntilUs(LightingControl lighting, long timeUs)
    {
        if (_isLampFailed || _isGearFailed || !_hasMains)
        {
            return long.MaxValue;
        }

        return lighting.Cause switch
        {
            LevelCause.PowerReturnDelay => _parts.Excuses.AfterPowerReturnUntilUs(_powerReturnUs),
            LevelCause.Override or LevelCause.Scene or LevelCause.Emergency when lighting.TargetLevelPermille == 0 => _parts.Excuses.CommandedUntilUs(timeUs),
            _ => _parts.Dimming?.StartingUntilUs ?? 0,
        };
    }

    private void BeginResponse(PirPart pir, long timeUs)
    {
        Controller controller = _controller!;
        int expectedPermille = OccupancyPromise.LevelPermille(controller);
        int lightPermille = _parts.Luminaire.LightPermille;
        int seenPermille = lightPermille + (_parts.Dimming?.TolerancePermille(lightPermille) ?? 0);
        bool canRespond = !_isLampFailed && !_isGearFailed && _hasMains && _parts.Dimming is not { IsInTrouble: true };
        if (pir.IsActive && !pir.IsStuck)
        {
            _parts.Neighbours?.OnArrival(timeUs, pir.IsForward, controller.Lighting.Cause, canRespond ? expectedPermille : 0, seenPermille);
        }

        if (pir.IsActive && canRespond && !pir.IsStuck && expectedPermille > seenPermille)
        {
            _parts.Responses.Begin(timeUs, expectedPermille);
        }
    }

    private long NextWorldEventUs => Math.Min(_exhaustedUs, NextListedEventUs);

    private long NextListedEventUs => _nextWorldEvent < _worldEvents.Length ? _worldEvents[_nextWorldEvent].TimeUs : long.MaxValue;

    private bool ApplyWorldEvents(long timeUs)
    {
        bool isAny = false;
        while (NextWorldEventUs <= timeUs)
        {
            if (_exhaustedUs <= NextListedEventUs)
            {
                LosePower();
                continue;
            }

            WorldEvent worldEvent = _worldEvents[_nextWorldEvent];
            _nextWorldEvent++;
            isAny = true;
            _parts.Recorder.AdvanceTo(timeUs);
            if (worldEvent.Fault is FaultKind fault)
            {
                ApplyFault(fault, worldEvent, timeUs);
            }
            else if (worldEvent.IsBegin)
            {
                LoseMains(timeUs);
            }
            else
            {
                ReturnMains(timeUs);
            }
        }

        return isAny;
    }

    // What is stored on the board keeps the controller alive for a while, the luminaire not.
    private void LoseMains(long timeUs)
    {
        _hasMains = false;
        if (_controller is null || _parts.HoldUpUs == 0)
        {
            LosePower();
            return;
        }

        _exhaustedUs = timeUs + _parts.HoldUpUs;
        _parts.Luminaire.SetMains(false);
        _parts.Recorder.SetFed(false);
        _parts.Recorder.DarknessExplainedUntilUs = long.MaxValue;
        _parts.Responses.Drop(timeUs);
    }

    private void ReturnMains(long timeUs)
    {
        _hasMains = true;
        if (_controller is null)
        {
            ReturnPower(timeUs);
            return;
        }

        _exhaustedUs = long.MaxValue;
        _parts.Luminaire.SetMains(true);
        _parts.Recorder.SetFed(true);
    }

    private void LosePower()
    {
        _exhaustedUs = long.MaxValue;
        if (_controller is null)
        {
            return;
        }

        Counters.Add(_controller);
        _controller = null;
        _wakeUs = long.MaxValue;
        _parts.Radio.PowerOff();
        _parts.SetSupply(false);
        _parts.Luminaire.SetFed(false);
        _parts.Recorder.SetFed(false);
        _parts.Recorder.DarknessExplainedUntilUs = long.MaxValue;
        _parts.Responses.Drop(_parts.Recorder.NowUs);
    }

    private void ReturnPower(long timeUs)
    {
        _powerReturnUs = timeUs;
        _parts.Luminaire.SetFed(true);
        _parts.Recorder.SetFed(true);
        _parts.SetSupply(true);
        StartController(timeUs, isPowerReturn: true);
    }

    private void StartController(long timeUs, bool isPowerReturn)
    {
        _parts.Crystal.Restart(timeUs);
        _parts.Radio.Antenna.PowerCutUs = NextPowerCutUs();
        _controller = new Controller(_parts.CreateHardware());
        _controller.Start(0, isPowerReturn);
        _wakeUs = timeUs;
        StartCount++;
    }

    private void ApplyFault(FaultKind fault, WorldEvent worldEvent, long timeUs)
    {
        bool isBegin = worldEvent.IsBegin;
        switch (fault)
        {
            case FaultKind.LampFailure:
                SetLampFailed(isBegin, timeUs);
                break;
            case FaultKind.DayBurner:
                _parts.Luminaire.SetStuckOn(isBegin);
                break;
            case FaultKind.DimmerSilent:
                _parts.Luminaire.SetDimmerSilent(isBegin);
                break;
            case FaultKind.MeterSilent:
                _parts.SetTrouble(PartName.Meter, PartTrouble.Silent, isBegin, 0);
                break;
            case FaultKind.PhotocellFailed:
                _parts.SetTrouble(PartName.Photocell, PartTrouble.Silent, isBegin, 0);
                break;
            case FaultKind.PartTrouble when worldEvent.Injected is { Part: PartName.Gear } injected:
                SetGearTrouble(injected.Trouble, isBegin, timeUs);
                break;
            case FaultKind.PartTrouble when worldEvent.Injected is { Part: PartName.Relay }:
                _parts.Luminaire.SetRelayWelded(isBegin);
                break;
            case FaultKind.PartTrouble when worldEvent.Injected is { } injected:
                _parts.SetTrouble(injected.Part, injected.Trouble, isBegin, injected.Size);
                break;
            case FaultKind.OccupancyStuck:
                _parts.Pir?.SetStuck(isBegin, timeUs);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "The simulated pole does not know this fault.");
        }
    }

    private void SetGearTrouble(PartTrouble trouble, bool isBegin, long timeUs)
    {
        if (trouble == PartTrouble.LampFailed)
        {
            SetLampFailed(isBegin, timeUs);
            return;
        }

        _isGearFailed = isBegin;
        _parts.Responses.Drop(timeUs);
        if (_parts.Dimming is { } dimming)
        {
            dimming.SetGearFailed(isBegin);
        }
        else
        {
            _parts.Luminaire.SetGearFailed(isBegin);
        }
    }

    private void SetLampFailed(bool isFailed, long timeUs)
    {
        _isLampFailed = isFailed;
        _parts.Responses.Drop(timeUs);
        if (_parts.Dimming is { } dimming)
        {
            dimming.SetLampFailed(isFailed);
        }
        else
        {
            _parts.Luminaire.SetLampFailed(isFailed);
        }
    }

    // When the controller dies next: an outage that the board lives through is none.
    private long NextPowerCutUs()
    {
        long beginUs = long.MaxValue;
        for (int i = _nextWorldEvent; i < _worldEvents.Length; i++)
        {
            if (_worldEvents[i].Fault is not null)
            {
                continue;
            }

            if (!_worldEvents[i].IsBegin && beginUs != long.MaxValue && _worldEvents[i].TimeUs - beginUs > _parts.HoldUpUs)
            {
                break;
            }

            beginUs = _worldEvents[i].IsBegin ? _worldEvents[i].TimeUs : long.MaxValue;
        }

        return beginUs == long.MaxValue ? long.MaxValue : beginUs + _parts.HoldUpUs;
    }
}
