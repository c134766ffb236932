// A run of hostile frames against end device and network server, in chunks, from one seed.
using Simulation.Conformance.Fuzzing;

namespace Simulation.Conformance;

/// <summary>Feeds frames that are almost right, or nothing at all, and checks that nothing changes without a valid MIC.</summary>
public static class FrameFuzz
{
    private const int Chunk = 20_000;

    /// <summary>Runs until so many frames have been fed in all.</summary>
    /// <param name="frames">How many frames at least.</param>
    /// <param name="seed">A run is a function of it and of the number of frames.</param>
    /// <param name="progress">Told the number of frames so far.</param>
    /// <exception cref="FuzzFailureException">A frame did what it must not do.</exception>
    public static FuzzResult Run(long frames, long seed, Action<long>? progress = null)
    {
        FuzzResult result = new();
        DeviceFuzz device = new(seed, result);
        ServerFuzz server = new(seed, result);
        while (result.Frames < frames)
        {
            int forged = (int)Math.Min(Chunk, Math.Max(1, (frames - result.Frames) * 3 / 4));
            device.Run(forged);
            server.Run((forged / 3) + 1);
            progress?.Invoke(result.Frames);
        }

        return result;
    }
}
