// The message that tells a controller of a group: McGroupSetupReq and McClassCSessionReq (TS005, sections 4.2 and 4.5), and what its answers say. The bytes are the
// controller's own codec's; the session's beginning is set when the message is given to the server, each time anew.
using PoleController.LoRaWan.Packages;
using PoleController.Time;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Makes requests.</summary>
internal static class SetupRequest
{
    /// <summary>Bytes of the longest: both commands.</summary>
    public const int Longest = MulticastSetupCommand.MaximumLength + SessionLength;

    private const int SessionLength = 11;

    // 2^15 s, about nine hours: the longest. Poles listen to the session's channel at all times (it is RX2's), so a long session costs nothing.
    private const int TimeOut = 15;

    /// <summary>How long a session lasts, in milliseconds.</summary>
    public const long SessionMs = (1L << TimeOut) * 1000;

    /// <summary>Makes the message; the session begins at the GPS epoch until <see cref="BeginAt"/> says when.</summary>
    /// <param name="group">The group.</param>
    /// <param name="member">The controller; when it has the group it is told the session only.</param>
    /// <param name="firstCounter">The lowest frame counter that it shall accept.</param>
    public static byte[] Make(MulticastGroupRow group, MulticastMemberRow member, long firstCounter)
    {
        MulticastSetupCommand command = new();
        byte[] buffer = new byte[Longest];
        int length = 0;
        if (!member.HasGroup)
        {
            command.Cid = MulticastSetupCommand.McGroupSetup;
            command.GroupId = member.McGroupId;
            command.McAddr = group.Address;
            member.EncryptedKey.CopyTo(command.McKeyEncrypted, 0);
            command.MinMcFCnt = (uint)firstCounter;
            command.MaxMcFCnt = MulticastGroupRow.FramesPerKey - 1;
            length = command.EncodeDownlink(buffer, 0);
        }

        command.Cid = MulticastSetupCommand.McClassCSession;
        command.GroupId = member.McGroupId;
        command.SessionTimeS = 0;
        command.TimeOut = TimeOut;
        command.FrequencyHz = group.FrequencyHz;
        command.DataRate = group.DataRate;
        return buffer[..(length + command.EncodeDownlink(buffer, length))];
    }

    /// <summary>The message with another beginning of its session.</summary>
    public static byte[] BeginAt(byte[] message, long startUtcMs)
    {
        byte[] changed = [.. message];
        Each(changed, (command, offset) =>
        {
            if (command.Cid == MulticastSetupCommand.McClassCSession)
            {
                command.SessionTimeS = GpsTime.Seconds(startUtcMs);
                command.EncodeDownlink(changed, offset);
            }
        });
        return changed;
    }

    /// <summary>When the session of a message begins, UTC in milliseconds since 1970.</summary>
    public static long StartUtcMs(byte[] message)
    {
        long startUtcMs = 0;
        Each(message, (command, _) => startUtcMs = command.Cid == MulticastSetupCommand.McClassCSession ? GpsTime.UtcMs(command.SessionTimeS) : startUtcMs);
        return startUtcMs;
    }

    private static void Each(byte[] message, Action<MulticastSetupCommand, int> look)
    {
        MulticastSetupCommand command = new();
        int offset = 0;
        int used;
        while ((used = command.DecodeDownlink(message, offset, message.Length)) > 0)
        {
            look(command, offset);
            offset += used;
        }
    }
}
