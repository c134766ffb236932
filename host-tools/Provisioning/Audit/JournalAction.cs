// Which actions tell of something without changing a row. The words stand in journals and never change.
namespace Provisioning.Audit;

/// <summary>Actions that change no row.</summary>
internal static class JournalAction
{
    /// <summary>Keys were shown.</summary>
    public const string KeysShown = "keys.show";

    /// <summary>Keys were exported.</summary>
    public const string KeysExported = "keys.export";

    /// <summary>Keys were written into a provisioning file.</summary>
    public const string KeysWritten = "keys.provision";

    /// <summary>The service key answered the challenge of a service port.</summary>
    public const string ServiceKeyUsed = "keys.service";

    /// <summary>Keys were given to a network server.</summary>
    public const string KeysRegistered = "keys.register";

    /// <summary>A plan was carried out at a network server (told of the server).</summary>
    public const string ServerApplied = "server.apply";

    /// <summary>Provisioning files with keys were wiped.</summary>
    public const string FilesWiped = "keys.wipe";

    /// <summary>A controller was hung into a pole (told of the pole; the row is the controller's).</summary>
    public const string PoleMounted = "pole.mount";

    /// <summary>A controller was taken out of a pole (told of the pole).</summary>
    public const string PoleUnmounted = "pole.unmount";

    /// <summary>Somebody did something at a controller's service port.</summary>
    public const string ServicePortUsed = "controller.service";

    /// <summary>A commissioning of a pole ended (told of the pole; the row is the commissioning's).</summary>
    public const string PoleCommissioned = "pole.commission";

    /// <summary>A controller was flashed and has answered (the row is as it was).</summary>
    public const string Flashed = "controller.flash";

    /// <summary>Settings were ordered for a pole.</summary>
    public const string SettingsOrdered = "settings.send";

    /// <summary>A command was ordered for a pole.</summary>
    public const string CommandOrdered = "command.send";

    /// <summary>The key of a multicast group was enciphered for a controller (told of the controller's keys).</summary>
    public const string GroupKeyGiven = "keys.multicast";

    /// <summary>The session keys of a multicast group were given to a network server (told of the group).</summary>
    public const string GroupRegistered = "multicast.register";

    /// <summary>Whether an action leaves its subject's row as it was.</summary>
    public static bool TellsOnly(string action) => action is KeysShown or KeysExported or KeysWritten or ServiceKeyUsed or KeysRegistered or ServerApplied or FilesWiped or PoleMounted or PoleUnmounted
        or ServicePortUsed or PoleCommissioned or Flashed
        or SettingsOrdered or CommandOrdered or GroupKeyGiven or GroupRegistered;
}
