// A commissioning from the first question to the signature. Each step is kept before the next one begins; whatever ends it in between leaves it open, and the next run
// at the same pole goes on: what has passed is not asked again, everything else is.
using Provisioning.Commissioning.Steps;
using Provisioning.Controllers;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.ServicePort;
using Provisioning.Workspaces;

namespace Provisioning.Commissioning;

/// <summary>Runs commissionings.</summary>
public sealed class CommissioningRun
{
    // Identity, unlocking and clock are looked at on every run: the cable may have been moved, and a controller that lost its power has forgotten the time.
    private static readonly (string Name, Func<CommissioningVisit, IEnumerable<CommissioningStep>> Run)[] s_steps =
    [
        (StepNames.Clock, ClockStep.Run), (StepNames.Settings, SettingsStep.Run), (StepNames.Network, NetworkStep.Run), (StepNames.Component, ComponentSteps.Components),
        (StepNames.Board, ComponentSteps.Board), (StepNames.Lamp, LampSteps.Run), (StepNames.Sensor, SensorSteps.Sensors), (StepNames.Upright, SensorSteps.Upright),
        (StepNames.Position, PositionStep.Run), (StepNames.Alarms, AlarmStep.Run),
    ];

    private readonly Workspace _workspace;
    private readonly ServiceSession _session;
    private readonly ITechnician _technician;
    private readonly CommissioningRequest _request;
    private readonly TimeProvider _time;

    /// <summary>Makes it.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="session">The session at the pole, not unlocked yet.</param>
    /// <param name="technician">Who is asked.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="time">The clock.</param>
    public CommissioningRun(Workspace workspace, ServiceSession session, ITechnician technician, CommissioningRequest request, TimeProvider time)
    {
        _workspace = workspace;
        _session = session;
        _technician = technician;
        _request = request;
        _time = time;
    }

    /// <summary>Told when an interrupted one goes on: how many steps have passed already. May be null.</summary>
    public Action<int>? Continued { get; init; }

    /// <summary>Told of each step that has a result. May be null.</summary>
    public Action<CommissioningStep>? Stepped { get; init; }

    /// <summary>Carries it out.</summary>
    /// <returns>The protocol, ended and signed.</returns>
    /// <exception cref="ProblemException">There is no such pole or controller, the member may not, or the port is gone: then it stays open.</exception>
    public CommissioningProtocol Run()
    {
        (Pole pole, Controller controller) = _workspace.Read(connection => CommissioningStore.Resolve(connection, _request.PoleId, _session.Identity.DevEui));
        CommissioningProtocol protocol = CommissioningStore.Begin(_workspace, _request.PoleId, _session.Identity, _request.IsAnew);
        if (protocol.Steps.Count > 0)
        {
            Continued?.Invoke(protocol.Count(StepResult.Passed));
        }

        HashSet<string> done = [.. protocol.Steps.Where(step => step.Result == StepResult.Passed).Select(step => step.Key)];
        CommissioningVisit visit = new()
        {
            Session = _session,
            Pole = pole,
            Controller = controller,
            Technician = _technician,
            Request = _request,
            Time = _time,
            IsDone = (name, part) => done.Contains(part.Length == 0 ? name : name + "/" + part),
        };
        bool isReached = Carry(IdentityStep.Run(visit), ref protocol) && Carry(Unlock(), ref protocol);
        foreach ((string name, Func<CommissioningVisit, IEnumerable<CommissioningStep>> run) in s_steps)
        {
            if (!isReached)
            {
                Carry([CommissioningStep.Skipped(name, "", StepReasons.NotReached)], ref protocol);
            }
            else if (name == StepNames.Clock || !IsWhole(protocol, name))
            {
                Carry(run(visit), ref protocol);
            }
        }

        if (isReached)
        {
            _session.Ask("lock");
        }

        return CommissioningStore.Finish(_workspace, protocol);
    }

    private bool Carry(IEnumerable<CommissioningStep> steps, ref CommissioningProtocol protocol)
    {
        bool isPassed = true;
        foreach (CommissioningStep step in steps)
        {
            protocol = CommissioningStore.Save(_workspace, protocol, step);
            Stepped?.Invoke(step);
            isPassed &= step.Result != StepResult.Failed;
        }

        return isPassed;
    }

    private IEnumerable<CommissioningStep> Unlock()
    {
        string? reason = null;
        try
        {
            _session.Unlock();
        }
        catch (ProblemException exception) when (exception.Problems[0].Key is "problem.service.refused" or "problem.service.noKey" or "problem.service.tooSoon")
        {
            reason = exception.Problems[0].Key.Split('.')[^1];
        }

        yield return reason is null ? CommissioningStep.Passed(StepNames.Unlock) : CommissioningStep.Failed(StepNames.Unlock, "", reason);
    }

    // Done before the interruption: a later step has a result too, or all that this one gives has passed and it has no parts that could be missing.
    private static bool IsWhole(CommissioningProtocol protocol, string name)
    {
        CommissioningStep[] known = [.. protocol.Steps.Where(step => step.Name == name)];
        int place = Array.FindIndex(s_steps, step => step.Name == name);
        bool isFollowed = s_steps[(place + 1)..].Any(later => protocol.Steps.Any(step => step.Name == later.Name));
        bool hasParts = known.Any(step => step.Part.Length > 0);
        return known.Length > 0 && known.All(step => step.Result == StepResult.Passed || step is { Result: StepResult.Skipped, Reason: StepReasons.NotFitted }) && (isFollowed || !hasParts);
    }
}
