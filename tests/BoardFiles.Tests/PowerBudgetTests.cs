// The power budget: sums by hand, what is refused, and the figure that the simulator takes from it.
using System.Text.Json;
using BoardFiles.Reading;
using Simulation.Scenarios;

namespace BoardFiles.Tests;

public sealed class PowerBudgetTests
{
    private const string Small = """
        board: b
        roundUpToMilliwatts: 50
        converters:
          - { rail: A, part: p, from: mains, millivolts: 10000, efficiencyPercent: 80, standbyMilliwatts: 20, ratedMilliwatts: 1000, basis: assumed, source: s }
          - { rail: B, part: p, from: A, millivolts: 2000, efficiencyPercent: 50, standbyMilliwatts: 4, ratedMilliwatts: 300, basis: assumed, source: s }
        loads:
          - { part: x, state: on, rail: B, milliamperes: 100, sharePermille: 250, basis: assumed, source: s }
          - { part: x, state: off, rail: B, milliamperes: 0, sharePermille: 750, basis: assumed, source: s }
          - { part: y, state: on, rail: A, milliwatts: 40, sharePermille: 1000, basis: assumed, source: s }
          - { part: z, state: on, rail: mains, milliwatts: 7, sharePermille: 1000, basis: assumed, source: s }
        """;

    [Fact]
    public void Given_ASmallBudget_When_AddedUp_Then_TheSumsAreThoseByHand()
    {
        PowerBudget budget = PowerBudgetReader.Read(Small, "x.yaml");

        // B: 200 mW a quarter of the time = 50; A: 40 + 4 + 50/0.5 = 144; mains: 7 + 20 + 144/0.8 = 207. At most: B 200, A 40 + 4 + 400 = 444, mains 7 + 20 + 555.
        Assert.Equal(50, budget.AverageFrom("B"), 6);
        Assert.Equal(144, budget.AverageFrom("A"), 6);
        Assert.Equal(207, budget.AverageMilliwatts, 6);
        Assert.Equal(582, budget.PeakMilliwatts, 6);
        Assert.Equal(250, budget.ControllerPowerMilliwatts);
        Assert.Empty(PowerBudgetReader.Check(budget));
    }

    [Fact]
    public void Given_AnOptionalPart_When_AddedUp_Then_ItCountsForThePeakAndIsToldApart()
    {
        PowerBudget budget = PowerBudgetReader.Read(
            Small + "\n  - { part: w, option: true, state: on, rail: B, milliwatts: 100, sharePermille: 500, basis: assumed, source: s }\n  - { part: w, option: true, state: off, rail: B, milliwatts: 0, sharePermille: 500, basis: assumed, source: s }", "x.yaml");

        // Half of 100 mW at B are 100 at A and 125 at the mains; at most 100 more at B, 200 at A, 250 at the mains.
        Assert.Equal(207, budget.AverageMilliwatts, 6);
        Assert.Equal(125, budget.OptionMilliwatts("w"), 6);
        Assert.Equal(832, budget.PeakMilliwatts, 6);
        Assert.Equal(["w"], budget.Options);
    }

    [Theory]
    [InlineData(22, true)]
    [InlineData(23, false)]
    public void Given_ACapacitor_When_ItsTimeIsAddedUp_Then_ItIsTheOneByHand(int atLeastSeconds, bool isEnough)
    {
        // 1 F, half of it, from 3 to 1 V: 2 J; 60 % of that are 1.2 J; less 0.1 J for a message; at 50 mW 22 s.
        PowerBudget budget = PowerBudgetReader.Read(
            Small + FormattableString.Invariant($"\nholdUp: {{ rail: B, farads: 1, capacityPercent: 50, fromMillivolts: 3000, toMillivolts: 1000, efficiencyPercent: 60, messageMillijoules: 99.9999, atLeastSeconds: {atLeastSeconds}, basis: assumed, source: s }}"), "x.yaml");

        Assert.Equal(22, budget.HoldUpSeconds, 3);
        Assert.Equal(isEnough, PowerBudgetReader.Check(budget).Count == 0);
    }

    // BoardMonitor reads the supply every 10 s: the capacitor has to outlast that, the records and the message.
    [Fact]
    public void Given_TheBudgetOfThePoleController_When_TheMainsAreGone_Then_ItLastsLongerThanTheControllerTakesToNotice()
    {
        PowerBudget budget = HardwareFolder.Read(Repository.Root).Budget;

        Assert.True(budget.HoldUpSeconds * 1000 > PoleController.Luminaire.BoardMonitor.ReadIntervalMs + PoleController.Luminaire.BoardMonitor.ConfirmMs + 4000);
        Assert.Equal(PoleController.PoleHardware.DefaultControllerMilliwatts, Math.Round(budget.AverageMilliwatts));
    }

    [Theory]
    [InlineData("sharePermille: 750", "sharePermille: 740", "990 permille")]
    [InlineData("ratedMilliwatts: 300", "ratedMilliwatts: 199", "200 mW")]
    public void Given_ABudgetThatDoesNotAddUp_When_Checked_Then_ItIsSaid(string find, string replace, string word)
    {
        PowerBudget budget = PowerBudgetReader.Read(Repository.Edit(Small, (find, replace)), "x.yaml");

        BoardProblem problem = Assert.Single(PowerBudgetReader.Check(budget));
        Assert.Equal(BoardRule.Power, problem.Rule);
        Assert.Contains(word, problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rail: mains, milliwatts: 7", "rail: C, milliwatts: 7", "no rail")]
    [InlineData("rail: mains, milliwatts: 7", "rail: mains, milliamperes: 7", "one of")]
    [InlineData("rail: mains, milliwatts: 7", "rail: A, milliamperes: 7, milliwatts: 7", "one of")]
    [InlineData("rail: mains, milliwatts: 7", "rail: mains, milliwatts: -7", "0 or more")]
    [InlineData("rail: mains, milliwatts: 7", "rail: mains, milliwatts: 7, colour: red", "unknown key")]
    [InlineData("from: A, millivolts: 2000", "from: C, millivolts: 2000", "neither mains nor a rail")]
    [InlineData("rail: B, part: p", "rail: A, part: p", "fed already")]
    [InlineData("efficiencyPercent: 50", "efficiencyPercent: 0", "efficiency")]
    [InlineData("efficiencyPercent: 50", "efficiencyPercent: 101", "efficiency")]
    public void Given_ABudgetNotOfTheForm_When_Read_Then_ItIsRefused(string find, string replace, string word)
    {
        BoardFileException exception = Assert.Throws<BoardFileException>(() => PowerBudgetReader.Read(Repository.Edit(Small, (find, replace)), "x.yaml"));

        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_TheBudgetOfThePoleController_When_TheSimulatorCountsItsConsumption_Then_ItIsTheRoundedUpAverage()
    {
        PowerBudget budget = HardwareFolder.Read(Repository.Root).Budget;
        using JsonDocument schema = JsonDocument.Parse(Repository.Text("simulator/scenarios/scenario.schema.json"));
        JsonElement property = schema.RootElement.GetProperty("properties").GetProperty("controller").GetProperty("properties").GetProperty("powerMilliwatts");

        Assert.Equal(new ControllerModel().PowerMilliwatts, budget.ControllerPowerMilliwatts);
        Assert.Equal(property.GetProperty("default").GetInt32(), budget.ControllerPowerMilliwatts);
        Assert.InRange(budget.ControllerPowerMilliwatts - budget.AverageMilliwatts, 0, budget.RoundUpToMilliwatts);
        Assert.Equal(ControllerModel.RadarMilliwatts, Math.Round(budget.OptionMilliwatts("Radar LD2410")));
    }

    [Fact]
    public void Given_TheBudgetOfThePoleController_When_ItsPartsAreRead_Then_EachHasASource() =>
        Assert.All(HardwareFolder.Read(Repository.Root).Budget.Loads, load => Assert.True(load.Source.Length > 10, load.Part));
}
