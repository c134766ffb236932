// Any sequence of commands, times and sensors: the lamp heads for the level that a model says which knows nothing of the lamp's code, and is dark only where
// a program, a command or daylight asks for it.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class PrecedenceTests
{
    private const int Minute = 60000;

    [Fact]
    public void Any_night_has_the_levels_and_causes_of_the_model()
    {
        Gen<int[]> nights = Gen.Choose(0, 9999).ArrayOf(90);
        HashSet<LevelCause> seen = [];
        Prop.ForAll(nights.ToArbitrary(), (int[] night) => Live(night, seen)).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

        // The start and the delay after power return are over before the model looks; a failure has its own tests.
        LevelCause[] never = [LevelCause.Start, LevelCause.PowerReturnDelay, LevelCause.Failure];
        Assert.Equal(Enum.GetValues<LevelCause>().Except(never), seen.Order());
    }

    /// <summary>Each group of three numbers is something that happens, how, and how long until the next.</summary>
    private static void Live(int[] night, HashSet<LevelCause> seen)
    {
        LampHarness pole = new(hasRelay: night[0] % 2 == 0, hasPhotocell: night[10] % 4 != 0, seed: night[0]);
        Provision(pole, night);
        PrecedenceModel model = new(pole.Settings, pole.Photocell != null);
        pole.Lighting.Reasons.Neighbours = model;
        SetIlluminance(pole, night[1] % 3 == 0 ? 5 : 500);
        pole.Start();
        for (int i = 0; i + 2 < night.Length; i += 3)
        {
            Happen(pole, model, night[i] % 14, night[i + 1]);
            pole.Step();
            Compare(pole, model, seen);
            for (int part = 0; part < 4; part++)
            {
                // Long stretches and short ones, with looks in between.
                pole.Run(night[i + 2] % 3 == 0 ? night[i + 2] * 7 : night[i + 2] * (long)(night[i + 2] % 400));
                Compare(pole, model, seen);
            }
        }
    }

    private static void Provision(LampHarness pole, int[] night)
    {
        // Points at 12:00, 22:30, 01:00 and 03:30 UTC; it begins at 22:00 UTC in midsummer.
        pole.WithProgram([720, 1350, 60, 210], [0, 800, night[2] % 2 == 0 ? 300 : 0, 0], [0, 0, 700, 600]);
        pole.Settings.Scenes.SceneCount = 2;
        (pole.Settings.Scenes.SceneLevelPermille[0], pole.Settings.Scenes.SceneLevelPermille[1]) = (150, 0);
        (pole.Settings.Emergency.EmergencyLevelPermille, pole.Settings.Emergency.CrisisLevelPermille) = (900, night[3] % 3 == 0 ? 0 : 250);
        pole.Settings.Emergency.MaximumMinutes = 60;
        pole.Settings.LoadShedding.MaximumMinutes = 90;
        pole.Settings.LoadShedding.FloorPermille = night[4] % 2 == 0 ? 200 : 550;
        (pole.Settings.DarkSky.FromMinute, pole.Settings.DarkSky.ToMinute, pole.Settings.DarkSky.IdleLevelPermille) = (30, 120, 120);
        (pole.Settings.DarkSky.FromMonthDay, pole.Settings.DarkSky.ToMonthDay) = night[5] % 2 == 0 ? (601, 831) : (901, 531);
        (pole.Settings.Groups.BoostPermille, pole.Settings.Groups.BoostWeekdayMask) = (100, night[6] % 128);
        (pole.Settings.Groups.BoostFromMinute, pole.Settings.Groups.BoostToMinute) = (1380, 45);
        (pole.Settings.Daylight.MaximumEarlierMinutes, pole.Settings.Daylight.MaximumLaterMinutes, pole.Settings.Daylight.LevelPermille)
            = (night[7] % 3 * 20, night[8] % 3 * 20, 450);
        pole.Settings.PhotocellDelaySeconds = 0;
        pole.Schedule.Invalidate();
        if (night[9] % 5 == 0)
        {
            pole.Settings.HasPosition = false;
            pole.Settings.Programs[0].Reference[1] = (byte)SwitchingReference.CivilDusk;
        }
    }

    private static void Happen(LampHarness pole, PrecedenceModel model, int what, int how)
    {
        LightingReasons reasons = pole.Lighting.Reasons;
        long nowMs = pole.NowMs;
        int minutes = how % 150;
        switch (what)
        {
            case 0:
                model.Emergency = (nowMs, how % 2, minutes);
                reasons.Emergency.Call(nowMs, (EmergencyKind)(how % 2), minutes);
                break;
            case 1:
                model.Identify = (nowMs, how % 900);
                reasons.Identify.Begin(nowMs, how % 900);
                break;
            case 2:
                model.Command = (nowMs, LevelCause.Override, how % 1001, minutes * (long)Minute);
                pole.Lighting.SetOverride(nowMs, how % 1001, how % 5000, minutes * (long)Minute);
                break;
            case 3:
                bool isScene = reasons.Commanded.TryRecall(nowMs, how % 3, minutes * (long)Minute);
                Assert.Equal(how % 3 < 2, isScene);
                model.Command = isScene ? (nowMs, LevelCause.Scene, how % 3 == 0 ? 150 : 0, minutes * (long)Minute) : model.Command;
                break;
            case 4:
                model.Command = null;
                pole.Lighting.ResumeProgram(nowMs);
                break;
            case 5:
                model.Boost = (nowMs, how % 101 * 10, minutes);
                reasons.Boost.Command(nowMs, how % 101 * 10, minutes);
                break;
            case 6:
            case 7:
                model.Shedding = (nowMs, how % 4, minutes);
                reasons.Shedding.Shed(nowMs, how % 4, minutes);
                break;
            case 8:
                model.SomebodyComingUntilMs = nowMs + (how * 10);
                break;
            case 9:
                SetIlluminance(pole, how % 2 == 0 ? 5 : 500);

                // A new light is believed by the next reading.
                pole.Run(PhotocellSwitch.PollIntervalMs + 1);
                pole.Run(PhotocellSwitch.PollIntervalMs + 1);
                break;
            case 10:
            case 11:
                pole.Sense(!pole.Input.IsActive);
                break;
            case 12:
                pole.Clock.Set(nowMs, LampHarness.MidsummerEveningUtcMs + (how * 2000L), 0);
                break;
            default:
                pole.Run(how);
                break;
        }
    }

    private static void SetIlluminance(LampHarness pole, int illuminanceLux)
    {
        if (pole.Photocell != null)
        {
            pole.Photocell.IlluminanceLux = illuminanceLux;
        }
    }

    private static void Compare(LampHarness pole, PrecedenceModel model, HashSet<LevelCause> seen)
    {
        long utcMs = pole.Clock.UtcMs(pole.NowMs);
        pole.Step();
        (int level, LevelCause cause) = model.At(pole.NowMs, utcMs, pole.Occupancy.IsOccupied, pole.Photocell?.IlluminanceLux < 20);
        Assert.True(
            (level, cause) == (pole.Lighting.TargetLevelPermille, pole.Lighting.Cause),
            $"{DateTimeOffset.FromUnixTimeMilliseconds(utcMs):u}: {pole.Lighting.TargetLevelPermille} {pole.Lighting.Cause} instead of {level} {cause}");
        Assert.Equal(0, pole.Lighting.Reasons.ExceptionCount);
        seen.Add(cause);
        if (level == 0)
        {
            Assert.True(cause is LevelCause.Program or LevelCause.Override or LevelCause.Scene or LevelCause.Emergency or LevelCause.Photocell);
        }

        // The alarms say the same.
        Assert.Equal(model.IsEmergency(pole.NowMs), pole.Alarms.IsRaised(Alarms.AlarmKind.EmergencyProfile));
    }
}
