// What polesim's exit codes mean. Scripts rely on them: never change a meaning.
namespace Polesim;

/// <summary>Exit codes of polesim.</summary>
internal static class ExitCode
{
    /// <summary>The run went to its end and every check passed.</summary>
    public const int Done = 0;

    /// <summary>A check failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or an input file is wrong; nothing was run.</summary>
    public const int WrongUse = 2;

    /// <summary>The run was interrupted; the report tells of the part that has run, and its checks passed.</summary>
    public const int PartlyDone = 3;

    /// <summary>polesim itself is broken (EX_SOFTWARE of BSD's sysexits.h): never to be taken for a failed check.</summary>
    public const int Defect = 70;

    /// <summary>The codes in a line, for help.</summary>
    public const string Meaning =
        "Exit codes: 0 every check passed, 1 a check failed, 2 wrong use or bad input, 3 interrupted (the report tells of what has run), 70 a defect of polesim.";
}
