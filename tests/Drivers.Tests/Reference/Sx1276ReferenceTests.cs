// The SX1276's driver against Semtech's: every register that either of them writes, as it stands when the operation begins, and the frame.
using Drivers.Tests.Bench;
using PoleController.Drivers;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Xunit;

namespace Drivers.Tests.Reference;

public class Sx1276ReferenceTests
{
    private static readonly Dictionary<string, string> AlwaysDifferent = new()
    {
        ["LoRa 01"] = "OpMode: ours chooses the upper bands' registers (bit 3 cleared), the reference leaves the bit as it is after a reset",
        ["LoRa 23"] = "the reference limits received frames to 64 bytes at its start",
        ["FSK"] = "the reference sets the FSK modem as well, ours only calibrates in it",
    };

    [Theory]
    [CombinatorialOperations(isTransmission: true)]
    public void Given_a_frame_When_sent_Then_the_registers_are_as_by_the_reference_driver(bool isPaBoost, int index)
    {
        Recording semtech = Load(isPaBoost);
        RecordedOperation operation = semtech.Transmit[index];
        DriverBench bench = Bench(isPaBoost);
        byte[] frame = DriverBench.Frame(operation.Length);
        Assert.True(bench.Transmit(frame, operation.SpreadingFactor, operation.BandwidthHz, operation.PowerDbm, operation.FrequencyHz));

        Dictionary<string, string> reasons = new(AlwaysDifferent)
        {
            ["LoRa 12"] = "ours clears interrupts before an operation",
            ["LoRa 1f"] = "the symbol time-out, which a transmission does not use",
        };
        if (isPaBoost && operation.PowerDbm > 17)
        {
            reasons["LoRa 0b"] = "Ocp: 140 mA for 20 dBm, which the 100 mA after a reset would cut off";
        }

        if (!isPaBoost && operation.PowerDbm > 14)
        {
            reasons["LoRa 09"] = "RFO gives 14 dBm (data sheet 5.4.2); the reference asks for 15";
        }

        Difference.AssertOnly(
            $"{operation}", State(semtech.StartBytes.Concat(operation.Bytes)), State(bench.Spi.Transfers), reasons);
    }

    [Theory]
    [CombinatorialOperations(isTransmission: false)]
    public void Given_a_window_When_opened_Then_the_registers_are_as_by_the_reference_driver(bool isPaBoost, int index)
    {
        Recording semtech = Load(isPaBoost);
        RecordedOperation operation = semtech.Receive[index];
        DriverBench bench = Bench(isPaBoost);
        Assert.True(bench.Receive(operation.WindowMs, operation.SpreadingFactor, operation.BandwidthHz, operation.FrequencyHz));

        Dictionary<string, string> reasons = new(AlwaysDifferent)
        {
            ["LoRa 09"] = "PaConfig: zero since the calibration; set with every transmission",
            ["LoRa 0e"] = "ours sets the buffer's transmission side with every operation",
            ["LoRa 11"] = "the reference masks ValidHeader, by which ours tells a frame that comes in from noise",
            ["LoRa 12"] = "ours clears interrupts before an operation",
            ["LoRa 22"] = "PayloadLength, which an explicit header makes meaningless",
        };
        if (operation.WindowMs == 0)
        {
            reasons["LoRa 1e"] = "the symbol time-out, which a reception without an end does not use";
            reasons["LoRa 1f"] = "the same";
        }

        Difference.AssertOnly(
            $"{operation}", State(semtech.StartBytes.Concat(operation.Bytes)), State(bench.Spi.Transfers), reasons);
    }

    internal static Recording Load(bool isPaBoost) => Recording.Load(isPaBoost ? "sx1276-pa-boost.json" : "sx1276-rfo.json");

    private static DriverBench Bench(bool isPaBoost)
    {
        Antenna antenna = new(0);
        Sx1276Chip chip = new(antenna);
        DriverBench bench = new(
            ChipModel.Sx1276, chip, antenna, spi => new Sx1276(spi, chip.ResetLine, chip.Dio0, chip.Dio1, new Sx1276Board { IsPaBoost = isPaBoost }));
        return bench.Started();
    }

    // Values after a reset (data sheet table 41): writing those is as good as not writing.
    private static readonly (string Register, string Value)[] AfterReset =
    [
        ("0a", "09"), ("0b", "2b"), ("0e", "80"), ("0f", "00"), ("1f", "64"), ("31", "c3"), ("41", "00"), ("4b", "09"),
    ];

    // The last value of every register, those between 0x0D and 0x3F apart for FSK and for LoRa, and the frame.
    private static SortedDictionary<string, string> State(IEnumerable<byte[]> transfers)
    {
        SortedDictionary<string, string> state = new(StringComparer.Ordinal);
        SortedDictionary<string, string> fsk = new(StringComparer.Ordinal);
        int opMode = 0x09;
        foreach ((string register, string value) in AfterReset)
        {
            state[$"LoRa {register}"] = value;
        }

        foreach (byte[] bytes in transfers.Where(bytes => (bytes[0] & 0x80) != 0))
        {
            int address = bytes[0] & 0x7F;
            if (address == 0)
            {
                state["frame"] = Convert.ToHexStringLower(bytes, 1, bytes.Length - 1);
                continue;
            }

            for (int i = 1; i < bytes.Length; i++, address++)
            {
                opMode = address == 0x01 ? bytes[i] : opMode;
                bool isFsk = (opMode & 0x80) == 0 && address is >= 0x0D and < 0x40;
                (isFsk ? fsk : state)[$"LoRa {address:x2}"] = $"{bytes[i]:x2}";
            }
        }

        state["FSK"] = string.Join(" ", fsk.Select(register => register.Key[5..] + "=" + register.Value));
        return state;
    }
}
