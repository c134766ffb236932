// Lets a district follow the wall clock many times faster, and says how far it is.
using System.Diagnostics;
using System.Globalization;

namespace ServedDistrict;

/// <summary>Paces a district.</summary>
/// <param name="district">The district.</param>
/// <param name="speed">Simulated seconds a second; less where the machine cannot.</param>
/// <param name="writer">Where it says how far it is.</param>
internal sealed class Pace(District district, double speed, TextWriter writer)
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_told = TimeSpan.FromMinutes(30);

    /// <summary>Runs to the scenario's end, or until it is ended.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        DateTimeOffset told = DateTimeOffset.MinValue;
        while (!district.IsOver && !end.IsCancellationRequested)
        {
            long began = Stopwatch.GetTimestamp();
            await district.AdvanceAsync(s_step * speed, end).ConfigureAwait(false);
            if (district.Now - told >= s_told)
            {
                told = district.Now;
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{told:yyyy-MM-dd HH:mm}Z  {district.JoinCount} joins, {district.UplinkCount} uplinks"));
            }

            TimeSpan left = s_step - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
