// An identifier from a position, for lists that number nothing: the same place has the same identifier, whatever the order of the rows.
namespace Provisioning.Poles.Import;

/// <summary>Geohash (Niemeyer 2008; base 32 without a, i, l, o).</summary>
internal static class Geohash
{
    /// <summary>Characters of an identifier: eleven are about 0.15 m by 0.15 m.</summary>
    public const int Length = 11;

    private const string Alphabet = "0123456789bcdefghjkmnpqrstuvwxyz";

    public static string Of(double latitude, double longitude)
    {
        (double low, double high)[] ranges = [(-180, 180), (-90, 90)];
        double[] position = [longitude, latitude];
        char[] text = new char[Length];
        int bit = 0;
        for (int i = 0; i < Length; i++)
        {
            int index = 0;
            for (int j = 0; j < 5; j++, bit++)
            {
                ref (double Low, double High) range = ref ranges[bit & 1];
                double middle = (range.Low + range.High) / 2;
                bool isUpper = position[bit & 1] >= middle;
                range = isUpper ? (middle, range.High) : (range.Low, middle);
                index = (index << 1) | (isUpper ? 1 : 0);
            }

            text[i] = Alphabet[index];
        }

        return new string(text);
    }
}
