// What the command line asked polesim run for, and the command line that asks for the same again.
using System.Globalization;
using System.Text;

namespace Polesim.Commands;

/// <summary>What the command line asked for.</summary>
/// <param name="ScenarioPath">The scenario's file.</param>
/// <param name="Seed">The seed; null for the scenario's own.</param>
/// <param name="Until">When to end early, as typed; null for the scenario's end.</param>
/// <param name="ThreadCount">Threads.</param>
/// <param name="ReportFolder">Where the report goes.</param>
/// <param name="IsJson">Whether the report is printed too.</param>
/// <param name="UplinkFile">Where the uplinks go; null for nowhere.</param>
/// <param name="Attach">Which server the gateways are attached to.</param>
internal sealed record RunRequest(
    string ScenarioPath, long? Seed, string? Until, int ThreadCount, string ReportFolder, bool IsJson, string? UplinkFile, AttachRequest Attach)
{
    /// <summary>The command that repeats the run: with its seed, without what does not change its result.</summary>
    /// <param name="seed">The run's seed.</param>
    public string ReplayCommand(long seed) => Replay(seed, Until);

    /// <summary>The command that repeats what has run of an interrupted run.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="timeUs">Simulated time at which it was interrupted.</param>
    public string ReplayCommand(long seed, long timeUs) => Replay(seed, (timeUs / 1000).ToString(CultureInfo.InvariantCulture) + "ms");

    private string Replay(long seed, string? until)
    {
        StringBuilder command = new("polesim run ");
        command.Append(Quote(ScenarioPath)).Append(CultureInfo.InvariantCulture, $" --seed {seed}");
        if (until is not null)
        {
            command.Append(" --until ").Append(Quote(until));
        }

        AppendAttach(command);

        return command.ToString();
    }

    private void AppendAttach(StringBuilder command)
    {
        foreach ((string name, string? value) in ((string, string?)[])
            [("--attach", Attach.Attach), ("--speed", Attach.Speed), ("--gateway-eui", Attach.GatewayEui), ("--token-file", Attach.TokenFile)])
        {
            if (value is not null)
            {
                command.Append(' ').Append(name).Append(' ').Append(Quote(value));
            }
        }

        command.Append(Attach.IsWithoutGps ? " --no-gps" : "").Append(Attach.KeepsBeaconTime ? " --beacon" : "");
    }

    // For a POSIX shell (POSIX.1-2017, Shell Command Language, 2.2.2): within single quotes everything stands for itself but the quote.
    private static string Quote(string text) =>
        text.Length > 0 && text.All(character => char.IsLetterOrDigit(character) || character == Path.DirectorySeparatorChar || "/._-:+,=@%".Contains(character, StringComparison.Ordinal))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
