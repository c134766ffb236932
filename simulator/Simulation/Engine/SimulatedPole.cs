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

    // What every event looks at, in this object itself.
    private readonly Fitting[] _wakers;
    private readonly PirPart? _pir;
    private readonly PoleRadio _radio;
    private readonly PoleRecorder _recorder;
    private readonly ResponseMeter _responses;
    private readonly Crystal _crystal;
    private readonly LuminairePart _luminaire;
    private readonly DimmingFitting? _dimming;
    private readonly ObedienceMeter? _obedience;
    private readonly NeighbourMeter? _neighbours;
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
        _wakers = parts.Wakers;
        _pir = parts.Pir;
        _radio = parts.Radio;
        _recorder = parts.Recorder;
        _responses = parts.Responses;
        _crystal = parts.Crystal;
        _luminaire = parts.Luminaire;
        _dimming = parts.Dimming;
        _obedience = parts.Obedience;
        _neighbours = parts.Neighbours;
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
            _radio.Antenna.Announce(downlink);
            NextEventUs = Math.Min(NextEventUs, _radio.NextEventUs);
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
        _radio.Antenna.Uplinks = uplinks;
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
        _recorder.Finish(timeUs);
        _responses.Drop(timeUs);
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

        if (_pir is not null && _pir.NextEventUs <= timeUs && _pir.Advance(timeUs, _recorder))
        {
            hasInput = true;
            BeginResponse(_pir, timeUs);
        }

        if (_radio.NextEventUs <= timeUs && _radio.Advance(timeUs))
        {
            hasInput = true;
        }

        foreach (Fitting waker in _wakers)
        {
            hasInput |= waker.NextEventUs <= timeUs && waker.Advance(timeUs);
        }

        if (hasInput || _wakeUs <= timeUs)
        {
            StepController(timeUs);
        }

        long nextUs = Math.Min(Math.Min(_wakeUs, _radio.NextEventUs), NextWorldEventUs);
        foreach (Fitting waker in _wakers)
        {
            nextUs = Math.Min(nextUs, waker.NextEventUs);
        }

        NextEventUs = _pir is null ? nextUs : Math.Min(nextUs, _pir.NextEventUs);
    }

    private void StepController(long timeUs)
    {
        Controller controller = _controller!;
        long nowMs = _crystal.LocalMs(timeUs);
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

        _wakeUs = _crystal.TimeUs(wakeMs);
        ObserveController(controller, timeUs);
        if (controller.IsRestartDue)
        {
            // What the board does then: the controller and its radio start anew, the luminaire stays fed.
            Counters.Add(controller);
            _radio.PowerOff();
            StartController(timeUs, isPowerReturn: false);
        }
    }

    private void ObserveController(Controller controller, long timeUs)
    {
        LightingControl lighting = controller.Lighting;
        _recorder.SetState(timeUs, (int)lighting.Cause, DarknessExplainedUntilUs(lighting, timeUs));
        int lightPermille = _luminaire.LightPermille;
        _obedience?.Observe(timeUs, lightPermille, _dimming);
        _neighbours?.Observe(timeUs, lighting.Cause, lightPermille);
        if (_responses.IsPending)
        {
            int expectedPermille = OccupancyPromise.LevelPermille(controller);
            _responses.LowerTo(expectedPermille);
            _responses.Observe(timeUs, lightPermille + (_dimming?.TolerancePermille(lightPermille) ?? 0));
            if (expectedPermille == 0)
            {
                _responses.Drop(timeUs);
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
            _ => _dimming?.StartingUntilUs ?? 0,
        };
    }

    private void BeginResponse(PirPart pir, long timeUs)
    {
        Controller controller = _controller!;
        int expectedPermille = OccupancyPromise.LevelPermille(controller);
        int lightPermille = _luminaire.LightPermille;
        int seenPermille = lightPermille + (_dimming?.TolerancePermille(lightPermille) ?? 0);
        bool canRespond = !_isLampFailed && !_isGearFailed && _hasMains && _dimming is not { IsInTrouble: true };
        if (pir.IsActive && !pir.IsStuck)
        {
            _neighbours?.OnArrival(timeUs, pir.IsForward, controller.Lighting.Cause, canRespond ? expectedPermille : 0, seenPermille);
        }

        if (pir.IsActive && canRespond && !pir.IsStuck && expectedPermille > seenPermille)
        {
            _responses.Begin(timeUs, expectedPermille);
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
            _recorder.AdvanceTo(timeUs);
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
        _luminaire.SetMains(false);
        _recorder.SetFed(false);
        _recorder.DarknessExplainedUntilUs = long.MaxValue;
        _responses.Drop(timeUs);
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
        _luminaire.SetMains(true);
        _recorder.SetFed(true);
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
        _radio.PowerOff();
        _parts.SetSupply(false);
        _luminaire.SetFed(false);
        _recorder.SetFed(false);
        _recorder.DarknessExplainedUntilUs = long.MaxValue;
        _responses.Drop(_recorder.NowUs);
    }

    private void ReturnPower(long timeUs)
    {
        _powerReturnUs = timeUs;
        _luminaire.SetFed(true);
        _recorder.SetFed(true);
        _parts.SetSupply(true);
        StartController(timeUs, isPowerReturn: true);
    }

    private void StartController(long timeUs, bool isPowerReturn)
    {
        _crystal.Restart(timeUs);
        _radio.Antenna.PowerCutUs = NextPowerCutUs();
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
                _luminaire.SetStuckOn(isBegin);
                break;
            case FaultKind.DimmerSilent:
                _luminaire.SetDimmerSilent(isBegin);
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
                _luminaire.SetRelayWelded(isBegin);
                break;
            case FaultKind.PartTrouble when worldEvent.Injected is { } injected:
                _parts.SetTrouble(injected.Part, injected.Trouble, isBegin, injected.Size);
                break;
            case FaultKind.OccupancyStuck:
                _pir?.SetStuck(isBegin, timeUs);
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
        _responses.Drop(timeUs);
        if (_dimming is { } dimming)
        {
            dimming.SetGearFailed(isBegin);
        }
        else
        {
            _luminaire.SetGearFailed(isBegin);
        }
    }

    private void SetLampFailed(bool isFailed, long timeUs)
    {
        _isLampFailed = isFailed;
        _responses.Drop(timeUs);
        if (_dimming is { } dimming)
        {
            dimming.SetLampFailed(isFailed);
        }
        else
        {
            _luminaire.SetLampFailed(isFailed);
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
