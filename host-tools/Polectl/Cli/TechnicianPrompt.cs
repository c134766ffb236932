// Who answers a commissioning's questions: somebody at the keyboard, a file of answers, or nobody.
using System.Text.Json;
using Provisioning.Commissioning;
using Provisioning.Problems;

namespace Polectl.Cli;

/// <summary>Answers questions of a commissioning.</summary>
internal sealed class TechnicianPrompt : ITechnician
{
    private const int MostTries = 5;
    private static readonly string[] s_yes = ["y", "yes", "j", "ja"];
    private static readonly string[] s_no = ["n", "no", "nein"];

    private readonly Words _words;
    private readonly Func<string, string?>? _ask;
    private readonly Dictionary<string, string> _answers;

    /// <summary>Makes it.</summary>
    /// <param name="words">Words of the questions.</param>
    /// <param name="ask">Asks at the keyboard; null where nobody sits or nobody is to be asked.</param>
    /// <param name="answersFile">A JSON file with answers by question; null for none.</param>
    /// <exception cref="ProblemException">The file is none.</exception>
    public TechnicianPrompt(Words words, Func<string, string?>? ask, string? answersFile)
    {
        _words = words;
        _ask = ask;
        _answers = answersFile is null ? [] : Read(answersFile);
    }

    /// <inheritdoc/>
    public bool? Ask(string question, string about)
    {
        if (_answers.TryGetValue(question, out string? known))
        {
            return IsYes(known);
        }

        for (int attempt = 0; _ask is not null && attempt < MostTries; attempt++)
        {
            string? answer = _ask(_words.Format("commission.ask." + question, about) + " " + _words["commission.yesNo"]);
            if (answer is null or "")
            {
                return null;
            }

            if (IsYes(answer) is { } isYes)
            {
                return isYes;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public string? AskText(string question) => _answers.TryGetValue(question, out string? known) ? known : _ask?.Invoke(_words["commission.ask." + question]);

    private static bool? IsYes(string answer)
    {
        string word = answer.Trim().ToLowerInvariant();
        return s_yes.Contains(word) ? true : s_no.Contains(word) ? false : null;
    }

    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            Dictionary<string, string> answers = [];
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                string value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : "";
                if (!Questions.All.Contains(property.Name) || (property.Name != Questions.Position && IsYes(value) is null))
                {
                    throw new ProblemException(new Problem("problem.answers.unknown", string.Join(", ", Questions.All)) { Kind = ProblemKind.WrongUse, File = path, Field = property.Name, Value = property.Value.ToString() });
                }

                answers[property.Name] = value;
            }

            return answers;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ProblemException(new Problem("problem.answers.form", string.Join(", ", Questions.All)) { Kind = ProblemKind.WrongUse, File = path });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { Kind = ProblemKind.WrongUse, File = path });
        }
    }
}
