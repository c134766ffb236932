// What the operator got of measurements, taken apart by pole and in order of time: for checks and report.
using PoleController.Messages.Entries;
using PoleController.Settings;

namespace Simulation.Operation;

/// <summary>What poles told of what they measure.</summary>
public sealed class ToldLog
{
    private const long HourUs = 3_600_000_000;

    private readonly List<ToldValue>[] _values;
    private readonly List<ToldTraffic>[] _traffic;
    private readonly long?[] _fullAtUs;

    /// <summary>Takes the measurements apart.</summary>
    /// <param name="inbox">What arrived.</param>
    /// <param name="poleCount">Poles in the fleet.</param>
    public ToldLog(MeasurementInbox inbox, int poleCount)
    {
        ArgumentNullException.ThrowIfNull(inbox);
        _values = [.. Enumerable.Range(0, poleCount).Select(static _ => new List<ToldValue>())];
        _traffic = [.. Enumerable.Range(0, poleCount).Select(static _ => new List<ToldTraffic>())];
        _fullAtUs = new long?[poleCount];
        foreach (ReceivedMeasurement received in inbox.Received.OrderBy(static item => item.TakenUs))
        {
            Take(received);
        }
    }

    /// <summary>The values that a pole told, ordered by when they were measured.</summary>
    public IReadOnlyList<ToldValue> Values(int poleIndex) => _values[poleIndex];

    /// <summary>The counts of travellers that a pole told, ordered by time.</summary>
    public IReadOnlyList<ToldTraffic> Traffic(int poleIndex) => _traffic[poleIndex];

    /// <summary>When a pole's container will be full by what it told last; null when it told nothing of that.</summary>
    public long? FullAtUs(int poleIndex) => _fullAtUs[poleIndex];

    private void Take(ReceivedMeasurement received)
    {
        List<ToldValue> values = _values[received.PoleIndex];
        switch (received.Kind)
        {
            case MeasurementKind.FillLevel:
                FillLevelEntry fill = received.Read<FillLevelEntry>();
                ToldValue.Add(fill, received.TakenUs, values);
                _fullAtUs[received.PoleIndex] = fill.HoursUntilFull >= 0 ? received.TakenUs + (fill.HoursUntilFull * HourUs) : null;
                break;
            case MeasurementKind.WaterLevel:
                ToldValue.Add(received.Read<WaterLevelEntry>(), received.TakenUs, values);
                break;
            case MeasurementKind.Particulates:
                ToldValue.Add(received.Read<ParticulatesEntry>(), received.TakenUs, values);
                break;
            case MeasurementKind.Climate:
                ToldValue.Add(received.Read<ClimateEntry>(), received.TakenUs, values);
                break;
            case MeasurementKind.Gas:
                ToldValue.Add(received.Read<GasEntry>(), received.TakenUs, values);
                break;
            case MeasurementKind.Luminaire:
                ToldValue.Add(received.Read<LuminaireEntry>(), received.TakenUs, values);
                break;
            case MeasurementKind.Pole:
                ToldValue.Add(received.Read<PoleEntry>(), received.TakenUs, values);
                break;
            case MeasurementKind.Traffic:
                _traffic[received.PoleIndex].Add(ToldTraffic.From(received.Read<TrafficEntry>(), received.TakenUs));
                break;
            default:
                break;
        }
    }
}
