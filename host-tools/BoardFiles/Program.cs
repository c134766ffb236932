// The command line: checks the files of hardware/ and writes the pages made from them, or says which are out of date.
namespace BoardFiles;

/// <summary>The command line of the board files.</summary>
public static class Program
{
    private const string Usage = """
        Checks hardware/chips, hardware/boards and hardware/power-budget.yaml, and makes wiring tables, the power table and the firmware's pin
        constants from them.

          dotnet run --project host-tools/BoardFiles -- write [ROOT]   checks, then writes the pages that differ
          dotnet run --project host-tools/BoardFiles -- check [ROOT]   exit code 1 and what differs, if a page does

        ROOT is the folder of the repository; without it, the folder that holds nanoFramework.sln, here or above.
        Exit code 2: wrong use, or a file breaks a rule; every broken rule is listed with file, line and what to do.
        """;

    /// <summary>Runs the command.</summary>
    public static int Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Length is < 1 or > 2 || arguments[0] is not ("write" or "check"))
        {
            bool isHelp = arguments is ["--help" or "-h"];
            (isHelp ? Console.Out : Console.Error).WriteLine(Usage);
            return isHelp ? 0 : 2;
        }

        try
        {
            string root = arguments.Length == 2 ? arguments[1] : FindRoot();
            return Run(root, arguments[0] == "write");
        }
        catch (BoardFileException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static int Run(string root, bool isWrite)
    {
        HardwareFolder folder = HardwareFolder.Read(root);
        IReadOnlyList<BoardProblem> problems = folder.Check();
        foreach (BoardProblem problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        if (problems.Count > 0)
        {
            return 2;
        }

        List<string> differing = [];
        foreach ((string path, string text) in folder.MakePages())
        {
            string file = Path.Combine(root, path);
            if (File.Exists(file) && File.ReadAllText(file) == text)
            {
                continue;
            }

            differing.Add(path);
            if (isWrite)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }
        }

        return Report(differing, isWrite);
    }

    private static int Report(List<string> differing, bool isWrite)
    {
        if (differing.Count == 0)
        {
            Console.WriteLine("everything is sound and up to date");
            return 0;
        }

        if (isWrite)
        {
            Console.WriteLine("written: " + string.Join(", ", differing));
            return 0;
        }

        Console.Error.WriteLine("out of date: " + string.Join(", ", differing));
        Console.Error.WriteLine("run: dotnet run --project host-tools/BoardFiles -- write");
        return 1;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "nanoFramework.sln")))
            {
                return folder.FullName;
            }
        }

        throw new BoardFileException("nanoFramework.sln is neither here nor above: give the folder of the repository as second argument");
    }
}
