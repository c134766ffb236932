// The same night twice: stepped exactly when the lamp asked for it, and every 10 ms as on the pole. The level curve must be the same,
// whatever happens in it.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class LevelCurveTests
{
    private const int BeatMs = 10;

    [Fact]
    public void Any_night_gives_the_same_curve_however_it_is_stepped()
    {
        Gen<int[]> nights = Gen.Choose(0, 9999).ArrayOf(36);
        Prop.ForAll(nights.ToArbitrary(), (int[] night) =>
        {
            LampHarness exact = Live(night, 0);
            LampHarness beaten = Live(night, BeatMs);
            AssertSameCurve(exact, beaten);
            Assert.True(exact.StepCount < beaten.StepCount);
            Assert.Equal(0, exact.Dimmer.OutOfRangeCount);
            Assert.Equal(exact.Occupancy.ArrivalCount, beaten.Occupancy.ArrivalCount);
            Assert.Equal(exact.Lighting.SwitchCount, beaten.Lighting.SwitchCount);
            Assert.InRange(exact.Luminaire.LampOnSeconds - beaten.Luminaire.LampOnSeconds, -1, 1);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>A night in which somebody was there when a slow program came back after an override, found by the property above.</summary>
    [Fact]
    public void Given_somebody_is_there_when_an_override_ends_Then_the_curve_does_not_hang_on_the_number_of_steps()
    {
        int[] night =
        [
            7922, 6173, 8449, 8565, 9282, 106, 2999, 8074, 8607, 5328, 8502, 4602, 8085, 1753, 5231, 2296, 9275, 5521,
            328, 6460, 4733, 1486, 7519, 8853, 1765, 8497, 8889, 8179, 2023, 6022, 7065, 2007, 4130, 3004, 3195, 8650,
        ];
        AssertSameCurve(Live(night, 0), Live(night, BeatMs));
    }

    /// <summary>Each group of three numbers is something that happens, how, and how long until the next.</summary>
    private static LampHarness Live(int[] night, int beatMs)
    {
        LampHarness pole = new(hasRelay: night[0] % 2 == 0, hasPhotocell: night[0] % 3 == 0, hasMeter: true, seed: night[0], beatMs: beatMs);
        pole.Settings.HoldTimeMs = 1000;
        pole.Settings.OccupancyDebounceMs = BeatMs * (night[1] % 6);
        pole.Settings.OccupancyFadeUpMs = BeatMs * (night[2] % 80);
        pole.Settings.OccupancyFadeDownMs = BeatMs * (night[3] % 300);
        pole.Settings.PowerReturnDelayMaximumMs = 0;
        if (pole.Photocell != null)
        {
            pole.Photocell.IlluminanceLux = night[4] % 60;
        }

        pole.Start(isPowerReturn: night[5] % 2 == 0);
        for (int i = 0; i + 2 < night.Length; i += 3)
        {
            Happen(pole, night[i] % 8, night[i + 1]);
            pole.Run(BeatMs * (night[i + 2] % 350));
        }

        return pole.Step();
    }

    private static void Happen(LampHarness pole, int what, int how)
    {
        switch (what)
        {
            case 0:
            case 1:
            case 2:
                pole.Sense(!pole.Input.IsActive);
                break;
            case 3:
                pole.Override(how % 1001, BeatMs * (how % 400), BeatMs * (how % 900));
                break;
            case 4:
                pole.Lighting.ResumeProgram(pole.NowMs);
                pole.Step();
                break;
            case 5:
                pole.Clock.Set(pole.NowMs, LampHarness.MidsummerEveningUtcMs + 60000 - (BeatMs * (how % 400)), 0);
                pole.Step();
                break;
            case 6:
                pole.WithProgram([720, 1321], [how % 500, (how * 7) % 1001], [how % 1001, (how * 3) % 1001], how % 4);
                pole.Step();
                break;
            default:
                pole.Dimmer.Refuses = how % 4 == 0;
                break;
        }
    }

    private static void AssertSameCurve(LampHarness exact, LampHarness beaten)
    {
        // A change between two beats is seen by the beaten one at the next beat, and what lies between two beats it cannot see.
        SortedDictionary<long, int> rounded = [];
        foreach ((long timeMs, int level) in exact.Curve)
        {
            rounded[(timeMs + BeatMs - 1) / BeatMs * BeatMs] = level;
        }

        Assert.Equal(Compress(rounded), Compress(beaten.Curve));
    }

    private static List<(long TimeMs, int Level)> Compress(SortedDictionary<long, int> curve)
    {
        List<(long TimeMs, int Level)> changes = [];
        foreach ((long timeMs, int level) in curve)
        {
            if (changes.Count == 0 || changes[^1].Level != level)
            {
                changes.Add((timeMs, level));
            }
        }

        return changes;
    }
}
