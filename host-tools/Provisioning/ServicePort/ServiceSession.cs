// A service port with its lock: opened by challenge and response, opened again when the controller has restarted or the port has closed meanwhile. Keys come from the
// caller and are wiped here.
using System.Security.Cryptography;
using Provisioning.Problems;

namespace Provisioning.ServicePort;

/// <summary>A session at one pole.</summary>
public sealed class ServiceSession : IDisposable
{
    /// <summary>Longest delay after failed attempts that is waited for, in seconds; a longer one is told.</summary>
    public const int LongestWaitSeconds = 60;

    private readonly ServiceClient _client;
    private readonly Func<string, IReadOnlyList<byte[]>> _keysOf;
    private IReadOnlyList<byte[]> _keys = [];

    /// <summary>Makes it.</summary>
    /// <param name="client">The port.</param>
    /// <param name="keysOf">Gives the service keys that a controller may have, by its DevEUI, the likeliest first; they are wiped when the session ends.</param>
    public ServiceSession(ServiceClient client, Func<string, IReadOnlyList<byte[]>> keysOf)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(keysOf);
        _client = client;
        _keysOf = keysOf;
        Identity = ServiceIdentity.Ask(client);
    }

    /// <summary>Who the controller is; told before it is unlocked.</summary>
    public ServiceIdentity Identity { get; private set; }

    /// <summary>How often the controller restarted during the session.</summary>
    public long RestartCount { get; private set; }

    /// <summary>The port underneath.</summary>
    public ServiceClient Client => _client;

    /// <summary>Told how many seconds are waited because of failed attempts before; may be null.</summary>
    public Action<long>? Waiting { get; init; }

    /// <summary>Opens the lock.</summary>
    /// <exception cref="ProblemException">No key fits, the pole has none, or attempts before have closed it for longer than is waited.</exception>
    public void Unlock()
    {
        if (_keys.Count == 0)
        {
            _keys = _keysOf(Identity.DevEui);
        }

        ServiceRecord? refusal = null;
        foreach (byte[] key in _keys)
        {
            refusal = TryKey(key);
            if (refusal is null)
            {
                return;
            }
        }

        throw new ProblemException(new Problem("problem.service.refused", refusal?.Find("failures") ?? "") { Kind = ProblemKind.NotAuthorised, Field = "controller", Value = Identity.DevEui });
    }

    /// <summary>Asks a line; opens the lock again when it has closed.</summary>
    /// <param name="command">The line.</param>
    /// <param name="silenceMs">For how long the pole may say nothing.</param>
    /// <param name="isRepeatable">Whether asking twice does no harm.</param>
    /// <exception cref="ProblemException">The pole is silent, the port is gone, or another pole answers.</exception>
    public ServiceAnswer Ask(string command, int silenceMs = ServiceClient.DefaultSilenceMs, bool isRepeatable = true)
    {
        ServiceAnswer answer = _client.Ask(command, silenceMs, isRepeatable);
        for (int attempt = 0; attempt < ServiceClient.Attempts && answer.ErrorCode == "locked"; attempt++)
        {
            // What is answered with "locked" was not carried out.
            NoticeRestart();
            Unlock();
            answer = _client.Ask(command, silenceMs, isRepeatable);
        }

        return answer;
    }

    /// <summary>Asks a line whose error ends the work.</summary>
    /// <exception cref="ProblemException">As <see cref="Ask"/>, and when the pole refuses it.</exception>
    public ServiceAnswer Require(string command, int silenceMs = ServiceClient.DefaultSilenceMs, bool isRepeatable = true)
    {
        ServiceAnswer answer = Ask(command, silenceMs, isRepeatable);
        return answer.ErrorCode is null ? answer : throw Refused(command, answer);
    }

    /// <summary>The problem of an answer that is an error.</summary>
    public static ProblemException Refused(string command, ServiceAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(new Problem("problem.service.error", answer.Last.Find("code") ?? "", answer.Last.Find("at") ?? "", answer.Last.Find("do") ?? "") { Value = command });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (byte[] key in _keys)
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    // Null: it is open. Else the pole's refusal of this key.
    private ServiceRecord? TryKey(byte[] key)
    {
        for (int attempt = 0; attempt < LongestWaitSeconds; attempt++)
        {
            ServiceRecord challenge = _client.Ask("unlock").Last;
            switch (challenge.Find("code"))
            {
                case null:
                    break;
                case "tooSoon":
                    Wait(challenge.Number("seconds") ?? 1);
                    continue;
                case "noKey":
                    throw new ProblemException(new Problem("problem.service.noKey") { Field = "controller", Value = Identity.DevEui });
                default:
                    throw Refused("unlock", new ServiceAnswer([], challenge));
            }

            ServiceAnswer answer = _client.Ask("unlock " + Respond(key, challenge), isRepeatable: false);
            switch (answer.ErrorCode)
            {
                case null:
                    return null;
                case "refused":
                    return answer.Last;
                case "noChallenge":
                    continue;
                case "tooSoon":
                    Wait(answer.Last.Number("seconds") ?? 1);
                    continue;
                default:
                    throw Refused("unlock", answer);
            }
        }

        throw new ProblemException(new Problem("problem.service.silent", "unlock") { Field = "port", Value = _client.PortName });
    }

    private static string Respond(byte[] key, ServiceRecord challenge)
    {
        try
        {
            return ServiceResponse.Make(key, Convert.FromHexString(challenge.Find("challenge") ?? ""), Convert.FromHexString(challenge.Find("devEui") ?? ""));
        }
        catch (FormatException)
        {
            throw new ProblemException(new Problem("problem.service.error", "challenge", "unlock", challenge.Text));
        }
    }

    private void Wait(long seconds)
    {
        if (seconds > LongestWaitSeconds)
        {
            throw new ProblemException(new Problem("problem.service.tooSoon", $"{seconds}") { Field = "controller", Value = Identity.DevEui });
        }

        Waiting?.Invoke(seconds);
        Thread.Sleep(TimeSpan.FromSeconds(Math.Max(1, seconds)));
    }

    private void NoticeRestart()
    {
        ServiceIdentity now = ServiceIdentity.Ask(_client);
        if (now.DevEui != Identity.DevEui)
        {
            throw new ProblemException(new Problem("problem.service.otherPole", Identity.DevEui) { Field = "controller", Value = now.DevEui });
        }

        RestartCount += Math.Max(0, now.StartCount - Identity.StartCount);
        Identity = now;
    }
}
