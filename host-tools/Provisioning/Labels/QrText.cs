// The text of a device's QR code: LoRa Alliance TR005, "LoRaWAN Device Identification QR Codes".
using System.Globalization;
using System.Text;
using Provisioning.Controllers;

namespace Provisioning.Labels;

/// <summary>A device's identification.</summary>
/// <param name="JoinEui">JoinEUI, 16 hexadecimal digits.</param>
/// <param name="DevEui">DevEUI, 16 hexadecimal digits.</param>
/// <param name="VendorId">VendorID that the LoRa Alliance assigned, 4 hexadecimal digits; 0000 for none.</param>
/// <param name="ProfileId">The vendor's number of the device profile, 4 hexadecimal digits.</param>
public sealed record QrText(string JoinEui, string DevEui, string VendorId, string ProfileId)
{
    private const string Schema = "LW:D0";

    /// <summary>Optional fields by letter (O owner token, S serial number, P proprietary), in the order in which they are written.</summary>
    public IReadOnlyList<(char Letter, string Value)> Extensions { get; init; } = [];

    /// <summary>The text, in upper case (a QR code holds that shorter), with its checksum.</summary>
    public override string ToString()
    {
        StringBuilder text = new($"{Schema}:{JoinEui}:{DevEui}:{VendorId}{ProfileId}".ToUpperInvariant());
        foreach ((char letter, string value) in Extensions)
        {
            text.Append(':').Append(letter).Append(value);
        }

        string checkedPart = text.ToString();
        return checkedPart + ":C" + Checksum(checkedPart).ToString("X4", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a text; optional fields may stand in any order, those of unknown letters are left out.</summary>
    /// <returns>Null when it is none, or when its checksum is wrong.</returns>
    public static QrText? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        if (parts.Length < 5 || !text.StartsWith(Schema + ":", StringComparison.Ordinal) || Eui.Parse(parts[2]) is not { } joinEui || Eui.Parse(parts[3]) is not { } devEui
            || parts[4].Length != 8 || !parts[4].All(char.IsAsciiHexDigit))
        {
            return null;
        }

        int checksumAt = text.LastIndexOf(":C", StringComparison.Ordinal);
        bool isChecked = parts[^1].StartsWith('C') && parts[^1].Length == 5;
        if (isChecked && !parts[^1][1..].Equals(Checksum(text[..checksumAt]).ToString("X4", CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new QrText(joinEui, devEui, parts[4][..4], parts[4][4..])
        {
            Extensions = [.. parts[5..].Where(part => part.Length > 1 && part[0] is 'O' or 'S' or 'P').Select(part => (part[0], part[1..]))],
        };
    }

    // CRC-16/MODBUS (polynomial 0x8005 reflected, initial 0xFFFF) over everything before ":C".
    private static ushort Checksum(string text)
    {
        ushort crc = 0xFFFF;
        foreach (byte character in Encoding.ASCII.GetBytes(text))
        {
            crc ^= character;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
            }
        }

        return crc;
    }
}
