// The options that every command has.
using System.CommandLine;

namespace Polectl.Cli;

/// <summary>Options of every command.</summary>
internal sealed class GlobalOptions
{
    public const string LanguageName = "--language";

    public GlobalOptions(Words words)
    {
        Workspace = new Option<string?>("--workspace", "-w") { Description = words["option.workspace"], HelpName = words["name.place"], Recursive = true };
        User = new Option<string?>("--user") { Description = words["option.user"], HelpName = words["name.name"], Recursive = true };
        Language = new Option<string?>(LanguageName) { Description = words["option.language"], HelpName = "en|de", Recursive = true };
        Language.AcceptOnlyFromAmong("en", "de");
        Json = new Option<bool>("--json") { Description = words["option.json"], Recursive = true };
    }

    public Option<string?> Workspace { get; }

    public Option<string?> User { get; }

    public Option<string?> Language { get; }

    public Option<bool> Json { get; }

    public IEnumerable<Option> All => [Workspace, User, Language, Json];
}
