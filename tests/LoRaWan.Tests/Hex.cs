// Hex and arrays in tests.
namespace LoRaWan.Tests;

internal static class Hex
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static string Text(byte[] data, int length) => Text(data, 0, length);

    public static string Text(byte[] data, int offset, int length) => Convert.ToHexStringLower(data.AsSpan(offset, length));
}
