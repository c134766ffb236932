// What polectl's exit codes mean. Scripts rely on them: never change a meaning.
namespace Polectl;

/// <summary>Exit codes of polectl.</summary>
internal static class ExitCode
{
    /// <summary>All of it was done.</summary>
    public const int Done = 0;

    /// <summary>It could not be done; nothing was changed.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be right; nothing was changed.</summary>
    public const int WrongUse = 2;

    /// <summary>A part was done; the output says which.</summary>
    public const int PartlyDone = 3;

    /// <summary>The member may not do this, or passphrase or password is wrong; nothing was changed.</summary>
    public const int NotAuthorised = 4;

    /// <summary>polectl itself is broken (EX_SOFTWARE of BSD's sysexits.h).</summary>
    public const int Defect = 70;
}
