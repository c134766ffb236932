// Who may do what.
namespace Provisioning.Members;

/// <summary>Roles; a member can have several.</summary>
[Flags]
public enum Roles
{
    /// <summary>None: may do nothing.</summary>
    None = 0,

    /// <summary>Sees everything but keys.</summary>
    Reader = 1,

    /// <summary>At the pole: mounts, replaces, repairs, flashes and commissions controllers, prints labels.</summary>
    Technician = 2,

    /// <summary>Plans: poles, identities, provisioning files; retires poles.</summary>
    Engineer = 4,

    /// <summary>Keys (seeing, rotating, exporting, erasing), members and the ways to unlock keys.</summary>
    SecurityOfficer = 8,
}

/// <summary>Something that a role allows.</summary>
public enum Permission
{
    /// <summary>To see everything but keys.</summary>
    Read,

    /// <summary>To serve controllers: mount, replace, repair, flash, commission, use their service port.</summary>
    Service,

    /// <summary>To take uplinks in.</summary>
    Intake,

    /// <summary>To change poles, to make identities and provisioning files, to retire.</summary>
    Plan,

    /// <summary>To see, rotate and export keys.</summary>
    Keys,

    /// <summary>To change members and the ways to unlock keys, to restore.</summary>
    Administer,
}

/// <summary>What roles allow, and their names.</summary>
public static class RoleNames
{
    private static readonly (Roles Role, string Name)[] s_names =
    [
        (Roles.Reader, "reader"), (Roles.Technician, "technician"), (Roles.Engineer, "engineer"), (Roles.SecurityOfficer, "security-officer"),
    ];

    /// <summary>The names of all roles, as they are written.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_names.Select(pair => pair.Name)];

    /// <summary>Whether roles allow something. Everybody with any role may read.</summary>
    public static bool Allow(this Roles roles, Permission permission) => permission switch
    {
        Permission.Read => roles != Roles.None,
        Permission.Service or Permission.Intake => (roles & (Roles.Technician | Roles.Engineer)) != 0,
        Permission.Plan => (roles & Roles.Engineer) != 0,
        Permission.Keys or Permission.Administer => (roles & Roles.SecurityOfficer) != 0,
        _ => false,
    };

    /// <summary>Roles as text, with commas.</summary>
    public static string ToText(Roles roles) => string.Join(',', s_names.Where(pair => (roles & pair.Role) != 0).Select(pair => pair.Name));

    /// <summary>Reads a list of roles with commas; null when a name is not known.</summary>
    public static Roles? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Roles roles = Roles.None;
        foreach (string word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Roles role = s_names.FirstOrDefault(pair => pair.Name == word).Role;
            if (role == Roles.None)
            {
                return null;
            }

            roles |= role;
        }

        return roles;
    }
}
