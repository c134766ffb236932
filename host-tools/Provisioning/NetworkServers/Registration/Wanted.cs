// What a network server should have: the workspace's controllers as its devices, and a profile for each of their regions with the payload codec.
using System.Data.Common;
using System.Reflection;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.NetworkServers.Settings;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.NetworkServers.Registration;

/// <summary>A device that should be, and the region that chooses its profile.</summary>
/// <param name="Device">The device; <see cref="ServerDevice.ProfileId"/> is not known yet.</param>
/// <param name="Region">Its region.</param>
/// <param name="KeySubject">The generation of keys, as the journal names it.</param>
public sealed record WantedDevice(ServerDevice Device, string Region, string KeySubject);

/// <summary>What a server should have.</summary>
public sealed record Wanted
{
    /// <summary>Name of the label that says in which pole a device is.</summary>
    public const string PoleTag = "pole";

    /// <summary>Name of the label with the lighting group.</summary>
    public const string GroupTag = "lighting-group";

    private const string ProfileName = "pole-controller ";
    private const int LongestTag = 200;

    /// <summary>Devices by DevEUI.</summary>
    public required IReadOnlyDictionary<string, WantedDevice> Devices { get; init; }

    /// <summary>Profiles by region; one with the region "" where the server keeps none.</summary>
    public required IReadOnlyDictionary<string, ServerProfile> Profiles { get; init; }

    /// <summary>DevEUIs of retired controllers; they are to be deleted. Empty when only some poles are meant.</summary>
    public required IReadOnlySet<string> Retired { get; init; }

    /// <summary>All DevEUIs of the workspace: every other device belongs to somebody else.</summary>
    public required IReadOnlySet<string> Known { get; init; }

    /// <summary>Controllers that cannot be registered at this server, and why.</summary>
    public required IReadOnlyList<Problem> Blocked { get; init; }

    /// <summary>The payload codec, as it is in this program.</summary>
    public static string Codec { get; } = ReadCodec();

    /// <summary>Reads what a server should have.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="vault">The open vault.</param>
    /// <param name="settings">The server.</param>
    /// <param name="traits">What it keeps.</param>
    /// <param name="filter">Which poles' controllers are meant; null for all controllers, spare ones too.</param>
    public static Wanted Read(Workspace workspace, KeyVault vault, ServerSettings settings, ServerTraits traits, PoleFilter? filter)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(traits);
        return workspace.Read(connection => Read(connection, vault, settings, traits, filter));
    }

    private static Wanted Read(DbConnection connection, KeyVault vault, ServerSettings settings, ServerTraits traits, PoleFilter? filter)
    {
        Dictionary<string, Pole> poles = PoleTable.All(connection).ToDictionary(pole => pole.Id, StringComparer.Ordinal);

        // Keys that wait to be put on the controller are not in force: it joins with the old ones until they are settled.
        Dictionary<string, KeyRow> keys = KeyTable.All(connection).Where(row => row.State == KeyState.Current).ToDictionary(row => row.DevEui, StringComparer.Ordinal);
        SortedDictionary<string, WantedDevice> devices = new(StringComparer.Ordinal);
        HashSet<string> retired = [];
        HashSet<string> known = [];
        List<Problem> blocked = [];
        foreach (Controller controller in ControllerTable.All(connection))
        {
            known.Add(controller.DevEui);
            Pole? pole = controller.PoleId is null ? null : poles.GetValueOrDefault(controller.PoleId);
            if (controller.State == ControllerState.Retired)
            {
                retired.Add(controller.DevEui);
            }
            else if (filter is null || (pole is not null && filter.Matches(pole)))
            {
                if (!traits.KeepsProfiles && !settings.FrequencyPlans.ContainsKey(controller.Region))
                {
                    blocked.Add(new Problem("problem.networkServer.noPlan", controller.Region, settings.Name) { Field = "controller", Value = controller.DevEui });
                }
                else if (keys.TryGetValue(controller.DevEui, out KeyRow? row))
                {
                    devices[controller.DevEui] = new WantedDevice(Device(controller, pole, vault, row, settings, traits), controller.Region, row.SubjectId);
                }
            }
        }

        return new Wanted
        {
            Devices = devices,
            Profiles = ProfilesFor(devices.Values.Select(device => device.Region), traits),
            Retired = filter is null ? retired : new HashSet<string>(),
            Known = known,
            Blocked = blocked,
        };
    }

    private static ServerDevice Device(Controller controller, Pole? pole, KeyVault vault, KeyRow row, ServerSettings settings, ServerTraits traits)
    {
        using DeviceKeys keys = vault.OpenKeys(row);
        string name = pole?.Id ?? controller.DevEui;
        return new ServerDevice
        {
            DevEui = controller.DevEui,
            JoinEui = controller.JoinEui,
            Name = name.Length > traits.LongestName ? name[..traits.LongestName] : name,
            Tags = new Dictionary<string, string> { [PoleTag] = Tag(pole?.Id), [GroupTag] = Tag(pole?.Group) },
            Radio = traits.KeepsProfiles ? null : ControllerRadio.In("", settings.FrequencyPlans[controller.Region]),
            Keys = new RootKeys(Convert.ToHexStringLower(keys.AppKey), traits.KeepsGenAppKey ? Convert.ToHexStringLower(keys.GenAppKey) : null),
        };
    }

    private static string Tag(string? value) => value is null ? "" : value.Length > LongestTag ? value[..LongestTag] : value;

    private static SortedDictionary<string, ServerProfile> ProfilesFor(IEnumerable<string> regions, ServerTraits traits)
    {
        SortedDictionary<string, ServerProfile> profiles = new(StringComparer.Ordinal);
        if (!traits.KeepsProfiles)
        {
            profiles[""] = new ServerProfile { Name = "", Codec = Codec };
            return profiles;
        }

        foreach (string region in regions)
        {
            profiles[region] = new ServerProfile
            {
                Name = ProfileName + region,
                Radio = ControllerRadio.In(region),
                UplinkIntervalSeconds = ControllerRadio.UplinkIntervalSeconds,

                // Commands that were meant for before a restart are not for after it.
                FlushesQueueOnJoin = true,
                Codec = Codec,
            };
        }

        return profiles;
    }

    private static string ReadCodec()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("payload-codec/codec.js")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
