// What may be wrong on the way between a part and the board's UART; set from outside, at any time.
using Simulation.Engine;

namespace Simulation.Parts.Sensors;

/// <summary>Failures of a serial line. Frames are numbered from 0 since the port was made.</summary>
public sealed class SerialTrouble
{
    /// <summary>The longest garbage before a frame.</summary>
    public const int MaximumGarbageLength = 64;

    /// <summary>Nothing comes from the part: its transmit line is cut. It hears what it is told.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The part hears nothing: its receive line is cut.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>The board's UART fails: it neither gives nor takes bytes.</summary>
    public bool IsUartFailed { get; set; }

    /// <summary>How often a byte arrives with a bit flipped, in thousandths.</summary>
    public int FlippedPermille { get; set; }

    /// <summary>How often a frame is cut off at some byte, in thousandths.</summary>
    public int CutPermille { get; set; }

    /// <summary>How often a frame has garbage before it, in thousandths.</summary>
    public int GarbagePermille { get; set; }

    /// <summary>How long that garbage is at most, in bytes, 1 to <see cref="MaximumGarbageLength"/>.</summary>
    public int GarbageLength { get; set; } = 8;

    /// <summary>What becomes of a frame, by its number; null leaves them as they are. What it gives may be shorter, and longer by <see cref="MaximumGarbageLength"/>.</summary>
    public Func<int, byte[], byte[]>? Alter { get; set; }

    /// <summary>The random numbers of flips, cuts and garbage.</summary>
    public RandomStream Noise { get; set; } = new(1, "serial", 0);

    /// <summary>Puts the trouble into a frame.</summary>
    /// <param name="line">The frame at its beginning; room for the garbage behind it.</param>
    /// <param name="length">Its length.</param>
    /// <param name="index">Its number.</param>
    /// <returns>How many bytes go on the line.</returns>
    internal int Disturb(byte[] line, int length, int index)
    {
        if (IsSilent)
        {
            return 0;
        }

        if (Alter is not null)
        {
            byte[] altered = Alter(index, line[..length]);
            altered.CopyTo(line, 0);
            length = altered.Length;
        }

        if (CutPermille > 0 && length > 0 && Noise.Next(1000) < CutPermille)
        {
            length = Noise.Next(length);
        }

        if (GarbagePermille > 0 && Noise.Next(1000) < GarbagePermille)
        {
            int garbage = Math.Min(1 + Noise.Next(GarbageLength), line.Length - length);
            Array.Copy(line, 0, line, garbage, length);
            for (int i = 0; i < garbage; i++)
            {
                line[i] = (byte)Noise.Next(256);
            }

            length += garbage;
        }

        for (int i = 0; FlippedPermille > 0 && i < length; i++)
        {
            if (Noise.Next(1000) < FlippedPermille)
            {
                line[i] ^= (byte)(1 << Noise.Next(8));
            }
        }

        return length;
    }
}
