// Builds data downlinks from what waits for a pole.
using PoleController.LoRaWan;

namespace Simulation.Network;

/// <summary>Data downlinks of one session (TS001-1.0.4, section 4).</summary>
internal sealed class DownlinkBuilder
{
    private static readonly byte[] _nothing = [];

    private readonly FrameCodec _codec;
    private readonly DataFrame _header = new();

    /// <summary>Makes it over the codec.</summary>
    public DownlinkBuilder(FrameCodec codec) => _codec = codec;

    /// <summary>The frame last built.</summary>
    public byte[] Frame { get; } = new byte[256];

    /// <summary>Length that a downlink with these parts has.</summary>
    public static int LengthOf(int commandsLength, ApplicationDownlink? downlink) =>
        FrameCodec.OverheadLength + commandsLength + (downlink is null ? 0 : 1 + downlink.Length);

    /// <summary>Builds a downlink and counts it.</summary>
    /// <param name="device">For whom; its session in use, its commands and its acknowledgement.</param>
    /// <param name="downlink">The application's part, or null.</param>
    /// <param name="isAnswer">Whether it answers an uplink: then it carries commands and acknowledgement.</param>
    public void Build(NetworkDevice device, ApplicationDownlink? downlink, bool isAnswer)
    {
        Session session = device.Active;
        _header.Clear();
        _header.IsDownlink = true;
        _header.DevAddr = device.DevAddr;
        _header.IsAdaptiveDataRate = true;
        _header.IsAcknowledge = isAnswer && device.MustAcknowledge;
        _header.FOptsLength = isAnswer ? device.CommandsLength : 0;
        if (downlink is not null)
        {
            _header.IsConfirmed = downlink.IsConfirmed;
            _header.FPort = downlink.FPort;
            _header.PayloadLength = downlink.Length;
        }

        _header.IsFramePending = isAnswer && device.QueueLength > (downlink is null ? 0 : 1);
        int length = _codec.BuildData(
            _header,
            session.NextDownlinkCounter,
            session.NetworkSessionKey,
            session.ApplicationSessionKey,
            device.Commands,
            downlink?.Payload ?? _nothing,
            Frame);
        if (length == 0)
        {
            throw new InvalidOperationException($"A downlink for pole {device.PoleIndex} could not be built.");
        }

        session.NextDownlinkCounter++;
    }
}
