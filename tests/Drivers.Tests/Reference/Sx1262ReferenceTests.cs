// The SX1262's driver against Semtech's: every command and register that either of them sets, as it stands when the operation begins.
using Drivers.Tests.Bench;
using PoleController.Drivers;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Xunit;

namespace Drivers.Tests.Reference;

public class Sx1262ReferenceTests
{
    private static readonly Recording Semtech = Recording.Load("sx1262.json");

    // Our driver asks for the status with every transfer, and rests in XOSC standby instead of sleep.
    private static readonly Dictionary<string, string> AlwaysDifferent = new()
    {
        ["c0 GetStatus"] = "the reference wakes the chip with it; ours never sleeps",
        ["02 ClearIrqStatus"] = "the reference clears interrupts when it reads them, ours before an operation as well",
        ["08 SetDioIrqParams"] = "the reference raises DIO1 for one kind of interrupt per operation, ours for all that end something",
        ["80 SetStandby"] = "ours rests with the oscillator running: no operation waits for it",
        ["89 Calibrate"] = "after a start of the TCXO all blocks have to be calibrated again (data sheet 13.3.6); the reference's board has a crystal",
        ["07 ClearDeviceErrors"] = "the same",
        ["93 SetRxTxFallbackMode"] = "ours falls back to XOSC standby",
        ["9f StopTimerOnPreamble"] = "a window is how long a preamble may take to come; the reference's ends with the header",
        ["a0 SetLoRaSymbNumTimeout"] = "the reference times windows in symbols (at most 248), ours by the chip's timer",
        ["register 029f"] = "the reference keeps two registers over sleep; ours never sleeps",
        ["register 08ac"] = "receiver gain: ours is boosted, the pole has mains",
    };

    public static TheoryData<int> Transmissions => [.. Enumerable.Range(0, Semtech.Transmit.Count)];

    public static TheoryData<int> Receptions => [.. Enumerable.Range(0, Semtech.Receive.Count)];

    [Theory]
    [MemberData(nameof(Transmissions))]
    public void Given_a_frame_When_sent_Then_the_chip_is_set_as_by_the_reference_driver(int index)
    {
        RecordedOperation operation = Semtech.Transmit[index];
        DriverBench bench = Bench();
        byte[] frame = DriverBench.Frame(operation.Length);
        Assert.True(bench.Transmit(frame, operation.SpreadingFactor, operation.BandwidthHz, operation.PowerDbm, operation.FrequencyHz));
        bench.RunFor(10);

        Dictionary<string, string> reasons = new(AlwaysDifferent)
        {
            ["9f StopTimerOnPreamble"] = "set at the start; the reference sets it with a reception",
            ["a0 SetLoRaSymbNumTimeout"] = "set at the start; the reference sets it with a reception",
        };
        Difference.AssertOnly(
            $"{operation}",
            State(Semtech.StartBytes.Concat(operation.Bytes), Calibration(operation)),
            State(bench.Spi.Transfers, null),
            reasons);
    }

    [Theory]
    [MemberData(nameof(Receptions))]
    public void Given_a_window_When_opened_Then_the_chip_is_set_as_by_the_reference_driver(int index)
    {
        RecordedOperation operation = Semtech.Receive[index];
        DriverBench bench = Bench();
        Assert.True(bench.Receive(operation.WindowMs, operation.SpreadingFactor, operation.BandwidthHz, operation.FrequencyHz));
        bench.RunFor(20);

        Dictionary<string, string> reasons = new(AlwaysDifferent)
        {
            ["8e SetTxParams"] = "the reference sets a power at its start, ours with a transmission",
        };
        if (operation.WindowMs > 0)
        {
            reasons["register 0706"] = "the window in symbols, which ours leaves to the timer";
            reasons["82 SetRx"] = "the window in the chip's timer: windowMs x 64; the reference gives the longest and counts symbols";
        }
        else
        {
            reasons.Remove("a0 SetLoRaSymbNumTimeout");
        }

        SortedDictionary<string, string> ours = State(bench.Spi.Transfers, null);
        Difference.AssertOnly($"{operation}", State(Semtech.StartBytes.Concat(operation.Bytes), Calibration(operation)), ours, reasons);
        if (operation.WindowMs > 0)
        {
            Assert.Equal($"{operation.WindowMs * 64:x6}", ours["82 SetRx"]);
        }
    }

    private static DriverBench Bench()
    {
        Antenna antenna = new(0);
        Sx1262Chip chip = new(antenna, hasTcxo: false);
        DriverBench bench = new(
            ChipModel.Sx1262, chip, antenna, spi => new Sx1262(spi, chip.ResetLine, chip.Busy, chip.Dio1, new Sx1262Board { TcxoMillivolts = 0 }));
        return bench.Started();
    }

    // The reference calibrates once, for the frequency that it is first set to; ours whenever the band changes (data sheet table 9-2).
    private static string Calibration(RecordedOperation operation) => operation.FrequencyHz > 900_000_000 ? "e1e9" : "d7db";

    // The last parameters of every command, and the last value of every register written.
    private static SortedDictionary<string, string> State(IEnumerable<byte[]> transfers, string? calibration)
    {
        // IQ polarity is 0x0D after a reset (table 12-1): writing that is as good as not writing.
        SortedDictionary<string, string> state = new(StringComparer.Ordinal) { ["register 0736"] = "0d" };
        foreach (byte[] bytes in transfers)
        {
            switch (bytes[0])
            {
                case 0x1D:
                case 0x17:
                    break;
                case 0x0D when bytes[1] == 0x02:
                    state["register 029f"] = Convert.ToHexStringLower(bytes, 3, bytes.Length - 3);
                    break;
                case 0x0D:
                    for (int i = 3; i < bytes.Length; i++)
                    {
                        state[$"register {(bytes[1] << 8) + bytes[2] + i - 3:x4}"] = $"{bytes[i]:x2}";
                    }

                    break;
                default:
                    state[$"{bytes[0]:x2} {NameOf(bytes[0])}"] = Convert.ToHexStringLower(bytes, 1, bytes.Length - 1);
                    break;
            }
        }

        if (calibration is not null)
        {
            state["98 CalibrateImage"] = calibration;
        }

        return state;
    }

    private static string NameOf(byte command) =>
        typeof(Sx1262Command).GetFields().Single(field => (int)field.GetRawConstantValue()! == command).Name;
}
