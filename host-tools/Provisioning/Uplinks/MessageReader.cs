// What an uplink says: its payload read with the controller's own code, each statement with the moment it is about. Not for several threads at once.
using PoleController.Alarms;
using PoleController.Messages;
using PoleController.Messages.Entries;

namespace Provisioning.Uplinks;

/// <summary>What becomes of an uplink.</summary>
public enum UplinkState
{
    /// <summary>It was read, or carries nothing on the controller's ports.</summary>
    Read,

    /// <summary>Its payload is none that the controller sends; it is kept as it came.</summary>
    Undecodable,

    /// <summary>The workspace does not know the controller; it is kept as it came and read when the controller is there.</summary>
    Unknown,
}

/// <summary>An alarm as an uplink tells it.</summary>
/// <param name="AtUtcMs">When it happened.</param>
/// <param name="IsRaised">Whether it began or changed; else it ended.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Reason">Why, a <see cref="PoleController.HealthReason"/>.</param>
/// <param name="Size">Its size in the unit of the kind.</param>
internal sealed record AlarmTold(long AtUtcMs, bool IsRaised, AlarmKind Kind, int Reason, int Size);

/// <summary>Takes what uplinks say.</summary>
internal interface IMessageSink
{
    void Status(Uplink uplink, StatusMessage status);

    void Answer(Uplink uplink, CommandAnswer answer);

    void Alarm(Uplink uplink, AlarmTold alarm);

    /// <summary>A counter of energy as it stood at a moment.</summary>
    void Energy(Uplink uplink, long atUtcMs, long energyWattHours);

    /// <summary>Values of a kind of measurement, taken at a moment.</summary>
    void Measurement(Uplink uplink, long atUtcMs, MeasurementEntry entry, byte[] values);
}

/// <summary>Reads uplinks.</summary>
internal sealed class MessageReader(IMessageSink sink)
{
    // A clock that is further ahead of the network than this is not believed.
    private const long MostAheadMs = 3_600_000;

    private readonly StatusMessage _status = new();
    private readonly CommandAnswer _answer = new();
    private readonly AlarmMessage _alarm = new();
    private readonly JournalMessage _journal = new();
    private readonly MeasurementMessage _measurement = new();

    /// <summary>Reads an uplink of a known controller.</summary>
    public UplinkState Read(Uplink uplink)
    {
        byte[] payload = uplink.Payload;
        CommandError error = uplink.FPort switch
        {
            MessagePort.Status => ReadStatus(uplink, payload),
            MessagePort.Command => ReadAnswer(uplink, payload),
            MessagePort.Alarm => ReadAlarm(uplink, payload),
            MessagePort.Journal => ReadJournal(uplink, payload),
            MessagePort.Measurement => ReadMeasurement(uplink, payload),
            _ => CommandError.Ok,
        };
        return error == CommandError.Ok ? UplinkState.Read : UplinkState.Undecodable;
    }

    private CommandError ReadStatus(Uplink uplink, byte[] payload)
    {
        CommandError error = _status.Decode(payload, payload.Length);
        if (error == CommandError.Ok)
        {
            sink.Status(uplink, _status);
        }

        return error;
    }

    private CommandError ReadAnswer(Uplink uplink, byte[] payload)
    {
        CommandError error = _answer.Decode(payload, payload.Length);
        if (error == CommandError.Ok)
        {
            sink.Answer(uplink, _answer);
        }

        return error;
    }

    private CommandError ReadAlarm(Uplink uplink, byte[] payload)
    {
        CommandError error = _alarm.Decode(payload, payload.Length);
        if (error == CommandError.Ok)
        {
            sink.Alarm(uplink, new AlarmTold(uplink.ReceivedAtUtcMs - (_alarm.AgeSeconds * 1000L), _alarm.IsRaised, _alarm.Kind, (int)_alarm.Reason, _alarm.Value));
        }

        return error;
    }

    private CommandError ReadJournal(Uplink uplink, byte[] payload)
    {
        CommandError error = _journal.Decode(payload, payload.Length);
        while (error == CommandError.Ok && _journal.MoveNext(payload, payload.Length))
        {
            // Without a clock the times count from some start of the controller: an alarm is told as of now, values of no known time are not kept.
            long? known = At(uplink, _journal.ClockAccuracy, _journal.FirstSeconds + _journal.AfterSeconds);
            switch (_journal.EntryKind)
            {
                case JournalEntryKind.Alarm or JournalEntryKind.ValuedAlarm:
                    JournalAlarm alarm = _journal.Alarm;
                    sink.Alarm(uplink, new AlarmTold(known ?? uplink.ReceivedAtUtcMs, alarm.IsRaised, alarm.Kind, (int)alarm.Reason, alarm.Value));
                    break;
                case JournalEntryKind.Interval when known is { } at:
                    sink.Energy(uplink, at, _journal.Interval.EnergyWattHours);
                    break;
                case not (JournalEntryKind.Emergency or JournalEntryKind.Interval) when known is { } at && _journal.Measurement is { } entry:
                    sink.Measurement(uplink, at, entry, ValuesOf(entry));
                    break;
            }
        }

        return error;
    }

    private CommandError ReadMeasurement(Uplink uplink, byte[] payload)
    {
        CommandError error = _measurement.Decode(payload, payload.Length);
        long at = At(uplink, _measurement.ClockAccuracy, _measurement.Seconds) ?? uplink.ReceivedAtUtcMs;
        while (error == CommandError.Ok && _measurement.MoveNext(payload, payload.Length))
        {
            sink.Measurement(uplink, at, _measurement.Entry!, ValuesOf(_measurement.Entry!));
        }

        return error;
    }

    // The bytes that the entry was read from: encoding is the inverse of decoding, as the controller's property tests hold.
    private static byte[] ValuesOf(MeasurementEntry entry)
    {
        byte[] values = new byte[entry.Length];
        entry.Encode(values, 0);
        return values;
    }

    private static long? At(Uplink uplink, ClockAccuracy accuracy, long seconds)
    {
        long utcMs = seconds * 1000;
        return accuracy == ClockAccuracy.Unknown || utcMs > uplink.ReceivedAtUtcMs + MostAheadMs ? null : Math.Min(utcMs, uplink.ReceivedAtUtcMs);
    }
}
