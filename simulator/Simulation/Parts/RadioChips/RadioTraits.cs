// What of a chip and its driver can be seen at the radio's port, as numbers: the short cut without a chip (RadioPart) gives the same frames at
// the same times by them. Tests run both and compare. The times are those that the chips and the drivers have, counted from the poll at which an
// operation begins; transfers take no virtual time.
using PoleController.Drivers;

namespace Simulation.Parts.RadioChips;

/// <summary>A radio chip with its driver, seen from the port.</summary>
public abstract class RadioTraits
{
    /// <summary>The SX1262 with a TCXO that starts in 5 ms, as on the project's boards.</summary>
    public static RadioTraits Sx1262 { get; } = new Sx1262Traits(new Sx1262Board());

    /// <summary>The SX1276 with a crystal and the antenna at PA_BOOST, as on most modules.</summary>
    public static RadioTraits Sx1276 { get; } = new Sx1276Traits(new Sx1276Board());

    /// <summary>From the first poll until the chip can begin an operation, in milliseconds.</summary>
    public abstract int StartMs { get; }

    /// <summary>How much later an operation begins when its frequency is in another band than the one before, in milliseconds.</summary>
    public abstract int BandChangeMs { get; }

    /// <summary>From the beginning of a transmission to the first symbol of its preamble, in microseconds.</summary>
    public abstract int TransmitLatencyUs { get; }

    /// <summary>From the beginning of a reception until preambles are heard, in microseconds.</summary>
    public abstract int ReceiveLatencyUs { get; }

    /// <summary>A number that differs between bands that the chip calibrates for by themselves.</summary>
    /// <param name="frequencyHz">A frequency in the band.</param>
    public abstract int BandOf(int frequencyHz);

    /// <summary>How long the chip keeps a window open, in microseconds; 0 when the driver times it.</summary>
    /// <param name="windowMs">The window asked for.</param>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="bandwidthHz">Bandwidth.</param>
    public abstract long WindowUs(int windowMs, int spreadingFactor, int bandwidthHz);

    /// <summary>Radiated power for a power asked for.</summary>
    /// <param name="powerDbm">In dBm.</param>
    public abstract int RadiatedDbm(int powerDbm);

    /// <summary>Signal strength as it comes out of the driver.</summary>
    /// <param name="rssiDbm">As it is at the antenna.</param>
    /// <param name="snrQuarterDecibel">Signal-to-noise ratio.</param>
    /// <param name="frequencyHz">The frequency received on.</param>
    public abstract int ReportedRssiDbm(int rssiDbm, int snrQuarterDecibel, int frequencyHz);

    /// <summary>How long a window that the driver times lasts, in its milliseconds: until a preamble at the very end has brought its header.</summary>
    internal static int DriverWindowMs(int windowMs, int spreadingFactor, int bandwidthHz) =>
        windowMs + LoRaSymbols.ToMs(LoRaSymbols.UntilHeader, spreadingFactor, bandwidthHz) + 2;

    private sealed class Sx1262Traits(Sx1262Board board) : RadioTraits
    {
        // Reset 2 ms, start 5 ms, calibration 5 ms and the TCXO, image calibration 5 ms, the TCXO once more and a millisecond.
        public override int StartMs => 17 + TcxoMs + TcxoWaitMs;

        public override int BandChangeMs => 5 + TcxoWaitMs;

        public override int TransmitLatencyUs => Sx1262Chip.XoscToTransmitUs;

        public override int ReceiveLatencyUs => Sx1262Chip.XoscToReceiveUs;

        private int TcxoWaitMs => TcxoMs > 0 ? TcxoMs + 1 : 0;

        private int TcxoMs => board.TcxoMillivolts > 0 ? board.TcxoStartMs : 0;

        public override int BandOf(int frequencyHz) => Sx1262Conversion.ImageBand(frequencyHz);

        public override long WindowUs(int windowMs, int spreadingFactor, int bandwidthHz) =>
            Math.Min(windowMs, Sx1262Conversion.MaximumWindowMs) * 1000L;

        public override int RadiatedDbm(int powerDbm) =>
            Sx1262Conversion.LimitPowerDbm(powerDbm - board.AntennaGainDecibel) + board.AntennaGainDecibel;

        public override int ReportedRssiDbm(int rssiDbm, int snrQuarterDecibel, int frequencyHz) =>
            Sx1262Conversion.RssiDbm(Sx1262Memory.EncodeRssi(rssiDbm));
    }

    private sealed class Sx1276Traits(Sx1276Board board) : RadioTraits
    {
        // Reset 2 ms, start 7 ms, calibration 10 ms, oscillator 2 ms.
        public override int StartMs => 21;

        public override int BandChangeMs => 0;

        public override int TransmitLatencyUs => Sx1276Chip.StandbyToTransmitUs;

        public override int ReceiveLatencyUs => Sx1276Chip.StandbyToReceiveUs;

        public override int BandOf(int frequencyHz) => 0;

        public override long WindowUs(int windowMs, int spreadingFactor, int bandwidthHz)
        {
            int symbols = Sx1276Conversion.WindowSymbols(windowMs, spreadingFactor, bandwidthHz);
            return symbols > Sx1276Conversion.MaximumWindowSymbols ? 0 : (long)symbols * LoRaSymbols.SymbolUs(spreadingFactor, bandwidthHz);
        }

        public override int RadiatedDbm(int powerDbm) =>
            Sx1276Conversion.LimitPowerDbm(powerDbm - board.AntennaGainDecibel, board.IsPaBoost) + board.AntennaGainDecibel;

        public override int ReportedRssiDbm(int rssiDbm, int snrQuarterDecibel, int frequencyHz) => Sx1276Conversion.RssiDbm(
            Sx1276Memory.EncodeRssi(rssiDbm, snrQuarterDecibel, frequencyHz), snrQuarterDecibel, frequencyHz);
    }
}
