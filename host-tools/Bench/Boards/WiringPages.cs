// The wiring of a Linux board as a table and as a picture, made from its file: what a technician has beside him while he wires.
using System.Globalization;
using System.Text;
using BoardFiles.Output;

namespace Bench.Boards;

/// <summary>Makes the pages of a board.</summary>
internal static class WiringPages
{
    private const int Width = 980;
    private const int Margin = 20;
    private const int RowHeight = 24;
    private const int LeftWidth = 230;
    private const int RightX = 340;
    private const int LettersAcross = 84;

    /// <summary>The table, as Markdown.</summary>
    public static string Table(LinuxBoard board)
    {
        MarkdownTable table = new("signal", "line", "GPIO", "pin", "kernel's device", "at", "connect");
        foreach ((BoardSignal signal, string line, int gpio) in Wires(board))
        {
            table.Add($"`{signal.Name}`", line == "line" ? "" : line, Number(gpio), Pin(board, gpio), Device(signal), signal.At, signal.Connect);
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {board.Title}\n\n<!-- Made from {Path.GetFileName(board.File)} by polebench wiring; do not edit. -->\n\n![Wiring]({board.Name}.svg)\n\n");
        text.Append("## Before the first wire\n\n").AppendJoin("", board.Warnings.Select(warning => $"- {warning}\n"));
        text.Append("\n## Signals\n\n").Append(table).Append("\n## Sources\n\n").AppendJoin("", board.Sources.Select(source => $"- {source}\n"));
        return text.ToString();
    }

    /// <summary>The picture, as SVG: a panel for each place at the other end.</summary>
    public static string Picture(LinuxBoard board)
    {
        SvgDrawing drawing = new();
        int y = 44;
        drawing.Text(Margin, y, board.Title, 24, isBold: true);
        y += 24;
        foreach (string line in board.Warnings.SelectMany(warning => SvgDrawing.Wrap(warning, 118)))
        {
            drawing.Text(Margin, y, line, 13, fill: "#a00");
            y += 18;
        }

        foreach (IGrouping<string, (BoardSignal Signal, string Line, int Gpio)> place in Wires(board).GroupBy(wire => wire.Signal.At))
        {
            y = AddPanel(drawing, board, place.Key, [.. place], y + 8);
        }

        return drawing.Make(Width, y + 14, "Wiring of " + board.Title, Path.GetFileName(board.File)).Replace("host-tools/BoardFiles", "polebench wiring", StringComparison.Ordinal);
    }

    private static int AddPanel(SvgDrawing drawing, LinuxBoard board, string at, List<(BoardSignal Signal, string Line, int Gpio)> wires, int y)
    {
        List<List<string>> texts = [.. wires.Select((wire, i) => i > 0 && wires[i - 1].Signal == wire.Signal ? [] : SvgDrawing.Wrap(wire.Signal.Connect, LettersAcross).ToList())];
        int[] rows = [.. texts.Select(text => Math.Max(1, text.Count))];
        int height = 36 + (rows.Sum() * RowHeight) + 8;
        drawing.Rectangle(Margin, y, Width - (2 * Margin), height, "#e7f3e8", "#4c8c57", 8);
        drawing.Text(Margin + 14, y + 24, at, 15, isBold: true);
        int row = y + 36;
        for (int i = 0; i < wires.Count; i++)
        {
            int middle = row + 12;
            drawing.Rectangle(Margin + 14, row + 1, LeftWidth, RowHeight - 4, "#ffffff", "#888");
            drawing.Text(Margin + 22, middle + 3, Left(board, wires[i]), 12);
            drawing.Line(Margin + 14 + LeftWidth, middle - 1, RightX - 12, middle - 1, "#2563c9", 3);
            drawing.Dot(Margin + 14 + LeftWidth, middle - 1, "#ffffff");
            drawing.Dot(RightX - 12, middle - 1, "#ffffff");
            string line = wires[i].Line == "line" ? "" : wires[i].Line + ": ";
            for (int part = 0; part < texts[i].Count; part++)
            {
                drawing.Text(RightX, middle + 3 + (part * RowHeight), part == 0 ? line + texts[i][part] : texts[i][part], 12);
            }

            if (texts[i].Count == 0)
            {
                drawing.Text(RightX, middle + 3, line.TrimEnd(':', ' '), 12);
            }

            row += rows[i] * RowHeight;
        }

        return y + height;
    }

    private static string Left(LinuxBoard board, (BoardSignal Signal, string Line, int Gpio) wire)
    {
        string pin = Pin(board, wire.Gpio);
        return (pin.Length > 0 ? $"pin {pin}   " : "") + (wire.Gpio < 0 ? Device(wire.Signal) : FormattableString.Invariant($"GPIO{wire.Gpio}   {wire.Signal.Name}"));
    }

    private static IEnumerable<(BoardSignal Signal, string Line, int Gpio)> Wires(LinuxBoard board) =>
        board.Signals.SelectMany(signal => signal.Pins.Count == 0 ? [(signal, "line", -1)] : signal.Pins.Select(pin => (signal, pin.Key, pin.Value)));

    private static string Pin(LinuxBoard board, int gpio) => board.Header == HeaderKind.RaspberryPi && gpio >= 0 ? Number(PinHeader.PinOf(gpio)) : "";

    private static string Device(BoardSignal signal) => signal.Kind switch
    {
        SignalKind.Uart => signal.Device,
        SignalKind.Spi or SignalKind.Sampler => FormattableString.Invariant($"/dev/spidev{signal.Bus}.{signal.Select}, {signal.SpeedHz} Hz"),
        SignalKind.I2c => FormattableString.Invariant($"/dev/i2c-{signal.Bus}"),
        SignalKind.Adc => FormattableString.Invariant($"/dev/i2c-{signal.Bus}, ADS1115 at 0x{signal.Address:x2}, A{signal.Channel}"),
        SignalKind.Pwm when signal.IsSoftware => FormattableString.Invariant($"software, {signal.FrequencyHz} Hz"),
        SignalKind.Pwm => FormattableString.Invariant($"PWM {signal.Chip}.{signal.Channel}, {signal.FrequencyHz} Hz"),
        _ => "",
    };

    private static string Number(int number) => number < 0 ? "" : number.ToString(CultureInfo.InvariantCulture);
}
