// Files that are not of the form: each is refused with its line, and nothing else than a refusal ever happens.
using BoardFiles.Reading;
using BoardFiles.Rules;

namespace BoardFiles.Tests;

public sealed class FormTests
{
    [Theory]
    [InlineData("boardPull: down, atReset: low, connector: J4", "boardPul: down, atReset: low, connector: J4", "unknown key \"boardPul\"")]
    [InlineData("status: design", "status: design\nprice: 3", "unknown key \"price\"")]
    [InlineData("pwm: { channel: 1,", "pwm: { channel: 1, duty: 3,", "unknown key \"duty\"")]
    [InlineData("pin: 21, direction: output", "pin: 21, direction: sideways", "input, output, bidirectional")]
    [InlineData("pin: 21, direction: output", "pin: twenty, direction: output", "whole number")]
    [InlineData("pin: 21, direction: output", "pin: -1, direction: output", "whole number")]
    [InlineData("pin: 21, direction: output", "pin: 21", "\"direction\" is missing")]
    [InlineData("runtime: true", "runtime: perhaps", "false, true")]
    [InlineData("{ port: Aes, what: \"nanoFramework", "{ port: Aes, what: [a, b], x: \"", "one value")]
    [InlineData("status: design", "status:", "one value")]
    [InlineData("buses:\n", "buses: none\nother:\n", "has to be a list")]
    public void Given_AFileNotOfTheForm_When_Read_Then_ItIsRefusedWithItsLine(string find, string replace, string message)
    {
        string text = Repository.Edit(Repository.Text(Repository.PoleControllerFile), (find, replace));

        BoardFileException exception = Assert.Throws<BoardFileException>(() => BoardReader.Read(text, "x.yaml"));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.Problem);
        long line = Repository.LineOf(Repository.Text(Repository.PoleControllerFile), find);
        Assert.InRange(exception.Problem.Line, line, line + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just words")]
    [InlineData("board: [")]
    [InlineData("board: a\nboard: b")]
    [InlineData("\tboard: a")]
    [InlineData("--- {a: b}\n--- {c: d}")]
    [InlineData("board: *nowhere")]
    [InlineData("? [a, b]\n: c")]
    public void Given_WhatIsNoBoard_When_Read_Then_ItIsRefused(string text)
    {
        Assert.Throws<BoardFileException>(() => BoardReader.Read(text, "x.yaml"));
        Assert.Throws<BoardFileException>(() => ChipReader.Read(text, "x.yaml"));
        Assert.Throws<BoardFileException>(() => PowerBudgetReader.Read(text, "x.yaml"));
    }

    [Fact]
    public void Given_AnyLineMissing_When_ReadAndChecked_Then_ThereAreProblemsOrAnAnswerButNoOtherFailure()
    {
        string[] lines = Repository.Text(Repository.PoleControllerFile).Split('\n');
        Chip chip = Repository.Chip();
        int refused = 0;
        for (int missing = 0; missing < lines.Length; missing++)
        {
            string text = string.Join('\n', lines.Where((_, index) => index != missing));
            try
            {
                refused += BoardValidator.Check(BoardReader.Read(text, "x.yaml"), chip, ControllerPorts.Names).Count > 0 ? 1 : 0;
            }
            catch (BoardFileException)
            {
                refused++;
            }
        }

        // Comments, blank lines, parts, warnings and the like may go; most signals and buses may not.
        Assert.InRange(refused, 20, lines.Length - 1);
    }

    [Theory]
    [InlineData("pins: [0-21, 26-48]", "pins: [0-21, 48-26]", "neither a pin nor a range")]
    [InlineData("pins: [0-21, 26-48]", "pins: [0-21, 26-4800]", "neither a pin nor a range")]
    [InlineData("pins: [0-21, 26-48]", "pins: [all]", "neither a pin nor a range")]
    [InlineData("uart: 3", "uarts: 3", "missing")]
    public void Given_AChipNotOfTheForm_When_Read_Then_ItIsRefused(string find, string replace, string message)
    {
        BoardFileException exception = Assert.Throws<BoardFileException>(() => Repository.Chip((find, replace)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
