// The three files in a folder: all there, never half of one.
using System.Text;
using Simulation.Reports;
using Xunit;

namespace Simulation.Tests.Reports;

public sealed class ReportWriterTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "polesim-report-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public void The_folder_is_made_and_holds_the_three_files_and_nothing_else()
    {
        string nested = Path.Combine(_directory, "of", "tonight");

        ReportWriter.Write(SampleReport.Create(), nested);

        Assert.Equal(["junit.xml", "report.html", "report.json"], Directory.GetFiles(nested).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(ReportJson.Serialize(SampleReport.Create()), File.ReadAllBytes(Path.Combine(nested, "report.json")));
    }

    [Fact]
    public void A_second_report_takes_the_place_of_the_first()
    {
        ReportWriter.Write(SampleReport.Create(), _directory);
        ReportWriter.Write(SampleReport.CreatePassed(20), _directory);

        Assert.Equal(20, ReportJson.Deserialize(File.ReadAllBytes(Path.Combine(_directory, "report.json"))).Poles.Count);
        Assert.Equal(3, Directory.GetFiles(_directory).Length);
    }

    [Fact]
    public void A_report_that_cannot_be_written_leaves_the_one_before_untouched()
    {
        ReportWriter.Write(SampleReport.Create(), _directory);
        string before = Contents();
        RunReport broken = SampleReport.Create();
        broken.Energy.LampWattHours = double.NaN;

        Assert.Throws<ArgumentException>(() => ReportWriter.Write(broken, _directory));

        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_an_error_and_not_lost()
    {
        File.WriteAllText(_directory, "something else");
        try
        {
            Assert.ThrowsAny<IOException>(() => ReportWriter.Write(SampleReport.Create(), _directory));
            Assert.Equal("something else", File.ReadAllText(_directory));
        }
        finally
        {
            File.Delete(_directory);
        }
    }

    private string Contents()
    {
        StringBuilder all = new();
        foreach (string file in Directory.GetFiles(_directory).Order(StringComparer.Ordinal))
        {
            all.Append(file).Append(File.ReadAllText(file));
        }

        return all.ToString();
    }
}
