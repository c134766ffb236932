// What the keys are unlocked with: a file, a variable of the environment, or a question. Never an argument, which every user of the computer could read.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Keys;
using Provisioning.Problems;

namespace Polectl.Commands;

/// <summary>Options that unlock.</summary>
internal sealed class SecretOptions(CommandMaker make)
{
    private readonly Option<string?> _passphraseFile = make.Text("passphrase-file", "file");
    private readonly Option<string?> _keyFile = make.Text("key-file", "file");

    public IReadOnlyList<Symbol> All => [_passphraseFile, _keyFile];

    /// <summary>What unlocks.</summary>
    /// <exception cref="ProblemException">Nothing was given, and nobody can be asked.</exception>
    public UnlockSecret Read(Run run) => Find(run) ?? throw new ProblemException(new Problem("problem.keys.locked") { Kind = ProblemKind.NotAuthorised });

    /// <summary>What unlocks; null when nothing was given and nobody can be asked.</summary>
    public UnlockSecret? Find(Run run)
    {
        string? keyFile = run.Get(_keyFile) ?? run.Surroundings.Variable("POLECTL_KEY_FILE");
        return keyFile is not null
            ? new UnlockSecret(null, KeyFile.Read(keyFile))
            : Passphrase(run, run.Get(_passphraseFile), "POLECTL_PASSPHRASE", "ask.passphrase") is { } passphrase ? new UnlockSecret(passphrase, null) : null;
    }

    /// <summary>Whether something was given, so that nobody has to be asked.</summary>
    public bool IsGiven(Run run) => run.Get(_keyFile) is not null || run.Get(_passphraseFile) is not null
        || run.Surroundings.Variable("POLECTL_KEY_FILE") is not null || run.Surroundings.Variable("POLECTL_PASSPHRASE") is not null;

    /// <summary>A passphrase from a file's first line, from the environment, or from the keyboard; null when there is none.</summary>
    public static string? Passphrase(Run run, string? file, string variable, string question)
    {
        if (file is null)
        {
            return run.Surroundings.Variable(variable) ?? run.Surroundings.AskSecret?.Invoke(run.Words[question]);
        }

        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? "";
        }
        catch (FileNotFoundException)
        {
            throw new ProblemException(new Problem("problem.file.absent") { Kind = ProblemKind.WrongUse, File = file });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = file });
        }
    }
}
