// The operator behind the network server: hears what poles report, gives the scenario's commands, asks again when no answer comes.
// It sees nothing but messages; whether they are true is judged elsewhere, at the lamps.
using PoleController.Messages;
using SettingsFiles;
using Simulation.Network;
using Simulation.Scenarios;

namespace Simulation.Operation;

/// <summary>The operator of a fleet. Called serially, in order of time.</summary>
public sealed class FleetOperator : IApplicationServer
{
    /// <summary>How long an answer is waited for before a command is sent again.</summary>
    public const long AnswerTimeoutUs = 20_000_000;

    /// <summary>
    /// How long a command may wait for a gateway: an hour, in which every gateway's duty cycle comes round once (EN 300 220-2 counts by the hour). A
    /// thousand poles are not told in a minute.
    /// </summary>
    public const long QueueLifetimeUs = 3_600_000_000;

    /// <summary>How often a command is sent before it is given up. One that never came into the air in its time counts as sent.</summary>
    public const int MaximumAttempts = 5;

    private readonly PoleRecord[] _poles;
    private readonly MulticastOrders _multicasts;
    private readonly SettingsBlockOrders _settingsBlocks;
    private readonly List<ReceivedAlarm> _alarms = [];
    private readonly SortedSet<(long TimeUs, int PoleIndex)> _retries = [];
    private readonly IReadOnlyList<DimmingProgram> _programs;
    private readonly StatusMessage _status = new();
    private readonly AlarmMessage _alarm = new();
    private readonly CommandAnswer _answer = new();
    private FleetNetwork? _network;
    private int _nextOrder;
    private int _toldAlarmCount;

    /// <summary>Makes an operator.</summary>
    /// <param name="poleCount">Poles in the fleet.</param>
    /// <param name="orders">What it will command, ordered by time.</param>
    /// <param name="programs">The scenario's programs, which orders refer to.</param>
    /// <param name="startUtcMs">UTC at the start of the run, in milliseconds since 1970.</param>
    public FleetOperator(int poleCount, IReadOnlyList<CommandOrder> orders, IReadOnlyList<DimmingProgram> programs, long startUtcMs)
    {
        Journal = new JournalInbox(startUtcMs);
        Measurements = new MeasurementInbox(startUtcMs);
        Orders = orders;
        _programs = programs;
        _poles = new PoleRecord[poleCount];
        for (int i = 0; i < poleCount; i++)
        {
            _poles[i] = new PoleRecord();
        }

        _multicasts = new MulticastOrders(_poles);
        _settingsBlocks = new SettingsBlockOrders(programs);
    }

    /// <summary>What it knows of the poles.</summary>
    public IReadOnlyList<PoleRecord> Poles => _poles;

    /// <summary>The alarms it got, in the order in which they arrived.</summary>
    public IReadOnlyList<ReceivedAlarm> Alarms => _alarms;

    /// <summary>Who else gets every alarm, in the order in which they arrive; null for nobody.</summary>
    public Action<ReceivedAlarm>? AlarmReceived { get; set; }

    /// <summary>What came by the poles' journals.</summary>
    public JournalInbox Journal { get; }

    /// <summary>What the poles measured.</summary>
    public MeasurementInbox Measurements { get; }

    /// <summary>Its orders.</summary>
    public IReadOnlyList<CommandOrder> Orders { get; }

    /// <summary>When it has something to do by itself next.</summary>
    public long NextEventUs => _retries.Count > 0 ? Math.Min(NextOrderUs, _retries.Min.TimeUs) : NextOrderUs;

    /// <summary>When it gives its next order.</summary>
    public long NextOrderUs => _nextOrder < Orders.Count ? Orders[_nextOrder].TimeUs : long.MaxValue;

    /// <summary>
    /// Whether it waits for nothing from a pole: then it sends it nothing before the next order, unless the pole speaks first. May be called
    /// by several threads while no other member is.
    /// </summary>
    public bool IsQuiet(int poleIndex) => _poles[poleIndex].Pending is null;

    /// <summary>Connects it to the network server, once, before the run.</summary>
    public void Connect(FleetNetwork network) => _network = network;

    /// <summary>Gives the orders and repetitions that are due before a moment.</summary>
    public void Run(long untilUs)
    {
        while (_nextOrder < Orders.Count && Orders[_nextOrder].TimeUs < untilUs)
        {
            Give(Orders[_nextOrder], untilUs);
            _nextOrder++;
        }

        while (_retries.Count > 0 && _retries.Min.TimeUs < untilUs)
        {
            int poleIndex = _retries.Min.PoleIndex;
            _retries.Remove(_retries.Min);
            Retry(poleIndex, untilUs);
        }
    }

    /// <inheritdoc/>
    public void OnJoined(int poleIndex, long timeUs)
    {
        PoleRecord pole = _poles[poleIndex];
        pole.JoinCount++;
        if (pole.JoinedUs < 0)
        {
            pole.JoinedUs = timeUs;
        }
    }

    /// <inheritdoc/>
    public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception)
    {
        PoleRecord pole = _poles[poleIndex];
        if (pole.LastHeardUs >= 0)
        {
            pole.LongestSilenceUs = Math.Max(pole.LongestSilenceUs, timeUs - pole.LastHeardUs);
        }

        pole.LastHeardUs = timeUs;
        pole.SpreadingFactor = reception.SpreadingFactor;
        bool isRead = fPort switch
        {
            MessagePort.Status => TakeStatus(pole, timeUs, payload, length),
            MessagePort.Alarm => TakeAlarm(poleIndex, timeUs, payload, length),
            MessagePort.Journal => Journal.TryTake(poleIndex, pole, timeUs, payload, length, _alarms, Measurements),
            MessagePort.Measurement => Measurements.TryTake(poleIndex, timeUs, payload, length),
            MessagePort.Command => TakeAnswer(poleIndex, timeUs, payload, length),
            _ => false,
        };
        if (!isRead)
        {
            pole.UnreadableCount++;
        }

        while (_toldAlarmCount < _alarms.Count)
        {
            AlarmReceived?.Invoke(_alarms[_toldAlarmCount++]);
        }
    }

    /// <inheritdoc/>
    public void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt)
    {
        // The answer's time-out begins when the command is in the air, not when it was queued behind a duty cycle.
        CountAttempt(poleIndex, downlinkId, startUs);
    }

    /// <inheritdoc/>
    public void OnMulticastSent(int groupIndex, long downlinkId, long startUs, long endUs) =>
        PostponeMembers(groupIndex, downlinkId, endUs + AnswerTimeoutUs, isAnswered: true);

    /// <inheritdoc/>
    public void OnMulticastFailed(int groupIndex, long downlinkId, long timeUs) => PostponeMembers(groupIndex, downlinkId, timeUs, isAnswered: false);

    /// <inheritdoc/>
    public void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs)
    {
        // Commands are unconfirmed: the pole's own answer says more than an acknowledgement.
    }

    /// <inheritdoc/>
    public void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure)
    {
        CountAttempt(poleIndex, downlinkId, timeUs);
    }

    private void Give(CommandOrder order, long nowUs)
    {
        if (order.Command.Action is SendSettingsBlockAction block)
        {
            _settingsBlocks.Give(_network!, order, block, nowUs);
            return;
        }

        byte[] payload = CommandPayload.Create(order.Command.Action, _programs);
        int[] members = order.GroupIndex < 0 ? [] : GiveToGroup(order, payload, nowUs);
        foreach (int poleIndex in order.PoleIndices)
        {
            if (Array.BinarySearch(members, poleIndex) >= 0)
            {
                continue;
            }

            if (order.GroupIndex >= 0)
            {
                order.AddRepaired();
            }

            PoleRecord pole = _poles[poleIndex];
            PendingCommand command = new() { Order = order, Payload = (byte[])payload.Clone() };
            if (pole.Pending is null)
            {
                Send(poleIndex, command, nowUs);
            }
            else
            {
                pole.Waiting ??= new Queue<PendingCommand>();
                pole.Waiting.Enqueue(command);
            }
        }
    }

    /// <summary>Gives an order to the group; its members wait for their answers from now on.</summary>
    /// <returns>Whom the multicast is for.</returns>
    private int[] GiveToGroup(CommandOrder order, byte[] payload, long nowUs)
    {
        int[] members = _multicasts.Give(_network!, order, payload, nowUs);
        if (members.Length == 0)
        {
            return members;
        }

        foreach (int poleIndex in order.PoleIndices)
        {
            _poles[poleIndex].NextSequence = (payload[1] + 1) & 0xFF;
        }

        foreach (int poleIndex in members)
        {
            // Until it is known when the last gateway sends it.
            var command = new PendingCommand { Order = order, Payload = payload, Sequence = payload[1], RetryUs = long.MaxValue };
            _poles[poleIndex].Pending = command;
        }

        return members;
    }

    private void PostponeMembers(int groupIndex, long downlinkId, long retryUs, bool isAnswered)
    {
        CommandOrder? order = _multicasts.Take(groupIndex, downlinkId);
        retryUs += isAnswered && order is not null ? MulticastOrders.AnswerWindowSeconds(order.HearerCount) * 1_000_000L : 0;
        foreach (int poleIndex in order?.PoleIndices ?? [])
        {
            if (_poles[poleIndex].Pending is { } pending && pending.Order == order)
            {
                Postpone(poleIndex, pending, retryUs);
            }
        }
    }

    private void Postpone(int poleIndex, PendingCommand command, long retryUs)
    {
        _retries.Remove((command.RetryUs, poleIndex));
        command.RetryUs = retryUs;
        _retries.Add((retryUs, poleIndex));
    }

    private void Send(int poleIndex, PendingCommand command, long nowUs)
    {
        PoleRecord pole = _poles[poleIndex];
        pole.Pending = command;
        if (command.Sequence < 0)
        {
            command.Sequence = pole.NextSequence;
            pole.NextSequence = (pole.NextSequence + 1) & 0xFF;
            command.Payload[1] = (byte)command.Sequence;
        }

        // Postponed first: what is sent at once moves it again. A queue is left by being sent or by failing; the time-out is there for neither happening.
        Postpone(poleIndex, command, nowUs + QueueLifetimeUs + AnswerTimeoutUs);
        bool isQueued = _network!.TryEnqueue(
            poleIndex, MessagePort.Command, command.Payload, command.Payload.Length, false, nowUs, out long downlinkId, QueueLifetimeUs,
            command.Order.Tally);
        command.DownlinkId = downlinkId;
        if (!isQueued)
        {
            // A pole that has not joined yet cannot be sent anything: that is tried again, and does not count as an attempt.
            command.AttemptCount += pole.JoinedUs >= 0 ? 1 : 0;
            Postpone(poleIndex, command, nowUs + AnswerTimeoutUs);
        }
    }

    private void CountAttempt(int poleIndex, long downlinkId, long timeUs)
    {
        PendingCommand? pending = _poles[poleIndex].Pending;
        if (pending is not null && pending.DownlinkId == downlinkId)
        {
            pending.AttemptCount++;
            Postpone(poleIndex, pending, timeUs + AnswerTimeoutUs);
        }
    }

    private void Retry(int poleIndex, long nowUs)
    {
        PoleRecord pole = _poles[poleIndex];
        PendingCommand? command = pole.Pending;
        if (command is null)
        {
            return;
        }

        if (command.Order.GroupIndex >= 0 && command.AttemptCount == 0)
        {
            // It listens, as far as is known, and did not answer: from here on it is asked by itself.
            command.Order.AddRepaired();
            _network!.DoubtMember(command.Order.GroupIndex, poleIndex);
        }

        if (command.AttemptCount >= MaximumAttempts)
        {
            FinishPending(poleIndex, nowUs);
        }
        else
        {
            Send(poleIndex, command, nowUs);
        }
    }

    private void FinishPending(int poleIndex, long nowUs)
    {
        PoleRecord pole = _poles[poleIndex];
        if (pole.Pending is not null)
        {
            _retries.Remove((pole.Pending.RetryUs, poleIndex));
            pole.Pending = null;
        }

        if (pole.Waiting is not null && pole.Waiting.TryDequeue(out PendingCommand? next))
        {
            Send(poleIndex, next, nowUs);
        }
    }

    private bool TakeStatus(PoleRecord pole, long timeUs, byte[] payload, int length)
    {
        if (_status.Decode(payload, length) != CommandError.Ok)
        {
            return false;
        }

        pole.StatusCount++;
        pole.SettingsHash = _status.SettingsHash;
        pole.EnergyWattHours = _status.EnergyWattHours;
        pole.Intervals.AddLive(timeUs, _status.OccupancyIntervalSeconds * 1_000_000L, _status.OccupancyCount);
        return true;
    }

    private bool TakeAlarm(int poleIndex, long timeUs, byte[] payload, int length)
    {
        if (_alarm.Decode(payload, length) != CommandError.Ok)
        {
            return false;
        }

        long happenedUs = Math.Max(0, timeUs - (_alarm.AgeSeconds * 1_000_000L));
        _alarms.Add(new ReceivedAlarm(
            poleIndex, happenedUs, timeUs, _alarm.Kind, _alarm.IsRaised, _alarm.LevelPermille, _alarm.PowerMilliwatts)
        {
            Value = _alarm.Value,
        });
        _poles[poleIndex].AlarmCount += _alarm.IsRaised ? 1 : 0;
        return true;
    }

    private bool TakeAnswer(int poleIndex, long timeUs, byte[] payload, int length)
    {
        if (_answer.Decode(payload, length) != CommandError.Ok)
        {
            return false;
        }

        if (_answer.CommandId == SettingsBlockConsumer.AnswerCommandId)
        {
            _settingsBlocks.TakeAnswer(poleIndex, _answer, timeUs);
            return true;
        }

        PendingCommand? pending = _poles[poleIndex].Pending;
        if (pending is not null && _answer.Sequence == pending.Sequence && _answer.CommandId == pending.Payload[0])
        {
            if (_answer.Error == CommandError.Ok)
            {
                pending.Order.AddObeyed(timeUs);
            }
            else
            {
                pending.Order.AddRefused();
            }

            FinishPending(poleIndex, timeUs);
        }

        return true;
    }
}
