// Which poles a server's downlink concerns. A real frame reaches everybody in reach; here a pole is offered only what it might take, so the
// one who is meant is found from what the gateways heard: nothing is asked of the poles, and nothing is decrypted.
using System.Buffers.Binary;

namespace Simulation.Forwarding;

/// <summary>Knows which pole used which DevAddr, and who asked to join lately.</summary>
public sealed class DownlinkAddressing
{
    private const int TypeMask = 0xE0;
    private const int JoinRequestType = 0x00;
    private const int JoinAcceptType = 0x20;
    private const int JoinRequestLength = 23;
    private const int LeastDataLength = 12;
    private const int LongestJoins = 4096;

    // JOIN_ACCEPT_DELAY1 and 2 are 5 and 6 s (RP002-1.0.4, section 2); the gateway's clock is only so exact.
    private static readonly long[] s_joinDelaysUs = [5_000_000, 6_000_000];
    private const long ToleranceUs = 1000;

    private readonly Dictionary<uint, int> _poleOfAddress = [];
    private readonly List<(long EndUs, int PoleIndex)> _joins = [];

    /// <summary>A pole transmitted and at least one gateway heard it.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="frame">What it transmitted.</param>
    /// <param name="endUs">When it ended.</param>
    public void Learn(int poleIndex, ReadOnlySpan<byte> frame, long endUs)
    {
        if (frame.Length == JoinRequestLength && (frame[0] & TypeMask) == JoinRequestType)
        {
            if (_joins.Count == LongestJoins)
            {
                _joins.RemoveRange(0, LongestJoins / 2);
            }

            _joins.Add((endUs, poleIndex));
        }
        else if (frame.Length >= LeastDataLength)
        {
            _poleOfAddress[BinaryPrimitives.ReadUInt32LittleEndian(frame[1..])] = poleIndex;
        }
    }

    /// <summary>Finds who is meant.</summary>
    /// <param name="frame">The downlink.</param>
    /// <param name="startUs">When it starts, in the run's time.</param>
    /// <param name="poles">Takes the poles; nobody when the frame is for nobody that was heard.</param>
    /// <returns>False when the address is nobody's: a multicast group, or another's device. Then it concerns everybody.</returns>
    public bool TryFind(ReadOnlySpan<byte> frame, long startUs, List<int> poles)
    {
        ArgumentNullException.ThrowIfNull(poles);
        poles.Clear();
        if (frame.Length == 0)
        {
            return true;
        }

        if ((frame[0] & TypeMask) == JoinAcceptType)
        {
            AddJoining(startUs, poles);
            return true;
        }

        if (frame.Length < LeastDataLength)
        {
            return true;
        }

        bool isKnown = _poleOfAddress.TryGetValue(BinaryPrimitives.ReadUInt32LittleEndian(frame[1..]), out int pole);
        if (isKnown)
        {
            poles.Add(pole);
        }

        return isKnown;
    }

    private void AddJoining(long startUs, List<int> poles)
    {
        foreach ((long endUs, int poleIndex) in _joins)
        {
            foreach (long delayUs in s_joinDelaysUs)
            {
                if (Math.Abs(startUs - endUs - delayUs) <= ToleranceUs && !poles.Contains(poleIndex))
                {
                    poles.Add(poleIndex);
                }
            }
        }
    }
}
