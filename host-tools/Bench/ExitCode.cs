// What polebench's exit codes mean. Scripts rely on them: never change a meaning. They are polectl's.
namespace Bench;

/// <summary>Exit codes of polebench.</summary>
internal static class ExitCode
{
    /// <summary>Every step of the plan passed; the file is right; the pole was ended on purpose.</summary>
    public const int Done = 0;

    /// <summary>A step of the plan failed, or the board's devices could not be opened.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a board file or a plan is wrong; nothing was switched.</summary>
    public const int WrongUse = 2;

    /// <summary>The plan was broken off: by hand, or because an instrument of the jig failed. The result tells of the steps that were made.</summary>
    public const int PartlyDone = 3;

    /// <summary>The controller refuses the service key, or there is none.</summary>
    public const int NotAuthorised = 4;

    /// <summary>polebench itself is broken (EX_SOFTWARE of BSD's sysexits.h).</summary>
    public const int Defect = 70;

    /// <summary>The codes in a line, for help.</summary>
    public const string Meaning =
        "Exit codes: 0 passed, 1 a step failed or a device cannot be opened, 2 wrong use or a wrong file, 3 broken off, 4 the service key is missing or refused, 70 a defect of polebench.";
}
