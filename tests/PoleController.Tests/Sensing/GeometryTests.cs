// Container geometry, speed of sound, median and slopes against published tables and other ways to compute them.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Sensing;
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class GeometryTests
{
    [Theory]
    [InlineData(1300, 0)]
    [InlineData(1400, 0)]
    [InlineData(800, 500)]
    [InlineData(550, 750)]
    [InlineData(300, 1000)]
    [InlineData(40, 1000)]
    public void Given_straight_walls_Then_the_fill_goes_with_the_height(int distance, int permille)
    {
        FillLevelSettings container = new() { EmptyDistanceMillimetres = 1300, FullDistanceMillimetres = 300 };
        Assert.Equal(permille, ContainerGeometry.FillPermille(container, distance));
    }

    /// <summary>Partial volumes of horizontal cylinders as tank tables print them (depth over diameter, thousandths of the volume).</summary>
    [Theory]
    [InlineData(50, 18.7)]
    [InlineData(100, 52.0)]
    [InlineData(250, 195.5)]
    [InlineData(300, 252.3)]
    [InlineData(500, 500.0)]
    [InlineData(750, 804.5)]
    [InlineData(900, 948.0)]
    public void Given_a_lying_cylinder_Then_the_fill_is_that_of_the_tank_table(int depthPermille, double permille)
    {
        FillLevelSettings container = new()
        {
            Shape = (int)ContainerShape.LyingCylinder, EmptyDistanceMillimetres = 2200, FullDistanceMillimetres = 200,
        };
        Assert.InRange(ContainerGeometry.FillPermille(container, 2200 - (2 * depthPermille)), permille - 1, permille + 1);
    }

    [Theory]
    [InlineData(400, 800)]
    [InlineData(800, 400)]
    [InlineData(0, 600)]
    [InlineData(600, 0)]
    [InlineData(500, 500)]
    public void Given_a_cone_Then_the_fill_is_the_sum_of_thin_slices(int bottomWidth, int topWidth)
    {
        FillLevelSettings container = new()
        {
            Shape = (int)ContainerShape.Cone, EmptyDistanceMillimetres = 1200, FullDistanceMillimetres = 200,
            BottomWidthMillimetres = bottomWidth, TopWidthMillimetres = topWidth,
        };
        double whole = Enumerable.Range(0, 1000).Sum(Slice);
        double below = 0;
        for (int height = 0; height <= 1000; height++)
        {
            Assert.InRange(ContainerGeometry.FillPermille(container, 1200 - height), (1000 * below / whole) - 1.5, (1000 * below / whole) + 1.5);
            below += height < 1000 ? Slice(height) : 0;
        }

        double Slice(int millimetre) => Math.Pow(bottomWidth + ((topWidth - bottomWidth) * (millimetre + 0.5) / 1000), 2);
    }

    [Fact]
    public void Given_a_table_Then_between_its_points_the_fill_is_interpolated_and_beyond_it_stays()
    {
        FillLevelSettings container = new() { Shape = (int)ContainerShape.Table, EmptyDistanceMillimetres = 2000, PointCount = 3 };
        (container.PointDistanceMillimetres[0], container.PointPercent[0]) = (2000, 0);
        (container.PointDistanceMillimetres[1], container.PointPercent[1]) = (1000, 80);
        (container.PointDistanceMillimetres[2], container.PointPercent[2]) = (500, 100);
        Assert.Equal(SettingsFault.None, container.Validate());
        int[] fill = [.. new[] { 2500, 2000, 1500, 1000, 750, 500, 100 }.Select(distance => ContainerGeometry.FillPermille(container, distance))];
        Assert.Equal([0, 0, 400, 800, 900, 1000, 1000], fill);
    }

    [Fact]
    public void Given_any_container_that_settings_accept_Then_the_fill_never_leaves_its_range_and_never_falls_as_the_surface_comes_nearer()
    {
        Gen<FillLevelSettings> containers =
            from shape in Gen.Choose(0, 2)
            from empty in Gen.Choose(1, 20000)
            from full in Gen.Choose(0, empty - 1)
            from bottom in Gen.Choose(0, 20000)
            from top in Gen.Choose(1, 20000)
            select new FillLevelSettings
            {
                Shape = shape, EmptyDistanceMillimetres = empty, FullDistanceMillimetres = full, BottomWidthMillimetres = bottom, TopWidthMillimetres = top,
            };
        Prop.ForAll(containers.ToArbitrary(), container =>
        {
            Assert.Equal(SettingsFault.None, container.Validate());
            int before = 1000;
            for (int distance = 0; distance <= 20500; distance += 41)
            {
                int permille = ContainerGeometry.FillPermille(container, distance);
                Assert.InRange(permille, 0, before);
                before = permille;
            }

            Assert.Equal(0, before);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>The exact formula for an ideal gas, and the values that text books print: 331.3 m/s at 0 degrees, 343.2 at 20, 318.9 at -20.</summary>
    [Fact]
    public void Given_any_temperature_outdoors_Then_the_speed_of_sound_is_that_of_an_ideal_gas()
    {
        for (int centidegrees = -4000; centidegrees <= 6000; centidegrees += 50)
        {
            double exact = 331300 * Math.Sqrt(1 + (centidegrees / 100.0 / 273.15));
            Assert.InRange(SpeedOfSound.MillimetresPerSecond(centidegrees), exact - 1, exact + 1);
        }

        Assert.Equal(3313, SpeedOfSound.MillimetresPerSecond(0) / 100);
        Assert.Equal(343.2, SpeedOfSound.MillimetresPerSecond(2000) / 1000.0, 1);
        Assert.Equal(318.9, SpeedOfSound.MillimetresPerSecond(-2000) / 1000.0, 1);
    }

    [Fact]
    public void Given_air_colder_than_the_part_computes_with_Then_the_surface_is_nearer_than_it_says()
    {
        Assert.Equal(2000, SpeedOfSound.Correct(2000, 2000, 2000));
        Assert.InRange(SpeedOfSound.Correct(2000, 2000, -1000), 1893, 1897);
        Assert.Equal(2000, SpeedOfSound.Correct(2000, int.MinValue, -1000));
    }

    [Fact]
    public void Given_any_values_Then_the_median_has_as_many_below_as_above()
    {
        Prop.ForAll(Gen.Choose(-1000000, 1000000).NonEmptyListOf().ToArbitrary(), list =>
        {
            int[] values = [.. list];
            int[] sorted = [.. list.Order()];
            double median = (sorted[(sorted.Length - 1) / 2] + (double)sorted[sorted.Length / 2]) / 2;
            Assert.InRange(Median.Of(values, values.Length), median - 0.5, median + 0.5);
            Assert.Equal(sorted, values);
        }).QuickCheckThrowOnFailure();
        int[] five = [5, 1, 3];
        Assert.All(new[] { (5, 1, 3), (1, 3, 5), (3, 5, 1), (3, 1, 5) }, t => Assert.Equal(3, Median.OfThree(t.Item1, t.Item2, t.Item3)));
        Assert.Equal(3, Median.Of(five, 3));
    }

    [Fact]
    public void Given_a_straight_rise_with_fewer_than_half_of_the_values_wrong_Then_the_slope_is_that_of_the_rise()
    {
        Prop.ForAll(Gen.Choose(-500, 500).ToArbitrary(), Gen.Choose(0, 99999).ToArbitrary(), (int perDay, int seed) =>
        {
            Random random = new(seed);
            int[] wrong = [.. Enumerable.Range(0, 16).OrderBy(_ => random.Next()).Take(7)];
            TrendHistory history = new(16, 3600);
            for (int hour = 0; hour < 16; hour++)
            {
                Assert.True(history.Add(hour * 3600000L, (perDay * hour / 24) + (wrong.Contains(hour) ? random.Next(-5000, 5000) : 0)));
            }

            // Values are whole numbers: rounding alone makes a slope of up to 24 a day between neighbours.
            Assert.InRange(history.SlopePerDay(), perDay - 25, perDay + 25);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_two_days_that_rise_by_day_only_Then_the_slope_is_that_of_the_days_whatever_the_hour()
    {
        for (int startHour = 0; startHour < 24; startHour++)
        {
            TrendHistory history = new(32, 5400);
            for (int i = 0; i < 32; i++)
            {
                double hour = startHour + (i * 1.5);
                double level = (Math.Floor(hour / 24) * 400) + (400 * Math.Clamp(((hour % 24) - 8) / 12, 0, 1));
                history.Add((long)(hour * 3600000), (int)level);
            }

            Assert.InRange(history.SlopePerDay(), 395, 405);
        }
    }

    [Fact]
    public void Given_any_levels_Then_a_state_ends_only_below_its_threshold_by_the_hysteresis()
    {
        Prop.ForAll(Gen.Choose(0, 1000).ListOf(200).ToArbitrary(), levels =>
        {
            LevelState state = LevelState.Green;
            foreach (int level in levels)
            {
                LevelState before = state;
                state = Hysteresis.Next(before, level, 750, 900, 50);
                Assert.Equal(level >= 900 || (before == LevelState.Red && level >= 850), state == LevelState.Red);
                Assert.Equal(level < 700 || (level < 750 && before == LevelState.Green), state == LevelState.Green);
            }
        }).QuickCheckThrowOnFailure();
    }
}
