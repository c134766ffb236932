// Application layer clock synchronisation at the server (TS003): tells a device by how much its clock is off.
using PoleController.LoRaWan.Packages;

namespace Simulation.Network;

/// <summary>Answers AppTimeReq (TS003-1.0.0 and 2.0.0, section 3.2). The time that counts is the end of the uplink, as with DeviceTimeReq.</summary>
internal sealed class ClockSyncServer(ServerParts parts)
{
    // An answer that comes later than both receive windows is of no use.
    private const long LifetimeUs = 3_000_000;

    private readonly ClockSyncCommand _command = new();
    private readonly byte[] _answer = new byte[ClockSyncCommand.MaximumLength];

    /// <summary>Takes a message of the package. Any bytes: what cannot be read is passed over from there on.</summary>
    public void Take(NetworkDevice device, byte[] message, int length, long nowUs)
    {
        int offset = 0;
        int used;
        while ((used = _command.DecodeUplink(message, offset, length)) > 0)
        {
            offset += used;
            if (_command.Cid != ClockSyncCommand.AppTime)
            {
                continue;
            }

            _command.TimeCorrectionS = unchecked((int)((uint)parts.Clock.GpsSeconds(nowUs) - _command.DeviceTimeS));
            if (_command.TimeCorrectionS != 0 || _command.IsAnswerRequired)
            {
                int answerLength = _command.EncodeDownlink(_answer, 0);
                _ = parts.Queue.TryEnqueue(
                    device, PackageId.ClockSyncPort, _answer.AsSpan(0, answerLength), isConfirmed: false, nowUs, LifetimeUs, out _);
            }
        }
    }
}
