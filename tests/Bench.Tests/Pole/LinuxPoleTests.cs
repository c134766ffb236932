// The controller on Linux: lamp first, join requests on the air, service port, sensors behind the kernel's buses, records in files.
using Bench.Jig;
using Bench.Pole;
using Bench.Tests.Simulated;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Storage;
using Simulation.Parts.Sensors;
using Simulation.Servicing;

namespace Bench.Tests.Pole;

public sealed class LinuxPoleTests
{
    private static readonly byte[] Key = Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c");

    [Fact]
    public void Given_a_provisioned_pole_When_it_runs_Then_the_lamp_is_lit_first_the_watchdog_is_petted_and_join_requests_are_on_the_air()
    {
        using LinuxPole pole = new("watchdog");
        List<string> order = [];
        foreach (int line in Enumerable.Range(0, 28).Except([22]))
        {
            pole.Pi.Lines.At(line).Changed = () => order.Add($"line {line}");
        }

        Assert.Equal(ProvisioningOutcome.Taken, pole.TakeOver());
        Assert.False(File.Exists(Path.Combine(pole.Folder, ProvisioningFile.FileName)));
        BoardParts parts = pole.Build();
        Assert.Equal((1.0, true, 2000), (pole.Pi.PwmChannels[0].DutyCycle, pole.Pi.PwmChannels[0].IsStarted, pole.Pi.PwmChannels[0].Frequency));
        Assert.Equal("line 17", order[0]);
        pole.Run(parts, 45 * 60_000);

        // The relay was never opened; a pulse at least every 30 s; LoRaWAN 1.0.4, 6.2.5: MHDR, JoinEUI and DevEUI with the least significant byte first.
        Assert.DoesNotContain(true, pole.Pi.Lines.At(17).History);
        Assert.InRange(pole.Pi.Lines.At(27).History.Count(level => level), 90, int.MaxValue);
        Assert.NotEmpty(pole.Air.Uplinks);
        Assert.All(pole.Air.Uplinks, uplink => Assert.Equal("007766554433221100341200D07ED5B370", Convert.ToHexString(uplink.Frame.AsSpan(0, 17))));
    }

    [Fact]
    public void Given_a_technician_at_the_service_port_When_the_light_is_set_Then_the_PWM_follows_and_the_relay_opens_in_the_dark()
    {
        using LinuxPole pole = new("service");
        pole.TakeOver();
        BoardParts parts = pole.Build();
        pole.Run(parts, 90_000);

        Assert.Contains("board=raspberry-pi-pole", pole.Ask(parts, "id"), StringComparison.Ordinal);
        Unlock(pole, parts);
        Assert.Contains("ok light", pole.Ask(parts, "light 300 600"), StringComparison.Ordinal);

        // 0.3 of the way from 1 to 10 V.
        Assert.Equal(0.37, pole.Pi.PwmChannels[0].DutyCycle, 6);
        pole.Ask(parts, "light 0 600");
        pole.Ask(parts, "id");
        Assert.True(pole.Pi.Lines.At(17).Driven);
        pole.Ask(parts, "light program");
        Assert.False(pole.Pi.Lines.At(17).Driven);
    }

    [Fact]
    public void Given_inputs_and_a_converter_When_they_change_Then_the_values_follow()
    {
        using LinuxPole pole = new("service occupancy door thermometer");
        bool isPresent = false;
        bool isOpen = false;
        pole.Pi.Lines.At(25).Source = () => isPresent;
        pole.Pi.Lines.At(5).Source = () => isOpen;

        // 12 V over 330 and 68 kOhm; an NTC at 25 degrees is half of the supply.
        pole.Pi.I2cParts[(1, 0x48)] = new I2cSocket(new Ads1115Chip(pole.Clock, channel => channel == 0 ? 12.0 * 68 / 398 : 1.65));
        pole.TakeOver();
        BoardParts parts = pole.Build();
        pole.Run(parts, 90_000);
        Unlock(pole, parts);
        isPresent = true;
        isOpen = true;
        string values = pole.Ask(parts, "values") + pole.Ask(parts, "values");
        Assert.Contains("value=occupancy quality=ok isOccupied=1", values, StringComparison.Ordinal);
        Assert.Contains("value=door quality=ok isOpen=1", values, StringComparison.Ordinal);
        Assert.Matches("value=supply quality=ok millivolts=(1199[0-9]|1200[0-9])", values);
        Assert.Matches("value=boardTemperature quality=ok centidegrees=(249[0-9]|250[0-9])", values);
    }

    [Fact]
    public void Given_a_meter_and_sensors_behind_the_kernels_buses_When_they_are_asked_Then_they_answer_and_one_that_is_pulled_is_told()
    {
        using LinuxPole pole = new("service metered photocell");
        UartPort port = pole.Plug("/dev/ttyAMA5", new Bl0942Part(pole.Clock, new ConstantLoad(pole.Clock, 40_000, 230_000, 950)));
        pole.Pi.I2cParts[(1, 0x10)] = new I2cSocket(new Veml7700Part(pole.Clock, _ => 50_000));
        pole.TakeOver();
        BoardParts parts = pole.Build();
        pole.Run(parts, 90_000);
        Unlock(pole, parts);
        string values = pole.Ask(parts, "values");
        Assert.Matches("sensor=meter quality=ok ageSeconds=[0-9]+ powerMilliwatts=(39[6-9]|40[0-4])[0-9]{2} ", values);
        Assert.Matches("sensor=photocell quality=ok ageSeconds=[0-9]+ illuminanceMillilux=(4[89]|5[0-2])[0-9]{3}", values);

        port.Plug(null);
        pole.Pi.I2cParts.Clear();
        pole.Run(parts, pole.Runtime.NowMs + 120_000);
        Unlock(pole, parts);
        string health = pole.Ask(parts, "health");
        Assert.Matches("sensor=meter state=failed .* lastFault=noAnswer", health);
    }

    [Fact]
    public void Given_a_pole_that_ran_When_it_starts_again_Then_its_records_are_there_and_only_their_owner_can_read_them()
    {
        using LinuxPole pole = new("service");
        pole.TakeOver();
        pole.Run(pole.Build(), 600_000);
        string[] records = [.. Directory.GetFiles(pole.Folder).Select(path => Path.GetFileName(path)!)];
        Assert.Contains("identity", records);
        Assert.True(records.Length > 2);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string path in Directory.GetFiles(pole.Folder))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }

        // The boot journal of the second start knows of the first.
        BoardParts parts = pole.Build();
        pole.StartAgain(parts);
        Assert.Contains("starts=2", pole.Ask(parts, "id"), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_something_fitted_that_the_board_has_no_signal_for_When_built_Then_word_and_signal_are_named()
    {
        using LinuxPole pole = new("occupancy");
        pole.TakeOver();
        PoleBoardException wrong = Assert.Throws<PoleBoardException>(() => PoleBuilder.Build(
            Bench.Boards.LinuxBoardReader.Parse(Boards.SmallBoard.Text, "small.yaml"), PoleController.Boards.BoardFitting.Read(new FileStore(pole.Files)), pole.Pi, pole.Runtime, pole.Files));
        Assert.Equal("'occupancy' is fitted, but small.yaml has no signal \"occupancy\". Add it there, or leave 'occupancy' out of the file \"board\".", wrong.Message);
    }

    private static void Unlock(LinuxPole pole, BoardParts parts)
    {
        string said = pole.Ask(parts, "unlock").Split("\r\n").First(line => line.StartsWith("ok unlock", StringComparison.Ordinal));
        byte[] response = ServiceTerminal.Respond(Key, Convert.FromHexString(ServiceAnswer.Field(said, "challenge")!), Convert.FromHexString(ServiceAnswer.Field(said, "devEui")!));
        Assert.Contains("ok unlock", pole.Ask(parts, "unlock " + Convert.ToHexStringLower(response)), StringComparison.Ordinal);
    }
}
