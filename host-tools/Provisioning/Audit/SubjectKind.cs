// What journal entries are about. The words stand in journals and never change.
namespace Provisioning.Audit;

/// <summary>Kinds of subjects.</summary>
public static class SubjectKind
{
    /// <summary>The workspace itself.</summary>
    public const string Workspace = "workspace";

    /// <summary>A member.</summary>
    public const string Member = "member";

    /// <summary>A pole.</summary>
    public const string Pole = "pole";

    /// <summary>A controller.</summary>
    public const string Controller = "controller";

    /// <summary>The keys of a controller.</summary>
    public const string Keys = "keys";

    /// <summary>A way to unlock the keys.</summary>
    public const string Unlock = "unlock";

    /// <summary>A network server that may hand uplinks in.</summary>
    public const string Sender = "sender";

    /// <summary>What a member said to an alarm.</summary>
    public const string Acknowledgement = "acknowledgement";

    /// <summary>How long observations are kept.</summary>
    public const string Retention = "retention";

    /// <summary>A recipient of alarms.</summary>
    public const string Recipient = "recipient";

    /// <summary>A commissioning.</summary>
    public const string Commissioning = "commissioning";

    /// <summary>A program file.</summary>
    public const string Program = "program";

    /// <summary>A version of a program file.</summary>
    public const string ProgramVersion = "programVersion";

    /// <summary>A program file assigned to poles.</summary>
    public const string Assignment = "assignment";

    /// <summary>A network server, as the workspace knows it.</summary>
    public const string Server = "server";

    /// <summary>A multicast group.</summary>
    public const string MulticastGroup = "multicastGroup";
}
