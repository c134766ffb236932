// Lamp hours and energy in the store: what a power cut, a damaged record and a failing store leave of them, and how often it is written.
using PoleController.Luminaire;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Luminaire;

public sealed class LuminaireRecordTests
{
    private const long Hour = 3600000;

    [Fact]
    public void Given_a_power_cut_at_any_byte_of_any_write_Then_the_old_or_the_new_totals_are_there()
    {
        for (int writesBefore = 0; writesBefore < 4; writesBefore++)
        {
            for (int tear = 0; tear <= LuminaireRecord.Length; tear++)
            {
                FaultableStore store = new();
                LuminaireRecord record = new(store);
                Assert.True(record.TryLoad());
                for (int i = 1; i <= writesBefore; i++)
                {
                    Assert.True(record.TrySave(i * 1000, i * 100000000000L, i * 7000000000L, i));
                }

                store.TearAfterBytes = tear;
                record.TrySave((writesBefore + 1) * 1000, (writesBefore + 1) * 100000000000L, (writesBefore + 1) * 7000000000L, writesBefore + 1);

                LuminaireRecord after = new(store);
                Assert.True(after.TryLoad());
                long found = after.LampOnSeconds / 1000;
                Assert.True(found == writesBefore || (found == writesBefore + 1 && tear == LuminaireRecord.Length));
                Assert.Equal((found * 100000000000L, found * 7000000000L, (int)found), (after.EnergyMilliwattHours, after.ControllerMilliwattHours, after.LampStarts));

                // And life goes on from what was found.
                store.TearAfterBytes = -1;
                Assert.True(after.TrySave(77, 88, 0, 0));
                LuminaireRecord last = new(store);
                Assert.True(last.TryLoad());
                Assert.Equal(77, last.LampOnSeconds);
            }
        }
    }

    [Fact]
    public void Given_any_single_bit_is_wrong_in_the_newer_record_Then_the_older_one_is_taken()
    {
        FaultableStore store = new();
        LuminaireRecord record = new(store);
        record.TryLoad();
        record.TrySave(1, 10, 0, 0);
        byte[] older = store.Records.Single().Value;
        record.TrySave(2, 20, 0, 0);
        byte[] newer = store.Records.Values.Single(data => !ReferenceEquals(data, older));
        for (int bit = 0; bit < newer.Length * 8; bit++)
        {
            newer[bit / 8] ^= (byte)(1 << (bit % 8));
            LuminaireRecord found = new(store);
            found.TryLoad();
            Assert.Equal(1, found.LampOnSeconds);
            newer[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Given_a_record_that_is_too_long_Then_it_is_not_believed()
    {
        FaultableStore store = new();
        LuminaireRecord record = new(store);
        record.TryLoad();
        record.TrySave(1, 10, 0, 0);
        string name = store.Records.Single().Key;
        store.Records[name] = [.. store.Records[name], 0];
        record.TryLoad();
        Assert.Equal(0, record.LampOnSeconds);
    }

    [Fact]
    public void Given_a_lit_lamp_Then_the_totals_are_written_once_an_hour_and_when_it_goes_dark()
    {
        LampHarness pole = new LampHarness(hasMeter: true).Start();
        pole.Run(10 * Hour);
        Assert.Equal(10, pole.Store.WriteCount);
        pole.Run(Hour / 2);
        pole.Override(0, 0, 20 * Hour);
        pole.Run(LuminaireMonitor.SaveAfterDarkMs);
        Assert.Equal(11, pole.Store.WriteCount);
        Assert.Equal((10 * 3600) + 1800, new LampHarness(store: pole.Store).Start().Luminaire.LampOnSeconds);

        // Dark, and the meter's counter stands still: nothing to write.
        pole.Run(10 * Hour);
        Assert.Equal(11, pole.Store.WriteCount);
    }

    [Fact]
    public void Given_a_lamp_that_goes_dark_every_minute_Then_the_flash_is_spared()
    {
        LampHarness pole = new LampHarness(hasMeter: true).Start();
        for (int i = 0; i < 10 * 60; i++)
        {
            pole.Override(i % 2 * 1000, 0, Hour);
            pole.Run(60000);
        }

        Assert.InRange(pole.Store.WriteCount, 10, 40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_store_that_fails_Then_it_shows_and_the_totals_are_written_when_it_is_back(bool throws)
    {
        LampHarness pole = new LampHarness(hasMeter: true).Start();
        pole.Store.Refuses = !throws;
        pole.Store.Throws = throws;
        pole.Run(2 * Hour);
        Assert.Equal(HealthState.Degraded, pole.Luminaire.Health.State);
        Assert.Equal(HealthReason.StoreFailed, pole.Luminaire.Health.Reason);
        pole.Store.Refuses = false;
        pole.Store.Throws = false;
        pole.Run(Hour);
        Assert.Equal(HealthState.Ok, pole.Luminaire.Health.State);
        Assert.Equal(3 * 3600, new LampHarness(store: pole.Store).Start().Luminaire.LampOnSeconds);
    }

    [Fact]
    public void Given_a_store_that_throws_at_start_Then_the_totals_of_years_are_not_written_over()
    {
        FaultableStore store = new();
        LuminaireRecord record = new(store);
        record.TryLoad();
        record.TrySave(50000000, 60000000000, 0, 0);
        store.Throws = true;
        LampHarness pole = new LampHarness(hasMeter: true, store: store).Start();
        Assert.Equal(0, pole.Luminaire.LampOnSeconds);
        pole.Run(Hour / 2);
        store.Throws = false;
        pole.Run(Hour);
        pole.Step();
        Assert.Equal(50000000 + 5400, pole.Luminaire.LampOnSeconds);
        Assert.Equal(60000000, pole.Luminaire.EnergyWattHours);
        Assert.Equal(50000000 + 3600, new LampHarness(store: store).Start().Luminaire.LampOnSeconds);
    }
}
