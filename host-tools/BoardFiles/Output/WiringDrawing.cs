// The wiring of a board as a picture: one panel a device, the board's terminals on the left, the device's on the right, each wire in its colour between them. Panels
// are coloured by what may be touched.
namespace BoardFiles.Output;

/// <summary>Draws the wiring of boards.</summary>
public static class WiringDrawing
{
    private const int Width = 980;
    private const int Margin = 20;
    private const int RowHeight = 26;
    private const int PanelHead = 60;
    private const int LeftWidth = 300;
    private const int RightWidth = 290;
    private const int LettersAcross = 118;

    /// <summary>Makes the file.</summary>
    public static string Make(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        SvgDrawing drawing = new();
        int y = 44;
        drawing.Text(Margin, y, board.Title, 24, isBold: true);
        y += 24;
        foreach (string warning in board.Warnings.Take(2).SelectMany(warning => SvgDrawing.Wrap(warning, LettersAcross)))
        {
            drawing.Text(Margin, y, warning, 13, fill: "#a00");
            y += 18;
        }

        y += 6;
        foreach (OutsideDevice device in board.Devices)
        {
            y = AddPanel(drawing, board, device, y) + 14;
        }

        return drawing.Make(Width, y + AddLegend(drawing, y), "Wiring of " + board.Title, Path.GetFileName(board.File));
    }

    private static int AddPanel(SvgDrawing drawing, Board board, OutsideDevice device, int y)
    {
        (string fill, string stroke, _) = Colours(InsulationOf(board, device));
        int height = PanelHead + (device.Wires.Count * RowHeight) + 12;
        drawing.Rectangle(Margin, y, Width - (2 * Margin), height, fill, stroke, 8);
        drawing.Text(Margin + 14, y + 24, device.Name, 16, isBold: true);
        drawing.Text(Width - Margin - 14, y + 24, Use(board, device), 12, anchor: "end", fill: "#555");
        drawing.Text(Margin + 14, y + 44, device.Where, 12, fill: "#444");
        int top = y + PanelHead;
        int right = Width - Margin - 14 - RightWidth;
        drawing.Rectangle(Margin + 14, top - 6, LeftWidth, (device.Wires.Count * RowHeight) + 6, "#ffffff", "#888");
        drawing.Rectangle(right, top - 6, RightWidth, (device.Wires.Count * RowHeight) + 6, "#ffffff", "#888");
        for (int i = 0; i < device.Wires.Count; i++)
        {
            AddWire(drawing, board, device.Wires[i], Margin + 14 + LeftWidth, right, top + (i * RowHeight) + 10);
        }

        return y + height;
    }

    private static void AddWire(SvgDrawing drawing, Board board, DeviceWire wire, int left, int right, int y)
    {
        string colour = Paint(wire.Colour);
        drawing.Line(left, y, right, y, "#333", 6);
        drawing.Line(left, y, right, y, colour, 4);
        if (wire.Colour == "green-yellow")
        {
            drawing.Line(left, y, right, y, "#f2d21b", 4, "12 12");
        }

        drawing.Dot(left, y, "#ffffff");
        drawing.Dot(right, y, "#ffffff");
        drawing.Text(left - 12, y + 5, BoardEnd(board, wire.From), anchor: "end");
        drawing.Text(right + 12, y + 5, wire.To);
        if (wire.Colour.Length > 0)
        {
            drawing.Text((left + right) / 2, y - 6, wire.Colour, 11, anchor: "middle", fill: "#555");
        }
    }

    // "J4.1  3V3_EXT", or of a board with headers "GPIO5  dimmerPwm".
    private static string BoardEnd(Board board, string from)
    {
        if (board.Signals.FirstOrDefault(signal => signal.Name == from) is BoardSignal signal)
        {
            return FormattableString.Invariant($"{signal.Name}   GPIO{signal.Pin}");
        }

        string[] parts = from.Split('.');
        BoardConnector? connector = board.Connectors.FirstOrDefault(candidate => candidate.Name == parts[0]);
        return connector is not null && parts.Length == 2 && int.TryParse(parts[1], out int pin) && pin <= connector.Pins.Count
            ? $"{connector.Pins[pin - 1]}   {from}"
            : from;
    }

    private static string Use(Board board, OutsideDevice device)
    {
        List<string> variants = [.. board.Variants.Where(variant => device.Ports.Any(variant.Ports.Contains)).Select(variant => variant.Name)];
        string ports = string.Join(", ", device.Ports);
        return variants.Count == 0 ? ports : $"{ports} (variant {string.Join(", ", variants)})";
    }

    /// <summary>The most dangerous of what a device's wires carry.</summary>
    internal static Insulation InsulationOf(Board board, OutsideDevice device) =>
        device.Wires.Select(wire => board.Connectors.FirstOrDefault(connector => connector.Name == wire.From.Split('.')[0])?.Insulation ?? Insulation.Selv)
            .OrderBy(insulation => insulation == Insulation.Mains ? 0 : insulation == Insulation.Dali ? 1 : 2)
            .FirstOrDefault(Insulation.Selv);

    private static int AddLegend(SvgDrawing drawing, int y)
    {
        int x = Margin;
        foreach (Insulation insulation in new[] { Insulation.Mains, Insulation.Dali, Insulation.Selv })
        {
            (string fill, string stroke, string meaning) = Colours(insulation);
            drawing.Rectangle(x, y, 18, 18, fill, stroke);
            drawing.Text(x + 26, y + 14, meaning, 12);
            x += 60 + (meaning.Length * 7);
        }

        return 34;
    }

    /// <summary>The colours of what may, and may not, be touched.</summary>
    internal static (string Fill, string Stroke, string Meaning) Colours(Insulation insulation) => insulation switch
    {
        Insulation.Mains => ("#fbe3e0", "#c0392b", "mains: switch off, secure, check"),
        Insulation.Dali => ("#fdf0d5", "#d08a1d", "DALI: treat as mains"),
        _ => ("#e7f3e8", "#4c8c57", "safety extra-low voltage (SELV)"),
    };

    private static string Paint(string colour) => colour switch
    {
        "brown" => "#7b4a1e",
        "blue" => "#2563c9",
        "green-yellow" or "green" => "#3c9a3f",
        "violet" => "#7d3fa8",
        "grey" => "#9a9a9a",
        "black" => "#111111",
        "white" => "#ffffff",
        "red" => "#d0241c",
        "yellow" => "#f2d21b",
        _ => "#6b7a90",
    };
}
