// Where the tests find the repository's files, and how they change a copy of one.
using BoardFiles.Reading;
using BoardFiles.Rules;
using RepositoryFiles;

namespace BoardFiles.Tests;

internal static class Repository
{
    public const string PoleControllerFile = "hardware/boards/pole-controller-r1.yaml";
    public const string SecondRevisionFile = "hardware/boards/pole-controller-r2.yaml";
    public const string BenchFile = "hardware/boards/bench-heltec-wifi-lora-32-v3.yaml";
    public const string ChipFile = "hardware/chips/esp32-s3.yaml";
    public const string BudgetFile = "hardware/power-budget.yaml";

    public static string Root => RepositoryRoot.Folder;

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static Chip Chip(params (string Find, string Replace)[] edits) => ChipReader.Read(Edit(Text(ChipFile), edits), ChipFile);

    public static Board Board(string file, params (string Find, string Replace)[] edits) => BoardReader.Read(Edit(Text(file), edits), file);

    /// <summary>What is wrong with the pole controller's file after some edits.</summary>
    public static IReadOnlyList<BoardProblem> CheckEdited(params (string Find, string Replace)[] edits) => CheckEditedFile(PoleControllerFile, edits);

    /// <summary>What is wrong with a board's file after some edits.</summary>
    public static IReadOnlyList<BoardProblem> CheckEditedFile(string file, params (string Find, string Replace)[] edits) =>
        BoardValidator.Check(Board(file, edits), Chip(), ControllerPorts.Names);

    /// <summary>Replaces what stands in the text exactly once.</summary>
    public static string Edit(string text, params (string Find, string Replace)[] edits)
    {
        foreach ((string find, string replace) in edits)
        {
            Assert.Equal(2, text.Split(find).Length);
            text = text.Replace(find, replace, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The line, from 1, at which something stands.</summary>
    public static long LineOf(string text, string what) => 1 + text[..text.IndexOf(what, StringComparison.Ordinal)].Count(letter => letter == '\n');
}
