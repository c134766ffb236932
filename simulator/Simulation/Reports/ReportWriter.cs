// Puts the three forms of a report into a folder. What stands in them is the business of ReportJson, HtmlReport and JUnitReport.
namespace Simulation.Reports;

/// <summary>Writes <c>report.json</c>, <c>report.html</c> and <c>junit.xml</c>.</summary>
public static class ReportWriter
{
    /// <summary>The name of the JSON file.</summary>
    public const string JsonFileName = "report.json";

    /// <summary>The name of the HTML file.</summary>
    public const string HtmlFileName = "report.html";

    /// <summary>The name of the JUnit file.</summary>
    public const string JUnitFileName = "junit.xml";

    private const string TemporaryEnding = ".tmp";

    /// <summary>
    /// Writes all three files, the folder too if it is not there. All three are made before the first is written, and each is
    /// replaced as a whole, so a reader never sees half a file.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="directory">The folder to write to.</param>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(RunReport report, string directory)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(directory);

        byte[] json = ReportJson.Serialize(report);
        byte[] html = HtmlReport.Serialize(report);
        byte[] junit = JUnitReport.Serialize(report);

        Directory.CreateDirectory(directory);
        Replace(Path.Combine(directory, JsonFileName), json);
        Replace(Path.Combine(directory, HtmlFileName), html);
        Replace(Path.Combine(directory, JUnitFileName), junit);
    }

    /// <summary>
    /// Makes the folder and finds out whether the report can be written to it, so that this is known before a long run and not after it.
    /// </summary>
    /// <param name="directory">The folder to write to.</param>
    /// <exception cref="IOException">The folder cannot be made or written to, or a folder stands where a file has to be.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Prepare(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (File.Exists(directory))
        {
            throw new IOException("it is a file, not a folder.");
        }

        Directory.CreateDirectory(directory);
        foreach (string name in new[] { JsonFileName, HtmlFileName, JUnitFileName })
        {
            string path = Path.Combine(directory, name);
            if (Directory.Exists(path))
            {
                throw new IOException($"a folder stands where {name} has to be.");
            }

            string temporaryPath = path + TemporaryEnding;
            File.WriteAllBytes(temporaryPath, []);
            File.Delete(temporaryPath);
        }
    }

    private static void Replace(string path, byte[] content)
    {
        string temporaryPath = path + TemporaryEnding;
        try
        {
            File.WriteAllBytes(temporaryPath, content);
            File.Move(temporaryPath, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporaryPath);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a left-over temporary file harms nobody.
        }
    }
}
