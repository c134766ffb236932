// Count files as they come: gaps, missing days, hourly rows, the hour that occurs twice; and the real files where they are.
using System.Globalization;
using System.Text;
using Simulation.Scenarios;
using Simulation.Tests.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class CountsImportTests
{
    private static readonly DateOnly Day = new(2024, 6, 12);

    private static DayCounts Load(string text, string column = "n", string? timeColumn = null)
    {
        using TemporaryFile file = ScenarioFiles.Write(text);
        return CountsImport.Load(new CountsSource { FilePath = file.Path, Column = column, TimeColumn = timeColumn, Day = Day });
    }

    private static string Rows(Func<int, string?> value, int step = 1)
    {
        StringBuilder text = new("t,n\n2024-06-11 23:45,99\n");
        for (int bin = 0; bin < 96; bin += step)
        {
            if (value(bin) is { } count)
            {
                text.Append(CultureInfo.InvariantCulture, $"2024-06-12 {bin / 4:00}:{bin % 4 * 15:00},{count}\n");
            }
        }

        return text.Append("2024-06-13 00:00,99\n").ToString();
    }

    private static ScenarioProblem Problem(Action action) => Assert.Single(Assert.Throws<ScenarioException>(action).Problems);

    [Fact]
    public void A_whole_day_comes_out_as_it_is()
    {
        DayCounts day = Load(Rows(bin => $"{bin}"));

        Assert.Equal(Enumerable.Range(0, 96).Select(bin => (double)bin), day.TravellersPerBin);
        Assert.Empty(day.Warnings);
    }

    [Fact]
    public void Gaps_are_filled_by_interpolation_and_said()
    {
        DayCounts day = Load(Rows(bin => bin switch { 0 or 1 => null, 10 or 11 => "", 20 => "broken", 30 => "-5", 95 => null, _ => $"{bin}" }));

        Assert.Equal(2, day.TravellersPerBin[0]);
        Assert.Equal(10, day.TravellersPerBin[10], 9);
        Assert.Equal(11, day.TravellersPerBin[11], 9);
        Assert.Equal(20, day.TravellersPerBin[20], 9);
        Assert.Equal(94, day.TravellersPerBin[95]);
        Assert.Contains(day.Warnings, warning => warning.Contains("7 of 96", StringComparison.Ordinal));
        Assert.Contains(day.Warnings, warning => warning.Contains("'broken' at 05:00", StringComparison.Ordinal));
    }

    [Fact]
    public void A_quarter_that_occurs_twice_is_averaged_and_said()
    {
        DayCounts day = Load(Rows(bin => "4") + "2024-06-12 02:00,8\n");

        Assert.Equal(6, day.TravellersPerBin[8]);
        Assert.Contains("02:00", Assert.Single(day.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_what_to_do()
    {
        Assert.Contains("'t', 'n'", Problem(() => Load(Rows(bin => "1"), "m")).Remedy, StringComparison.Ordinal);
        Assert.Contains("'t', 'n'", Problem(() => Load(Rows(bin => "1"), timeColumn: "time")).Remedy, StringComparison.Ordinal);
        Assert.Contains("hourly", Problem(() => Load(Rows(bin => "1", 4))).Message, StringComparison.Ordinal);
        Assert.Contains("no row for 2024-06-12", Problem(() => Load("t,n\n2024-06-11 23:45,99\n")).Message, StringComparison.Ordinal);
        Assert.Contains("no count", Problem(() => Load(Rows(bin => ""))).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Problem(() => Load("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_is_found_by_its_beginning_where_that_means_one_only()
    {
        DayCounts day = Load(Rows(bin => "1").Replace("t,n\n", "t,100 (Total)\n", StringComparison.Ordinal), "100");
        Assert.Equal(96, day.TravellersPerBin.Sum());

        ScenarioProblem problem = Problem(() => Load("t,100 (in),100 (out)\n2024-06-12 00:00,1,2\n", "100"));
        Assert.Contains("more than one", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_files_give_their_days_and_say_what_is_missing()
    {
        string street = ScenarioFiles.SharedData("counts/muenster_bike_100034978_gartenstrasse_2024_15min.csv");
        string promenade = ScenarioFiles.SharedData("counts/muenster_bike_100031297_promenade_salzstrasse_2024_15min.csv");

        DayCounts day = CountsImport.Load(new CountsSource { FilePath = street, Column = "100034978", Day = new DateOnly(2024, 6, 15) });
        Assert.Equal(2290, day.TravellersPerBin.Sum());
        Assert.Empty(day.Warnings);

        // This day has 95 rows in the file, and the last day of a month is not there.
        DayCounts short95 = CountsImport.Load(new CountsSource { FilePath = promenade, Column = "100031297", Day = new DateOnly(2024, 2, 14) });
        Assert.Contains(short95.Warnings, warning => warning.StartsWith("1 of 96", StringComparison.Ordinal));
        ScenarioProblem problem = Problem(() => CountsImport.Load(new CountsSource { FilePath = street, Column = "100034978", Day = new DateOnly(2024, 6, 30) }));
        Assert.Contains("2024-06-30", problem.Message, StringComparison.Ordinal);
    }
}
