// The options of polesim run that attach its gateways to a real network server.
using System.CommandLine;
using System.Globalization;
using Simulation.Forwarding;

namespace Polesim.Commands;

/// <summary>What was asked for, as typed.</summary>
/// <param name="Attach">The server; null for the embedded one.</param>
/// <param name="Speed">Simulated seconds per second.</param>
/// <param name="GatewayEui">EUI of the first gateway; null for the default.</param>
/// <param name="IsWithoutGps">Whether gateways have no GPS.</param>
/// <param name="KeepsBeaconTime">Whether gateways keep the beacons' time free.</param>
/// <param name="TokenFile">File with the header Authorization; null for none.</param>
internal sealed record AttachRequest(
    string? Attach, string? Speed, string? GatewayEui, bool IsWithoutGps, bool KeepsBeaconTime, string? TokenFile);

/// <summary>Adds the options and reads them.</summary>
internal sealed class AttachOptions
{
    private const int MaximumTokenLength = 8192;

    private readonly Option<string?> _attach = new("--attach")
    {
        Description = "Attach the gateways to a real network server instead of the embedded one: udp://HOST:1700 (Semtech UDP) or ws://HOST:PORT, wss://HOST:PORT (LoRa Basics Station). The run follows the wall clock.",
        HelpName = "URL",
    };

    private readonly Option<string?> _speed = new("--speed")
    {
        Description = "With --attach: simulated seconds per second, 0.1 to 60; 1 when not given. The server has so much less time to answer.",
        HelpName = "X",
    };

    private readonly Option<string?> _gatewayEui = new("--gateway-eui")
    {
        Description = "With --attach: EUI of the first gateway, 16 hexadecimal digits; the others count on. 020000fffe000001 when not given.",
        HelpName = "EUI",
    };

    private readonly Option<bool> _noGps = new("--no-gps") { Description = "With --attach: gateways without GPS time." };

    private readonly Option<bool> _beacon = new("--beacon") { Description = "With --attach: gateways keep the time of class B's beacons free." };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "With --attach wss://: file with the value of the header Authorization, such as 'Bearer NNSXS...'.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_attach, _speed, _gatewayEui, _noGps, _beacon, _tokenFile])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether a server is named.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_attach) is not null;

    /// <summary>Takes what was typed.</summary>
    public AttachRequest Read(ParseResult parsed) => new(
        parsed.GetValue(_attach), parsed.GetValue(_speed), parsed.GetValue(_gatewayEui), parsed.GetValue(_noGps), parsed.GetValue(_beacon),
        parsed.GetValue(_tokenFile));

    /// <summary>Reads what was typed.</summary>
    /// <param name="request">What was typed.</param>
    /// <param name="settings">How to attach; null for the embedded server.</param>
    /// <param name="speed">Simulated seconds per second.</param>
    /// <returns>What is wrong and what to write; null when nothing is.</returns>
    public static string? Parse(AttachRequest request, out AttachSettings? settings, out double speed)
    {
        settings = null;
        speed = 1;
        if (request.Attach is null)
        {
            string? alone = request switch
            {
                { Speed: not null } => "--speed",
                { GatewayEui: not null } => "--gateway-eui",
                { IsWithoutGps: true } => "--no-gps",
                { KeepsBeaconTime: true } => "--beacon",
                { TokenFile: not null } => "--token-file",
                _ => null,
            };
            return alone is null ? null : $"{alone} goes with --attach only. Add --attach URL, or leave it out.";
        }

        string? problem = AttachTarget.Parse(request.Attach, out AttachTarget? target);
        if (problem is not null)
        {
            return $"--attach '{request.Attach}' {problem}";
        }

        if (request.Speed is not null
            && (!double.TryParse(request.Speed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) || !(speed is >= 0.1 and <= 60)))
        {
            return $"--speed '{request.Speed}' is not possible. Write a number from 0.1 to 60.";
        }

        ulong firstEui = AttachSettings.DefaultFirstGatewayEui;
        if (request.GatewayEui is not null && !TryEui(request.GatewayEui, out firstEui))
        {
            return $"--gateway-eui '{request.GatewayEui}' is no EUI. Write 16 hexadecimal digits, such as 020000fffe000001.";
        }

        problem = ReadToken(request.TokenFile, target!, out string? token);
        settings = problem is null
            ? new AttachSettings
            {
                Target = target!,
                FirstGatewayEui = firstEui,
                HasGps = !request.IsWithoutGps,
                KeepsBeaconTime = request.KeepsBeaconTime,
                Authorization = token,
            }
            : null;
        return problem;
    }

    internal static bool TryEui(string text, out ulong eui)
    {
        string digits = text.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        bool isNumber = ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out eui);
        return isNumber && digits.Length == 16;
    }

    private static string? ReadToken(string? path, AttachTarget target, out string? token)
    {
        token = null;
        if (path is null)
        {
            return null;
        }

        if (target.Address.Scheme != "wss")
        {
            return "--token-file goes with wss:// only: over udp:// and ws:// everybody on the way could read it.";
        }

        try
        {
            token = File.ReadAllText(path).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"--token-file '{path}' cannot be read: {failure.Message}";
        }

        bool isHeader = token.Length is > 0 and <= MaximumTokenLength && token.All(character => character is >= ' ' and <= '~');
        return isHeader ? null : $"--token-file '{path}' has to hold one line of printable characters, such as 'Bearer NNSXS...'.";
    }
}
