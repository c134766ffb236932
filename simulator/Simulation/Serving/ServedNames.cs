// What a ChirpStack calls a fleet: names and identifiers that its events carry beside the DevEUI.
using System.Security.Cryptography;
using System.Text;

namespace Simulation.Serving;

/// <summary>Tenant, application and profile of a fleet. Identifiers are made from the names, so that they are the same in every run.</summary>
/// <param name="Application">Name of the application.</param>
public sealed record ServedNames(string Application)
{
    /// <summary>Name of the tenant.</summary>
    public string Tenant { get; init; } = "polesim";

    /// <summary>Name of the device profile.</summary>
    public string Profile { get; init; } = "pole controller";

    /// <summary>Identifier of the tenant.</summary>
    public string TenantId => IdOf("tenant/" + Tenant);

    /// <summary>Identifier of the application.</summary>
    public string ApplicationId => IdOf("application/" + Application);

    /// <summary>Identifier of the profile.</summary>
    public string ProfileId => IdOf("profile/" + Profile);

    /// <summary>An identifier that follows from a text, in the form of a UUID of version 8 (RFC 9562, 5.8).</summary>
    public static string IdOf(string text)
    {
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes("polesim/" + text))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
