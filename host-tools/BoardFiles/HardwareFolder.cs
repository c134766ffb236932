// The folder hardware/: its chips, boards and power budget, what is wrong with them, and the pages made from them.
using BoardFiles.Output;
using BoardFiles.Reading;
using BoardFiles.Rules;
using BoardFiles.Schematics;

namespace BoardFiles;

/// <summary>The hardware folder of a repository.</summary>
public sealed class HardwareFolder
{
    private const string BudgetPath = "hardware/power-budget.yaml";

    private HardwareFolder(IReadOnlyList<Chip> chips, IReadOnlyList<Board> boards, PowerBudget budget, IReadOnlyDictionary<string, Netlist> schematics)
    {
        Schematics = schematics;
        Chips = chips;
        Boards = boards;
        Budget = budget;
    }

    /// <summary>Chips by file name.</summary>
    public IReadOnlyList<Chip> Chips { get; }

    /// <summary>Boards by file name.</summary>
    public IReadOnlyList<Board> Boards { get; }

    /// <summary>The power budget.</summary>
    public PowerBudget Budget { get; }

    /// <summary>Schematics by the name of the board.</summary>
    public IReadOnlyDictionary<string, Netlist> Schematics { get; }

    /// <summary>Reads the folder.</summary>
    /// <param name="root">The repository.</param>
    /// <exception cref="BoardFileException">A file is missing or not of the form.</exception>
    public static HardwareFolder Read(string root)
    {
        List<Board> boards = [.. Files(root, "hardware/boards").Select(file => BoardReader.Read(Text(root, file), file))];
        return new HardwareFolder(
            [.. Files(root, "hardware/chips").Select(file => ChipReader.Read(Text(root, file), file))],
            boards,
            PowerBudgetReader.Read(Text(root, BudgetPath), BudgetPath),
            boards.Where(board => board.Schematic.Length > 0).ToDictionary(board => board.Name, board => Netlist.Read("hardware/" + board.Schematic, file => Text(root, file))));
    }

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<BoardProblem> Check()
    {
        List<BoardProblem> problems = [];
        foreach (Board board in Boards)
        {
            if (Path.GetFileNameWithoutExtension(board.File) != board.Name)
            {
                problems.Add(new BoardProblem(BoardRule.Reference, board.File, 1, "board", $"the board calls itself {board.Name}", "Give the file the board's name"));
            }

            problems.AddRange(FindChip(board) is Chip chip
                ? BoardValidator.Check(board, chip, ControllerPorts.Names)
                : [new BoardProblem(BoardRule.Reference, board.File, 1, "chip", $"there is no chip file for {board.Chip}", "Add it under hardware/chips or correct the name")]);
        }

        foreach (Board board in Boards)
        {
            if (Schematics.TryGetValue(board.Name, out Netlist? netlist) && FindChip(board) is Chip chip)
            {
                problems.AddRange(SchematicRules.Check(board, chip, netlist));
            }
        }

        problems.AddRange(CheckBudgetAgainstBoard());
        problems.AddRange(PowerBudgetReader.Check(Budget));
        return problems;
    }

    /// <summary>The generated files: path below the root, and text.</summary>
    public IReadOnlyList<(string Path, string Text)> MakePages() =>
    [
        .. from board in Boards
           let chip = FindChip(board)
           where chip is not null
           from page in new[]
           {
               (Path.ChangeExtension(board.File, ".md"), WiringTable.Make(board, chip)),
               ($"{PinConstants.Folder}/{PinConstants.ClassName(board)}.cs", PinConstants.Make(board, chip)),
           }
           select page,
        .. Boards.Select(board => ($"hardware/wiring/{board.Name}.svg", WiringDrawing.Make(board))),
        .. Boards.Where(board => board.HeightMetres > 0).Select(board => ($"hardware/wiring/{board.Name}-mounting.svg", MountingDrawing.Make(board))),
        .. from board in Boards
           where board.Schematic.Length > 0
           select ($"hardware/{board.Schematic[..(board.Schematic.LastIndexOf('/') + 1)]}bill-of-materials.csv", BillOfMaterials.Make(Schematics[board.Name])),
        (Path.ChangeExtension(Budget.File, ".md"), PowerTable.Make(Budget)),
    ];

    private static IEnumerable<string> Files(string root, string folder)
    {
        string path = Path.Combine(root, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.yaml").Select(file => folder + "/" + Path.GetFileName(file)).Order(StringComparer.Ordinal)
            : throw new BoardFileException($"there is no folder {path}: give the folder of the repository");
    }

    private static string Text(string root, string file)
    {
        string path = Path.Combine(root, file);
        return File.Exists(path) ? File.ReadAllText(path) : throw new BoardFileException($"there is no file {path}: give the folder of the repository");
    }

    private IEnumerable<BoardProblem> CheckBudgetAgainstBoard()
    {
        Board? board = Boards.FirstOrDefault(candidate => candidate.Name == Budget.Board);
        if (board is null)
        {
            return [new BoardProblem(BoardRule.Reference, Budget.File, 1, "board", $"there is no board {Budget.Board}", "Name a board of hardware/boards")];
        }

        return Budget.Converters
            .Where(converter => !board.Rails.Any(rail => rail.Name == converter.Rail && rail.From == converter.From && rail.Millivolts == converter.Millivolts))
            .Select(converter => new BoardProblem(
                BoardRule.Reference,
                Budget.File,
                converter.Line,
                "rail",
                $"{board.Name} has no rail {converter.Rail} of {converter.Millivolts} mV made from {converter.From}",
                "Give the rail in both files the same name, voltage and feed"));
    }

    private Chip? FindChip(Board board) => Chips.FirstOrDefault(chip => chip.Name == board.Chip);
}
