// What is connected to what in a schematic and the sheets below it, as KiCad 6 sees it: wires join at their ends; a junction joins everything that passes; a label
// joins the wire under it and everything of its name within its reach; the pin of a power symbol is a label everywhere.
namespace BoardFiles.Schematics;

/// <summary>A pin of a component.</summary>
/// <param name="Reference">The component.</param>
/// <param name="Number">The pin's number.</param>
/// <param name="Type">KiCad's electrical type, such as passive or power_in.</param>
public sealed record NetPin(string Reference, string Number, string Type);

/// <summary>A net.</summary>
/// <param name="Name">Its name; of the first pin when no label names it.</param>
/// <param name="Names">All names that are valid everywhere; more than one is a short circuit between named nets.</param>
/// <param name="Pins">Its pins, those of power symbols left out.</param>
/// <param name="IsMarkedOpen">Whether a mark says that it stays open.</param>
public sealed record Net(string Name, IReadOnlyList<string> Names, IReadOnlyList<NetPin> Pins, bool IsMarkedOpen);

/// <summary>A component of the schematic.</summary>
/// <param name="Reference">Its reference.</param>
/// <param name="Value">Its value.</param>
/// <param name="Fields">Its fields by name.</param>
/// <param name="File">The sheet it is on.</param>
/// <param name="Line">Line of that file.</param>
public sealed record Component(string Reference, string Value, IReadOnlyDictionary<string, string> Fields, string File, int Line);

/// <summary>A schematic's components and nets.</summary>
public sealed class Netlist
{
    private const int MostSheets = 100;

    private readonly Func<string, string> _read;
    private readonly Dictionary<string, string> _references = [];
    private readonly Dictionary<string, SheetFile> _files = [];
    private readonly Joints _joints = new();
    private readonly List<(int Joint, NetPin Pin)> _pins = [];
    private readonly List<(int Joint, string Name, bool IsEverywhere)> _names = [];
    private readonly List<int> _open = [];
    private readonly List<Component> _components = [];
    private readonly Dictionary<(string Reference, string Number), Net> _netOfPin = [];
    private int _sheetCount;

    private Netlist(Func<string, string> read) => _read = read;

    /// <summary>Components in the order of their references.</summary>
    public IReadOnlyList<Component> Components { get; private set; } = [];

    /// <summary>Nets in the order of their names.</summary>
    public IReadOnlyList<Net> Nets { get; private set; } = [];

    /// <summary>Reads a schematic.</summary>
    /// <param name="file">The top sheet, as it is to be named in messages.</param>
    /// <param name="read">Gives the text of a file.</param>
    /// <exception cref="BoardFileException">A file is no schematic of KiCad 6.</exception>
    public static Netlist Read(string file, Func<string, string> read)
    {
        Netlist netlist = new(read);
        SheetFile top = netlist.Load(file);
        foreach (SExpression instance in top.Root.First("symbol_instances")?.All("path") ?? [])
        {
            netlist._references[instance.Text(1)] = instance.First("reference")?.Text(1) ?? "";
        }

        netlist.AddSheet(top, "", "/", []);
        netlist.Collect();
        return netlist;
    }

    /// <summary>The net at a component's pin; null when there is no such pin.</summary>
    public Net? At(string reference, string pin) => _netOfPin.GetValueOrDefault((reference, pin));

    private SheetFile Load(string file)
    {
        if (!_files.TryGetValue(file, out SheetFile? sheet))
        {
            _files[file] = sheet = SheetFile.Read(_read(file), file);
        }

        return sheet;
    }

    private void AddSheet(SheetFile sheet, string path, string name, Dictionary<string, int> above)
    {
        if (++_sheetCount > MostSheets)
        {
            throw new BoardFileException(new BoardProblem(BoardRule.Form, sheet.File, 1, "sheet", "there are more than 100 sheets, or one contains itself", "Open it in KiCad"));
        }

        SheetJoints here = new(sheet, _joints);
        foreach (Label label in sheet.Labels)
        {
            int joint = here.At(label.Place, isOnWires: true);
            _names.Add((joint, label.Reach == LabelReach.Everywhere ? label.Name : name + label.Name, label.Reach == LabelReach.Everywhere));
            if (label.Reach == LabelReach.Parent && above.TryGetValue(label.Name, out int pin))
            {
                _joints.Join(joint, pin);
            }
        }

        foreach (PlacedSymbol symbol in sheet.Symbols)
        {
            AddSymbol(symbol, sheet, path, here);
        }

        _open.AddRange(sheet.OpenMarks.Select(place => here.At(place, isOnWires: false)));
        string folder = sheet.File.Contains('/', StringComparison.Ordinal) ? sheet.File[..(sheet.File.LastIndexOf('/') + 1)] : "";
        foreach (SubSheet below in sheet.Sheets)
        {
            Dictionary<string, int> pins = [];
            foreach (Label pin in below.Pins)
            {
                pins[pin.Name] = here.At(pin.Place, isOnWires: false);
            }

            AddSheet(Load(folder + below.File), $"{path}/{below.Uuid}", $"{name}{below.Name}/", pins);
        }
    }

    private void AddSymbol(PlacedSymbol symbol, SheetFile sheet, string path, SheetJoints here)
    {
        string reference = _references.GetValueOrDefault($"{path}/{symbol.Uuid}", symbol.Fields.GetValueOrDefault("Reference", ""));
        string value = symbol.Fields.GetValueOrDefault("Value", "");
        foreach (PlacedPin pin in symbol.Pins)
        {
            int joint = here.At(pin.Place, isOnWires: false);
            if (!symbol.IsPower)
            {
                _pins.Add((joint, new NetPin(reference, pin.Number, pin.Type)));
            }
            else if (pin.Type == "power_in")
            {
                _names.Add((joint, value, true));
            }
        }

        // Of a component with several units one entry is enough.
        if (!symbol.IsPower && !_components.Exists(component => component.Reference == reference))
        {
            _components.Add(new Component(reference, value, symbol.Fields, sheet.File, symbol.Line));
        }
    }

    private void Collect()
    {
        foreach (IGrouping<string, (int Joint, string Name, bool IsEverywhere)> same in _names.GroupBy(entry => entry.Name))
        {
            foreach ((int joint, string _, bool _) in same)
            {
                _joints.Join(same.First().Joint, joint);
            }
        }

        ILookup<int, NetPin> pins = _pins.ToLookup(entry => _joints.Root(entry.Joint), entry => entry.Pin);
        ILookup<int, (int Joint, string Name, bool IsEverywhere)> names = _names.ToLookup(entry => _joints.Root(entry.Joint));
        HashSet<int> open = [.. _open.Select(_joints.Root)];
        Nets = [.. pins.Select(net => MakeNet([.. net], [.. names[net.Key]], open.Contains(net.Key))).OrderBy(net => net.Name, StringComparer.Ordinal)];
        foreach (Net net in Nets)
        {
            foreach (NetPin pin in net.Pins)
            {
                _netOfPin[(pin.Reference, pin.Number)] = net;
            }
        }

        Components = [.. _components.OrderBy(component => component.Reference, ReferenceOrder.Instance)];
    }

    private static Net MakeNet(List<NetPin> pins, List<(int Joint, string Name, bool IsEverywhere)> names, bool isOpen)
    {
        List<NetPin> ordered = [.. pins.OrderBy(pin => pin.Reference, ReferenceOrder.Instance).ThenBy(pin => pin.Number, StringComparer.Ordinal)];
        List<string> everywhere = [.. names.Where(entry => entry.IsEverywhere).Select(entry => entry.Name).Distinct().Order(StringComparer.Ordinal)];
        string name = everywhere.FirstOrDefault() ?? names.Select(entry => entry.Name).Order(StringComparer.Ordinal).FirstOrDefault() ?? $"Net-({ordered[0].Reference}-{ordered[0].Number})";
        return new Net(name, everywhere, ordered, isOpen);
    }
}

/// <summary>R2 before R10.</summary>
internal sealed class ReferenceOrder : IComparer<string>
{
    public static ReferenceOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        (string Letters, int Number, string All) first = Split(x ?? "");
        (string Letters, int Number, string All) second = Split(y ?? "");
        int letters = string.CompareOrdinal(first.Letters, second.Letters);
        int number = first.Number.CompareTo(second.Number);
        return letters != 0 ? letters : number != 0 ? number : string.CompareOrdinal(first.All, second.All);
    }

    private static (string Letters, int Number, string All) Split(string reference)
    {
        string letters = reference.TrimEnd("0123456789".ToCharArray());
        return (letters, int.TryParse(reference[letters.Length..], out int number) ? number : -1, reference);
    }
}
