// What a pole should have against what it says it has.
using System.Data.Common;
using Provisioning.Controllers;
using Provisioning.Poles;
using Provisioning.Programs;

namespace Provisioning.Downlinks;

/// <summary>How a pole stands.</summary>
public enum StepState
{
    /// <summary>It has what it should have.</summary>
    InStep,

    /// <summary>It has something else, and an order is on its way or can be given.</summary>
    Behind,

    /// <summary>It refused what it should have.</summary>
    Refused,

    /// <summary>It carried everything out and has something else all the same: somebody set what the program files do not speak of.</summary>
    Differs,

    /// <summary>It did not answer, however often it was asked.</summary>
    Unanswered,

    /// <summary>It never said what it has.</summary>
    NeverHeard,

    /// <summary>No controller hangs in it.</summary>
    NoController,

    /// <summary>No program file is assigned to it.</summary>
    NothingAssigned,

    /// <summary>No assigned file says what local time is.</summary>
    NoLocalTime,
}

/// <summary>A pole's settings compared.</summary>
/// <param name="Pole">The pole.</param>
/// <param name="Controller">The controller in it; null for none.</param>
/// <param name="State">How it stands.</param>
/// <param name="Wanted">What it should have; null when nothing is assigned.</param>
/// <param name="Reported">What it said last; null for nothing.</param>
/// <param name="Order">The newest order of settings to its controller; null for none.</param>
public sealed record PoleComparison(Pole Pole, Controller? Controller, StepState State, PoleSettings? Wanted, ReportedSettings? Reported, Order? Order)
{
    // Once with what differs as far as it was known, once with everything: after that sending again changes nothing.
    internal const int EnoughOrders = 2;

    /// <summary>Compares the poles of a filter.</summary>
    internal static List<PoleComparison> All(DbConnection connection, PoleFilter filter, Func<Pole, bool>? chosen = null) =>
        Of(connection, PoleTable.All(connection).Where(pole => filter.Matches(pole) && chosen?.Invoke(pole) != false).OrderBy(pole => pole.Id, StringComparer.Ordinal));

    /// <summary>Compares poles that have been read.</summary>
    internal static List<PoleComparison> Of(DbConnection connection, IEnumerable<Pole> poles)
    {
        WantedSettings wanted = WantedSettings.Load(connection);
        Dictionary<string, Controller> controllers = ControllerTable.All(connection).Where(controller => controller.PoleId is not null)
            .ToDictionary(controller => controller.PoleId!, StringComparer.Ordinal);
        Dictionary<string, ReportedSettings> reported = ReportedSettingsTable.All(connection);
        Dictionary<string, Order> orders = OrderTable.NewestSettings(connection);
        List<PoleComparison> all = [];
        foreach (Pole pole in poles)
        {
            Controller? controller = controllers.GetValueOrDefault(pole.Id);
            ReportedSettings? said = controller is null ? null : reported.GetValueOrDefault(controller.DevEui);
            Order? order = controller is null ? null : orders.GetValueOrDefault(controller.DevEui);
            PoleSettings settings = wanted.For(pole);
            StepState state = StateOf(connection, settings, controller, said, order);
            all.Add(new PoleComparison(pole, controller, state, settings.Files.Count == 0 ? null : settings, said, order));
        }

        return all;
    }

    private static StepState StateOf(DbConnection connection, PoleSettings settings, Controller? controller, ReportedSettings? reported, Order? order)
    {
        if (settings.Files.Count == 0 || !settings.HasLocalTime)
        {
            return settings.Files.Count == 0 ? StepState.NothingAssigned : StepState.NoLocalTime;
        }

        if (controller is null || reported is null)
        {
            return controller is null ? StepState.NoController : StepState.NeverHeard;
        }

        if (reported.Hash == settings.Hash)
        {
            return StepState.InStep;
        }

        bool isOfThese = order is not null && order.WantedHash == settings.Hash;
        return isOfThese && order!.State == OrderState.Refused ? StepState.Refused
            : isOfThese && order!.State == OrderState.Unanswered ? StepState.Unanswered
            : isOfThese && order!.State == OrderState.Done && OrderTable.DoneCount(connection, controller.DevEui, settings.Hash) >= EnoughOrders ? StepState.Differs
            : StepState.Behind;
    }
}
