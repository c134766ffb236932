// Frames that are almost right, and frames that are nothing at all.
using Simulation.Engine;

namespace Simulation.Conformance.Fuzzing;

/// <summary>Makes hostile frames out of good ones.</summary>
internal sealed class FrameMutator(RandomStream random)
{
    private const int MaximumLength = 255;
    private const int KindCount = 9;

    /// <summary>A frame like another, changed in one of many ways. It may come out unchanged.</summary>
    public byte[] Mutate(byte[] frame, byte[] other)
    {
        byte[] result = (byte[])frame.Clone();
        switch (random.Next(KindCount))
        {
            case 0:
                FlipBits(result, 1 + random.Next(3));
                return result;
            case 1:
                result[random.Next(result.Length)] = (byte)random.Next(256);
                return result;
            case 2:
                return result[..random.Next(result.Length + 1)];
            case 3:
                return [.. result, .. Bytes(1 + random.Next(Math.Max(1, MaximumLength - result.Length)))];
            case 4:
                return Splice(result, other);
            case 5:
                result[0] = (byte)random.Next(256);
                return result;
            case 6:
                ChangeHeader(result);
                return result;
            case 7:
                return other;
            default:
                return Bytes(random.Next(MaximumLength + 1));
        }
    }

    /// <summary>Random bytes.</summary>
    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.Next(256);
        }

        return bytes;
    }

    private void FlipBits(byte[] frame, int count)
    {
        for (int i = 0; i < count; i++)
        {
            frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
        }
    }

    // FCtrl, FCnt or FPort and what is behind: the fields that steer a parser.
    private void ChangeHeader(byte[] frame)
    {
        int position = 5 + random.Next(5);
        if (position < frame.Length)
        {
            frame[position] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(frame[position] + 1);
        }
    }

    private byte[] Splice(byte[] frame, byte[] other)
    {
        int head = random.Next(frame.Length + 1);
        int tail = random.Next(other.Length + 1);
        byte[] result = [.. frame[..head], .. other[tail..]];
        return result.Length > MaximumLength ? result[..MaximumLength] : result;
    }
}
