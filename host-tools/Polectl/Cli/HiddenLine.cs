// A line from the keyboard that is not shown.
using System.Text;

namespace Polectl.Cli;

/// <summary>Asks for secrets.</summary>
internal static class HiddenLine
{
    public static string? Ask(string question)
    {
        Console.Error.Write(question + " ");
        StringBuilder line = new();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Error.WriteLine();
                    return line.ToString();
                case ConsoleKey.Backspace:
                    line.Length = Math.Max(0, line.Length - 1);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        line.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
