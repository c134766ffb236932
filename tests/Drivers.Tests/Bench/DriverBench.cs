// A chip, its driver and virtual time: polls when the driver asks for it and when the chip's lines wake the pole, as the controller does.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Simulation.Radio;
using Xunit;

namespace Drivers.Tests.Bench;

internal sealed class DriverBench
{
    public const int UplinkHz = 868_100_000;
    public const int Rx2Hz = 869_525_000;

    private readonly UplinkBuffer _uplinks = new();
    private long _nowUs;

    public DriverBench(ChipModel model, LoRaChip? chip = null, Antenna? antenna = null, Func<ISpiDevice, LoRaTransceiver>? createDriver = null)
    {
        Antenna = antenna ?? new Antenna(0);
        Antenna.Uplinks = _uplinks;
        Chip = chip ?? Chips.Create(model, Antenna);
        Spi = new RecordingSpi(Chip);
        Driver = createDriver is null ? Chips.CreateDriver(model, Chip, Spi) : createDriver(Spi);
        Poll();
    }

    public Antenna Antenna { get; }

    public LoRaChip Chip { get; }

    public RecordingSpi Spi { get; }

    public LoRaTransceiver Driver { get; }

    public long NowMs => _nowUs / 1000;

    public long NowUs => _nowUs;

    /// <summary>Steps of the loop come only at multiples of this.</summary>
    public int StepMs { get; set; } = 1;

    public List<(LoRaRadioEvent Event, long TimeMs)> Events { get; } = [];

    public int PollCount { get; private set; }

    /// <summary>Most transfers in one call so far.</summary>
    public int MostTransfersInACall { get; private set; }

    public IReadOnlyList<UplinkTransmission> Sent => _uplinks.Uplinks;

    public static byte[] Frame(int length, int salt = 0) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + length + salt))];

    public DriverBench Started()
    {
        RunFor(100);
        Assert.Empty(Events);
        return this;
    }

    public bool Transmit(byte[] frame, int spreadingFactor = 7, int bandwidthHz = 125_000, int powerDbm = 14, int frequencyHz = UplinkHz) =>
        Call(() => Driver.TryTransmit(frequencyHz, spreadingFactor, bandwidthHz, powerDbm, frame, frame.Length));

    public bool Receive(int windowMs, int spreadingFactor = 9, int bandwidthHz = 125_000, int frequencyHz = Rx2Hz) =>
        Call(() => Driver.TryReceive(frequencyHz, spreadingFactor, bandwidthHz, windowMs));

    public void Announce(long startUs, byte[] frame, int spreadingFactor = 9, bool isWhole = true, int rssiDbm = -90, int snrQuarterDecibel = 20) =>
        Antenna.Announce(Downlinks.Create(startUs, frame, Rx2Hz, spreadingFactor, isWhole, rssiDbm, snrQuarterDecibel));

    public byte[] ReadFrame()
    {
        byte[] buffer = new byte[256];
        return buffer[..Driver.ReadFrame(buffer)];
    }

    public void RunFor(long durationMs) => RunUntil(NowMs + durationMs);

    public void RunUntil(long untilMs)
    {
        while (true)
        {
            long nextUs = Math.Min(Driver.NextWakeMs >= long.MaxValue / 1000 ? long.MaxValue : Driver.NextWakeMs * 1000, Chip.NextEventUs);
            nextUs = Math.Max(nextUs, _nowUs);
            if (nextUs < long.MaxValue && StepMs > 1)
            {
                // The chip goes on between the steps of the loop.
                Chip.Advance(nextUs);
                nextUs = (nextUs + (StepMs * 1000L) - 1) / (StepMs * 1000L) * (StepMs * 1000L);
            }

            if (nextUs > untilMs * 1000)
            {
                break;
            }

            SetTime(nextUs);
            Poll();
        }

        SetTime(Math.Max(_nowUs, untilMs * 1000));
        Poll();
    }

    public bool Call(Func<bool> operation)
    {
        int before = Chip.TransferCount;
        bool result = operation();
        MostTransfersInACall = Math.Max(MostTransfersInACall, Chip.TransferCount - before);
        return result;
    }

    private void SetTime(long timeUs)
    {
        _nowUs = timeUs;
        Chip.SetTime(timeUs);
        if (Chip.NextEventUs <= timeUs)
        {
            Chip.Advance(timeUs);
        }
    }

    private void Poll()
    {
        PollCount++;
        LoRaRadioEvent radioEvent = LoRaRadioEvent.None;
        Call(() =>
        {
            radioEvent = Driver.Poll(NowMs);
            return true;
        });
        if (radioEvent != LoRaRadioEvent.None)
        {
            Events.Add((radioEvent, Driver.EventTimeMs));
        }

        Assert.True(Driver.NextWakeMs > NowMs, $"the driver asks to be polled at {Driver.NextWakeMs} ms, and it is {NowMs} ms");
    }
}
