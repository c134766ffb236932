// Options that take a whole number, and what they say when they are given something else.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Polesim.Commands;

/// <summary>Makes options for whole numbers.</summary>
internal static class WholeNumberOption
{
    /// <summary>An option with a default.</summary>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="description">What it means.</param>
    /// <param name="minimum">Least value.</param>
    /// <param name="maximum">Greatest value.</param>
    /// <param name="fallback">The value when the option is not given.</param>
    public static Option<int> Create(string name, string description, int minimum, int maximum, int fallback) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => (int)(Parse(result, name, minimum, maximum) ?? 0),
    };

    /// <summary>An option that may be left out.</summary>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="description">What it means.</param>
    /// <param name="minimum">Least value.</param>
    /// <param name="maximum">Greatest value.</param>
    public static Option<long?> CreateOptional(string name, string description, long minimum, long maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, name, minimum, maximum),
    };

    private static long? Parse(ArgumentResult result, string name, long minimum, long maximum)
    {
        string text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError($"{name} '{text}' is not possible. Write a whole number from {minimum} to {maximum}.");
        return null;
    }
}
