// Where on the pole a board and its devices are: the pole from the side, to scale in height, each device at its height with a cable from the node. Devices that are not on
// the pole (containers, water) are not drawn.
namespace BoardFiles.Output;

/// <summary>Draws where things are mounted.</summary>
public static class MountingDrawing
{
    private const int Width = 980;
    private const int Top = 110;
    private const int PixelsPerMetre = 84;
    private const int PoleX = 200;
    private const int LabelX = 400;
    private const int LabelHeight = 58;
    private const int LettersAcross = 74;

    /// <summary>Makes the file.</summary>
    public static string Make(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        List<OutsideDevice> devices = [.. board.Devices.Where(device => device.HeightMetres > 0).OrderByDescending(device => device.HeightMetres)];
        double highest = Math.Max(board.HeightMetres, devices.Select(device => device.HeightMetres).DefaultIfEmpty(0).Max()) + 0.3;
        int ground = Math.Max(YOf(0, highest), Top + ((devices.Count + 1) * LabelHeight));
        SvgDrawing drawing = new();
        drawing.Text(20, 44, board.Title + ": on the pole", 24, isBold: true);
        drawing.Text(20, 68, "Heights are usual ones, to scale; cables run inside the pole where it is hollow.", 13, fill: "#444");
        AddPole(drawing, highest, ground);
        for (int i = 0; i < devices.Count; i++)
        {
            AddCable(drawing, board, devices[i], highest, PoleX - 40 - (7 * i));
        }

        int label = Top - 10;
        AddNode(drawing, board, highest);
        foreach (OutsideDevice device in devices)
        {
            label = AddLabel(drawing, board, device, highest, label);
        }

        return drawing.Make(Width, Math.Max(ground, label) + 40, "Mounting of " + board.Title, Path.GetFileName(board.File));
    }

    private static int YOf(double metres, double highest) => Top + (int)Math.Round((highest - metres) * PixelsPerMetre);

    private static void AddPole(SvgDrawing drawing, double highest, int ground)
    {
        drawing.Rectangle(PoleX, Top, 16, ground - Top, "#d5d9de", "#7a828c", 3);
        drawing.Rectangle(PoleX + 16, Top + 16, 70, 8, "#d5d9de", "#7a828c", 2);
        drawing.Rectangle(PoleX + 80, Top + 12, 80, 18, "#f7e7a6", "#9a8431", 6);
        drawing.Line(54, ground, LabelX - 20, ground, "#7c6a4f", 4);
        for (int metres = 0; metres <= highest; metres++)
        {
            int y = YOf(metres, highest);
            drawing.Line(44, y, 54, y, "#999", 1);
            drawing.Text(40, y + 4, FormattableString.Invariant($"{metres} m"), 11, anchor: "end", fill: "#777");
        }
    }

    private static void AddCable(SvgDrawing drawing, Board board, OutsideDevice device, double highest, int x)
    {
        string stroke = WiringDrawing.Colours(WiringDrawing.InsulationOf(board, device)).Stroke;
        int from = YOf(board.HeightMetres, highest);
        int to = YOf(device.HeightMetres, highest);
        drawing.Line(x, from, x, to, stroke, 2);
        drawing.Line(x, to, PoleX + 8, to, stroke, 2);
    }

    private static void AddNode(SvgDrawing drawing, Board board, double highest)
    {
        int y = YOf(board.HeightMetres, highest);
        drawing.Rectangle(PoleX - 110, y - 16, 82, 32, "#ffffff", "#333");
        drawing.Text(PoleX - 69, y + 5, "node", 13, isBold: true, anchor: "middle");
        drawing.Line(PoleX - 28, y, PoleX, y, "#333", 3);
    }

    private static int AddLabel(SvgDrawing drawing, Board board, OutsideDevice device, double highest, int above)
    {
        (string fill, string stroke, _) = WiringDrawing.Colours(WiringDrawing.InsulationOf(board, device));
        int y = YOf(device.HeightMetres, highest);
        int label = Math.Max(y, above);
        drawing.Circle(PoleX + 8, y, 7, fill, stroke);
        drawing.Line(PoleX + 16, y, LabelX - 8, label, "#999", 1);
        drawing.Text(LabelX, label + 4, FormattableString.Invariant($"{device.Name}, {device.HeightMetres:0.#} m"), 14, isBold: true);
        int line = label + 20;
        foreach (string text in SvgDrawing.Wrap(device.Where, LettersAcross))
        {
            drawing.Text(LabelX, line, text, 12, fill: "#444");
            line += 15;
        }

        return label + LabelHeight;
    }
}
