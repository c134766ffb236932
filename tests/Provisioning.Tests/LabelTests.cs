// Labels: the text by TR005, and sheets that independent programs render and read.
using System.Diagnostics;
using Provisioning.Controllers;
using Provisioning.Labels;
using Provisioning.Problems;
using Xunit;

namespace Provisioning.Tests;

public sealed class LabelTests : IDisposable
{
    // The example of TR005-1.0.0, section 2.2: every field, with its checksum.
    private const string Published = "LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB1122:OAABBCCDDEEFF:SYYWWNNNNNN:PFOOBAR:CAF2C";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Given_the_published_example_then_it_is_read_and_written_the_same()
    {
        QrText? text = QrText.Parse(Published);

        Assert.NotNull(text);
        Assert.Equal(("1122334455667788", "aabbccddeeff0011", "AABB", "1122"), (text.JoinEui, text.DevEui, text.VendorId, text.ProfileId));
        Assert.Equal([('O', "AABBCCDDEEFF"), ('S', "YYWWNNNNNN"), ('P', "FOOBAR")], text.Extensions);
        Assert.Equal(Published, text.ToString());
    }

    // Vectors of TheThingsNetwork/lorawan-stack, pkg/qrcodegenerator/qrcode/enddevices/lora_alliance_tr005_test.go.
    [Theory]
    [InlineData("LW:D0:42FFFFFFFFFFFFFF:4242FFFFFFFFFFFF:42FFFF42", true)]
    [InlineData("LW:D0:42FFFFFFFFFFFFFF:4242FFFFFFFFFFFF:42FFFF42:O:S:P", true)]
    [InlineData("LW:D0:42FFFFFFFFFFFFFF:4242FFFFFFFFFFFF", false)]
    [InlineData("LW:D0:42FFFFFFFF:4242FFFFFFFFFFFF:42FFFF42", false)]
    [InlineData("LW:D0:42FFFFFFFFFFFFFF:4242FFFFFFFFFFFF:42FFFF42AABB", false)]
    [InlineData("B\u00FFBB", false)]
    [InlineData("LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB1122:OAABBCCDDEEFF:SYYWWNNNNNN:PFOOBAR:CAF2D", false)]
    public void Given_texts_of_others_then_they_are_read_or_refused_as_there(string text, bool isRead)
    {
        Assert.Equal(isRead, QrText.Parse(text) is not null);
    }

    [Theory]
    [InlineData("70x37", 3, 26)]
    [InlineData("63.5x38.1", 0, 22)]
    [InlineData("105x57", 9, 3)]
    public void Given_sheets_then_an_independent_decoder_reads_every_code_and_the_text_says_pole_and_dev_eui(string layoutName, int skipped, int count)
    {
        Controller[] controllers = [.. Enumerable.Range(1, count).Select(number => new Controller
        {
            DevEui = $"70b3d5{number:x10}", JoinEui = "70b3d57ed0000001", Board = "b", Region = "eu868", PoleId = number == 1 ? "Löß-Straße 1" : $"P-{number:0000}",
        })];
        LabelLayout layout = LabelLayout.All.Single(known => known.Name == layoutName);

        byte[] pdf = LabelSheet.Make(controllers, new LabelRequest { VendorId = "0a1b", ProfileId = "0002", Layout = layout, SkippedCount = skipped });

        string path = _folder.Write("labels.pdf", pdf);
        string pages = RunOrSkip("pdfinfo", path).Split('\n').Single(line => line.StartsWith("Pages:", StringComparison.Ordinal));
        Assert.Equal($"{(skipped + count + layout.PerPage - 1) / layout.PerPage}", pages["Pages:".Length..].Trim());

        // Label by label, as a phone sees them: each code has to be on its own label.
        for (int i = 0; i < count; i++)
        {
            QrText expected = new(controllers[i].JoinEui, controllers[i].DevEui, "0A1B", "0002");
            Assert.Equal(expected.ToString(), ReadLabel(path, layout, skipped + i));
        }

        string text = RunOrSkip("pdftotext", "-raw", path, "-");
        Assert.All(controllers, controller =>
        {
            Assert.Contains(controller.PoleId!, text, StringComparison.Ordinal);
            Assert.Contains($"{controller.DevEui[..4]} {controller.DevEui[4..8]}\n{controller.DevEui[8..12]} {controller.DevEui[12..]}".ToUpperInvariant(), text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Given_a_number_that_the_font_cannot_write_then_it_is_refused_by_name()
    {
        Controller controller = new() { DevEui = "70b3d50000000001", JoinEui = "70b3d57ed0000001", Board = "b", Region = "eu868", PoleId = "Łódź-1" };

        ProblemException thrown = Assert.Throws<ProblemException>(() =>
            LabelSheet.Make([controller], new LabelRequest { VendorId = "0000", ProfileId = "0000", Layout = LabelLayout.All[0] }));

        Assert.Equal(("problem.label.letters", "Łódź-1"), (thrown.Problems[0].Key, thrown.Problems[0].Value));
    }

    public void Dispose() => _folder.Dispose();

    private string ReadLabel(string path, LabelLayout layout, int number)
    {
        const double DotsPerMm = 200 / 25.4;
        string Dots(double millimetres) => ((int)(millimetres * DotsPerMm)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        int place = number % layout.PerPage;
        string page = ((number / layout.PerPage) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        RunOrSkip(
            "pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", "-f", page, "-l", page, "-x", Dots(layout.LeftMm + (place % layout.Columns * (layout.WidthMm + layout.GapMm))),
            "-y", Dots(layout.TopMm + (place / layout.Columns * layout.HeightMm)), "-W", Dots(layout.WidthMm), "-H", Dots(layout.HeightMm), path, _folder.PathOf("label"));
        return RunOrSkip("zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", _folder.PathOf("label.png")).Trim();
    }

    private static string RunOrSkip(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}");
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip(program + " is not installed (.ci/install).");
            return "";
        }
    }
}
