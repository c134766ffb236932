// Independent programs that judge what polectl wrote; a test that needs one that is absent is skipped.
using System.Diagnostics;
using RepositoryFiles;

namespace Polectl.Tests.Technician;

internal static class Judges
{
    /// <summary>Text of a PDF, as poppler reads it.</summary>
    public static string PdfText(string path)
    {
        try
        {
            return Run("pdftotext", null, "-layout", path, "-");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("pdftotext is not installed (.ci/install).");
            return "";
        }
    }

    /// <summary>What ajv says of a JSON text: "valid", or what is wrong.</summary>
    public static string Ajv(string json, string schema)
    {
        string folder = RepositoryRoot.PathOf("tests", "third-party", "ajv");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "ajv")))
        {
            Assert.Skip("ajv is not installed: run `npm ci` in tests/third-party/ajv (Node 20 or newer).");
        }

        return Run("node", json, Path.Combine(folder, "check.js"), RepositoryRoot.PathOf("docs", schema)).Trim();
    }

    private static string Run(string program, string? input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardInput = true, StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return output.GetAwaiter().GetResult();
    }
}
