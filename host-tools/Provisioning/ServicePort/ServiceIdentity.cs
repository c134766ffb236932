// Who a controller says that it is: the answer to "id", which needs no key.
using Provisioning.Controllers;
using Provisioning.Problems;

namespace Provisioning.ServicePort;

/// <summary>Identity of a controller, as it says itself.</summary>
/// <param name="DevEui">DevEUI, 16 hexadecimal digits in lower case.</param>
/// <param name="IsProvisioned">Whether it has an identity at all.</param>
/// <param name="Board">Name of its board.</param>
/// <param name="Firmware">Version of its firmware.</param>
/// <param name="StartCount">How often it has started.</param>
public sealed record ServiceIdentity(string DevEui, bool IsProvisioned, string Board, string Firmware, long StartCount)
{
    /// <summary>Asks for it.</summary>
    /// <exception cref="ProblemException">The pole is silent, or its answer is none.</exception>
    public static ServiceIdentity Ask(ServiceClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        ServiceRecord answer = client.Ask("id").Last;
        return Eui.Parse(answer.Find("devEui") ?? "") is { } devEui
            ? new ServiceIdentity(devEui, answer.Number("isProvisioned") == 1, answer.Find("board") ?? "", answer.Find("firmware") ?? "", answer.Number("starts") ?? 0)
            : throw new ProblemException(new Problem("problem.service.silent", "id") { Field = "port", Value = client.PortName });
    }
}
