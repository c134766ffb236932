// What the command line asks for.
using System.Globalization;

namespace ServedDistrict;

/// <summary>Options.</summary>
/// <param name="ScenarioPath">The scenario.</param>
/// <param name="Kind">chirpstack or things-stack.</param>
/// <param name="Port">Port on loopback.</param>
/// <param name="Token">The token that it accepts.</param>
/// <param name="Webhook">Where events go; null for nowhere, until the interface is told.</param>
/// <param name="WebhookToken">The token that goes with them.</param>
/// <param name="Speed">Simulated seconds a second.</param>
internal sealed record ServerOptions(string ScenarioPath, string Kind, int Port, string Token, string? Webhook, string WebhookToken, double Speed)
{
    public const string ChirpStack = "chirpstack";
    public const string ThingsStack = "things-stack";

    private const double UsualSpeed = 300;
    private const double FastestSpeed = 10_000;
    private const int UsualPort = 18_090;
    private const string Use =
        "usage: served-district SCENARIO.yaml [--server chirpstack|things-stack] [--port 18090] [--token TOKEN] [--webhook URL --webhook-token TOKEN] [--speed 300]";

    private static readonly string[] s_names = ["--server", "--port", "--token", "--webhook", "--webhook-token", "--speed"];

    /// <summary>Reads a command line; null, and says why, when it is wrong.</summary>
    public static ServerOptions? Read(string[] arguments, TextWriter error)
    {
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        for (int i = 1; i + 1 < arguments.Length && s_names.Contains(arguments[i]); i += 2)
        {
            given[arguments[i]] = arguments[i + 1];
        }

        bool isWhole = arguments.Length % 2 == 1 && !arguments[0].StartsWith('-') && (2 * given.Count) + 1 == arguments.Length;
        string kind = given.GetValueOrDefault("--server", ChirpStack);
        int port = UsualPort;
        double speed = UsualSpeed;
        isWhole &= kind is ChirpStack or ThingsStack;
        isWhole &= !given.TryGetValue("--port", out string? portText) || (int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port < 65_536);
        isWhole &= !given.TryGetValue("--speed", out string? speedText)
            || (double.TryParse(speedText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) && speed is >= 1 and <= FastestSpeed);
        isWhole &= !given.TryGetValue("--webhook", out string? webhook) || Uri.TryCreate(webhook, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttp;
        if (!isWhole)
        {
            error.WriteLine(Use);
            return null;
        }

        return new ServerOptions(arguments[0], kind, port, given.GetValueOrDefault("--token", "stand-in-token"), webhook, given.GetValueOrDefault("--webhook-token", ""), speed);
    }
}
