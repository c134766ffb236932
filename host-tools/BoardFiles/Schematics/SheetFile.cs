// One .kicad_sch file (KiCad 6): symbols with the places of their pins, wires, junctions, labels, marks for pins that stay open, sheets below. What is connected
// to what is Netlist's.
namespace BoardFiles.Schematics;

/// <summary>A place on a sheet, in ten-thousandths of a millimetre, y downwards.</summary>
internal readonly record struct Place(long X, long Y);

/// <summary>A wire.</summary>
internal readonly record struct Wire(Place From, Place To)
{
    /// <summary>Whether a place lies on it, its ends included.</summary>
    public bool Passes(Place place)
    {
        long cross = ((To.X - From.X) * (place.Y - From.Y)) - ((To.Y - From.Y) * (place.X - From.X));
        return cross == 0
            && place.X >= Math.Min(From.X, To.X) && place.X <= Math.Max(From.X, To.X)
            && place.Y >= Math.Min(From.Y, To.Y) && place.Y <= Math.Max(From.Y, To.Y);
    }
}

/// <summary>How far a label reaches.</summary>
internal enum LabelReach
{
    Sheet,
    Parent,
    Everywhere,
}

/// <summary>A label.</summary>
internal sealed record Label(string Name, LabelReach Reach, Place Place);

/// <summary>A pin of a symbol on a sheet.</summary>
internal sealed record PlacedPin(string Number, string Name, string Type, Place Place);

/// <summary>A symbol on a sheet.</summary>
internal sealed record PlacedSymbol(string Uuid, bool IsPower, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<PlacedPin> Pins, int Line);

/// <summary>A sheet below.</summary>
internal sealed record SubSheet(string Uuid, string Name, string File, IReadOnlyList<Label> Pins);

/// <summary>A file.</summary>
internal sealed class SheetFile
{
    private SheetFile(SExpression root, string file)
    {
        File = file;
        Root = root;
        Dictionary<string, SExpression> library = (root.First("lib_symbols")?.All("symbol") ?? []).ToDictionary(symbol => symbol.Text(1));
        Wires = [.. root.All("wire").Select(ReadWire)];
        Junctions = [.. root.All("junction").Select(PlaceOf)];
        OpenMarks = [.. root.All("no_connect").Select(PlaceOf)];
        Labels =
        [
            .. root.All("label").Select(label => new Label(label.Text(1), LabelReach.Sheet, PlaceOf(label))),
            .. root.All("hierarchical_label").Select(label => new Label(label.Text(1), LabelReach.Parent, PlaceOf(label))),
            .. root.All("global_label").Select(label => new Label(label.Text(1), LabelReach.Everywhere, PlaceOf(label))),
        ];
        Symbols = [.. root.All("symbol").Select(symbol => ReadSymbol(symbol, library))];
        Sheets = [.. root.All("sheet").Select(ReadSheet)];
    }

    public string File { get; }

    public SExpression Root { get; }

    public IReadOnlyList<Wire> Wires { get; }

    public IReadOnlyList<Place> Junctions { get; }

    public IReadOnlyList<Place> OpenMarks { get; }

    public IReadOnlyList<Label> Labels { get; }

    public IReadOnlyList<PlacedSymbol> Symbols { get; }

    public IReadOnlyList<SubSheet> Sheets { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="BoardFileException">It is no schematic of KiCad 6.</exception>
    public static SheetFile Read(string text, string file)
    {
        SExpression root = SExpression.Parse(text, file);
        return root.Kind == "kicad_sch"
            ? new SheetFile(root, file)
            : throw new BoardFileException(new BoardProblem(BoardRule.Form, file, 1, "file", $"this is no KiCad schematic but \"{root.Kind}\"", "Name a .kicad_sch file of KiCad 6"));
    }

    private static Place PlaceOf(SExpression item)
    {
        SExpression? at = item.First("at");
        return at is null ? default : new Place(at.Length(1), at.Length(2));
    }

    private static Wire ReadWire(SExpression wire)
    {
        List<SExpression> ends = [.. wire.First("pts")?.All("xy") ?? []];
        return ends.Count == 2 ? new Wire(new Place(ends[0].Length(1), ends[0].Length(2)), new Place(ends[1].Length(1), ends[1].Length(2))) : default;
    }

    private static SubSheet ReadSheet(SExpression sheet)
    {
        Dictionary<string, string> fields = FieldsOf(sheet);
        return new SubSheet(
            sheet.First("uuid")?.Text(1) ?? "",
            fields.GetValueOrDefault("Sheet name", ""),
            fields.GetValueOrDefault("Sheet file", ""),
            [.. sheet.All("pin").Select(pin => new Label(pin.Text(1), LabelReach.Parent, PlaceOf(pin)))]);
    }

    private static Dictionary<string, string> FieldsOf(SExpression item)
    {
        Dictionary<string, string> fields = [];
        foreach (SExpression property in item.All("property"))
        {
            fields[property.Text(1)] = property.Text(2);
        }

        return fields;
    }

    private PlacedSymbol ReadSymbol(SExpression symbol, Dictionary<string, SExpression> library)
    {
        string name = symbol.First("lib_name")?.Text(1) ?? symbol.First("lib_id")?.Text(1) ?? "";
        if (!library.TryGetValue(name, out SExpression? drawn))
        {
            throw new BoardFileException(new BoardProblem(BoardRule.Form, File, symbol.Line, "lib_id", $"the symbol {name} is not in the file", "Open the file in KiCad and save it"));
        }

        int unit = int.TryParse(symbol.First("unit")?.Text(1), out int number) ? number : 1;
        Turn turn = Turn.Of(symbol);
        List<PlacedPin> pins = [];
        foreach (SExpression part in drawn.All("symbol").Where(part => IsOfUnit(part.Text(1), unit)))
        {
            pins.AddRange(part.All("pin").Select(pin => new PlacedPin(
                pin.First("number")?.Text(1) ?? "", pin.First("name")?.Text(1) ?? "", pin.Text(1), turn.Apply(PlaceOf(pin)))));
        }

        return new PlacedSymbol(symbol.First("uuid")?.Text(1) ?? "", drawn.First("power") is not null, FieldsOf(symbol), pins, symbol.Line);
    }

    // A part of a symbol is called NAME_unit_style; unit 0 belongs to all units, style 2 is the other drawing (De Morgan).
    private static bool IsOfUnit(string name, int unit)
    {
        string[] parts = name.Split('_');
        return parts.Length > 2 && parts[^1] is "0" or "1" && int.TryParse(parts[^2], out int own) && (own == 0 || own == unit);
    }

    /// <summary>From a symbol's own coordinates (y upwards) to the sheet: turned counter-clockwise first, then mirrored, as KiCad does.</summary>
    private sealed record Turn(Place Origin, int Quarters, string Mirror)
    {
        public static Turn Of(SExpression symbol)
        {
            SExpression? at = symbol.First("at");
            int degrees = at is not null && int.TryParse(at.Text(3), out int angle) ? angle : 0;
            return new Turn(PlaceOf(symbol), (degrees / 90 % 4 + 4) % 4, symbol.First("mirror")?.Text(1) ?? "");
        }

        public Place Apply(Place own)
        {
            (long x, long y) = (own.X, -own.Y);
            for (int i = 0; i < Quarters; i++)
            {
                (x, y) = (y, -x);
            }

            (x, y) = Mirror switch
            {
                "x" => (x, -y),
                "y" => (-x, y),
                _ => (x, y),
            };
            return new Place(Origin.X + x, Origin.Y + y);
        }
    }
}
