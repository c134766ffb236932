// The air at one pole: what the pole sends goes out here, downlinks that come by are caught here. Every simulated form of the radio (the
// port without a chip, the chips) uses the same antenna, so all of them hear and send by the same rules. Whether a signal is strong enough is
// the channel's matter; when the radio listens and what it makes of a frame is the radio's.
using PoleController.Drivers;
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Radio;

namespace Simulation.Parts;

/// <summary>The antenna of one pole.</summary>
public sealed class Antenna
{
    /// <summary>Symbols of the preamble that must still come for a receiver to lock onto it (AN1200.13: 12.25 in all, 5 suffice).</summary>
    public const int LockSymbols = 5;

    private const int MaximumWaiting = 4;

    private readonly int _poleIndex;
    private readonly DownlinkTransmission?[] _waiting = new DownlinkTransmission?[MaximumWaiting];
    private long _listensFromUs = long.MaxValue;
    private int _frequencyHz;
    private int _spreadingFactor;
    private int _bandwidthHz;
    private long _nowUs;

    /// <summary>Makes an antenna that hears nothing yet.</summary>
    /// <param name="poleIndex">Whose it is.</param>
    public Antenna(int poleIndex) => _poleIndex = poleIndex;

    /// <summary>Where frames go; set by the engine before a step.</summary>
    public UplinkBuffer? Uplinks { get; set; }

    /// <summary>When the mains of this pole will fail next: a frame that would end later is cut off and nobody hears it.</summary>
    public long PowerCutUs { get; set; } = long.MaxValue;

    /// <summary>The downlink that the receiver is locked onto; null when there is none.</summary>
    public DownlinkTransmission? Locked { get; private set; }

    /// <summary>Told of every frame that goes out; null when nobody wants to know.</summary>
    public Action<UplinkTransmission>? Sent { get; set; }

    /// <summary>Downlinks received whole.</summary>
    public int ReceivedCount { get; private set; }

    /// <summary>Downlinks that came while the radio did not listen for them.</summary>
    public int MissedCount { get; private set; }

    /// <summary>When a downlink begins, ends or is gone next.</summary>
    public long NextEventUs { get; private set; } = long.MaxValue;

    /// <summary>A downlink will come by; the engine says so before its window begins.</summary>
    /// <param name="downlink">The downlink as this pole gets it.</param>
    public void Announce(DownlinkTransmission downlink)
    {
        ArgumentNullException.ThrowIfNull(downlink);
        for (int i = 0; i < MaximumWaiting; i++)
        {
            if (_waiting[i] is null)
            {
                _waiting[i] = downlink;
                UpdateNextEvent();
                return;
            }
        }

        MissedCount++;
    }

    /// <summary>Puts a frame on the air.</summary>
    /// <param name="startUs">When its preamble begins.</param>
    /// <param name="frequencyHz">Centre frequency.</param>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="bandwidthHz">Bandwidth.</param>
    /// <param name="powerDbm">Radiated power (EIRP).</param>
    /// <param name="frame">The PHY payload; copied.</param>
    /// <returns>When its last symbol ends.</returns>
    public long Send(long startUs, int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, ReadOnlySpan<byte> frame)
    {
        StopListening();
        long endUs = startUs + AirTime.FrameUs(spreadingFactor, bandwidthHz, frame.Length, hasCrc: true);
        if (endUs <= PowerCutUs && Uplinks is not null)
        {
            UplinkTransmission uplink = Uplinks.Rent();
            uplink.PoleIndex = _poleIndex;
            uplink.StartUs = startUs;
            uplink.EndUs = endUs;
            uplink.FrequencyHz = frequencyHz;
            uplink.SpreadingFactor = spreadingFactor;
            uplink.BandwidthHz = bandwidthHz;
            uplink.PowerDbm = powerDbm;
            uplink.Length = frame.Length;
            frame.CopyTo(uplink.Frame);
            Uplinks.Add(uplink);
            Sent?.Invoke(uplink);
        }

        return endUs;
    }

    /// <summary>Begins to listen; what was locked is lost.</summary>
    /// <param name="fromUs">From when on.</param>
    /// <param name="frequencyHz">Centre frequency.</param>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="bandwidthHz">Bandwidth.</param>
    public void Listen(long fromUs, int frequencyHz, int spreadingFactor, int bandwidthHz)
    {
        Locked = null;
        _listensFromUs = fromUs;
        _frequencyHz = frequencyHz;
        _spreadingFactor = spreadingFactor;
        _bandwidthHz = bandwidthHz;
        Advance(_nowUs);
    }

    /// <summary>Ends listening; what was locked is lost.</summary>
    public void StopListening()
    {
        Locked = null;
        _listensFromUs = long.MaxValue;
        UpdateNextEvent();
    }

    /// <summary>Tells the time before anybody acts.</summary>
    public void SetTime(long timeUs) => _nowUs = timeUs;

    /// <summary>Locks onto a downlink that has begun, forgets those that are gone.</summary>
    public void Advance(long timeUs)
    {
        _nowUs = timeUs;
        for (int i = 0; i < MaximumWaiting; i++)
        {
            DownlinkTransmission? downlink = _waiting[i];
            if (downlink is null || downlink.StartUs > timeUs)
            {
                continue;
            }

            if (IsListeningFor(downlink) && Math.Max(timeUs, _listensFromUs) <= LatestLockUs(downlink))
            {
                Locked = downlink;
                _waiting[i] = null;
            }
            else if (timeUs > LatestLockUs(downlink))
            {
                MissedCount++;
                _waiting[i] = null;
            }
        }

        UpdateNextEvent();
    }

    /// <summary>Takes the downlink that is locked, once it has ended; listening goes on.</summary>
    /// <param name="timeUs">Now.</param>
    /// <returns>The downlink, received or not; null when none has ended.</returns>
    public DownlinkTransmission? TakeEnded(long timeUs)
    {
        DownlinkTransmission? locked = Locked;
        if (locked is null || locked.EndUs > timeUs)
        {
            return null;
        }

        Locked = null;
        ReceivedCount += locked.IsReceivable ? 1 : 0;
        UpdateNextEvent();
        return locked;
    }

    /// <summary>Whether a frame is coming in and its header has come.</summary>
    /// <param name="timeUs">Now.</param>
    public bool IsHeaderKnown(long timeUs) => Locked is { } locked
        && timeUs >= locked.StartUs + ((long)LoRaSymbols.UntilHeader * LoRaSymbols.SymbolUs(locked.SpreadingFactor, locked.BandwidthHz));

    /// <summary>The power fails: nothing is heard, nothing waits.</summary>
    public void PowerOff()
    {
        Array.Clear(_waiting);
        StopListening();
    }

    private bool IsListeningFor(DownlinkTransmission downlink) =>
        downlink.IsDetectable && _listensFromUs != long.MaxValue && Locked is null && _frequencyHz == downlink.FrequencyHz
        && _spreadingFactor == downlink.SpreadingFactor && _bandwidthHz == downlink.BandwidthHz;

    private static long LatestLockUs(DownlinkTransmission downlink)
    {
        long symbolUs = (1_000_000L << downlink.SpreadingFactor) / downlink.BandwidthHz;
        return downlink.StartUs + (symbolUs * 49 / 4) - (symbolUs * LockSymbols);
    }

    private void UpdateNextEvent()
    {
        long nextUs = Locked is null ? long.MaxValue : Locked.EndUs;
        for (int i = 0; i < MaximumWaiting; i++)
        {
            DownlinkTransmission? downlink = _waiting[i];
            if (downlink is not null)
            {
                // Before it begins, its begin matters; after that, the last moment at which it can be forgotten.
                long atUs = downlink.StartUs > _nowUs ? downlink.StartUs : LatestLockUs(downlink) + 1;
                nextUs = Math.Min(nextUs, atUs);
            }
        }

        NextEventUs = nextUs;
    }
}
