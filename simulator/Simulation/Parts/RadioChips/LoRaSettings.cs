// How a chip's modem is set, in the terms of the air: what goes out and what can be heard with it.
using PoleController.Drivers;

namespace Simulation.Parts.RadioChips;

/// <summary>Settings of a LoRa modem.</summary>
/// <param name="FrequencyHz">Centre frequency.</param>
/// <param name="SpreadingFactor">5 to 12.</param>
/// <param name="BandwidthHz">Bandwidth; 0 for one that LoRaWAN does not use.</param>
/// <param name="IsPublic">Public sync word, coding rate 4/5, explicit header, preamble of eight symbols.</param>
/// <param name="IsInverted">Whether IQ is inverted.</param>
/// <param name="HasCrc">Whether what is sent has a payload CRC.</param>
/// <param name="IsLowDataRate">Whether low data rate optimisation is on.</param>
internal readonly record struct LoRaSettings(
    int FrequencyHz, int SpreadingFactor, int BandwidthHz, bool IsPublic, bool IsInverted, bool HasCrc, bool IsLowDataRate)
{
    /// <summary>Whether a LoRaWAN gateway understands what is sent.</summary>
    public bool IsUplink => IsLoRaWan && !IsInverted && HasCrc;

    /// <summary>Whether what LoRaWAN gateways send is understood.</summary>
    public bool IsDownlink => IsLoRaWan && IsInverted;

    private bool IsLoRaWan =>
        IsPublic && BandwidthHz > 0 && SpreadingFactor is >= 7 and <= 12
        && IsLowDataRate == LoRaSymbols.IsLowDataRate(SpreadingFactor, BandwidthHz);
}
