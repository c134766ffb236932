// What is wrong with a file: where, what, and what to do. Its words are sentences by key, so that each program has them in its reader's language.
namespace SettingsFiles;

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">Line from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column from 1; 0 when the whole line is meant.</param>
/// <param name="KeyPath">Path of the key, such as programs[0].points[2].level; empty when no key is concerned.</param>
/// <param name="Value">The offending text, shortened; empty when there is none.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record FileProblem(string File, int Line, int Column, string KeyPath, string Value, Sentence What, Sentence Remedy)
{
    /// <summary>Makes it with the remedy that belongs to the sentence: its key with ".do", and the same arguments.</summary>
    public FileProblem(string file, int line, int column, string keyPath, string value, Sentence what)
        : this(file, line, column, keyPath, value, what, new Sentence(what?.Key + ".do", what?.Arguments ?? []))
    {
    }
}
