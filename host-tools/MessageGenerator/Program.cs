// Makes documentation, golden vectors and payload codec from the message schema, or checks that they are up to date.
using MessageGenerator.Output;
using MessageSchemas;

namespace MessageGenerator;

/// <summary>The command line of the generator.</summary>
public static class Program
{
    private const string Usage = """
        Makes docs/messages.md, tests/golden/messages.json, host-tools/payload-codec/codec.js and docs/programs/program.schema.json from the message schema.

          dotnet run --project host-tools/MessageGenerator -- write [ROOT]   writes the files that differ
          dotnet run --project host-tools/MessageGenerator -- check [ROOT]   exit code 1 and what differs, if anything does

        ROOT is the folder of the repository; without it, the folder that holds nanoFramework.sln, here or above.
        """;

    /// <summary>Runs the command. 0: done, or nothing differs. 1: something differs. 2: wrong use, or the schema is not sound.</summary>
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
            MessageSchema schema = SchemaReader.ReadFile(Path.Combine(root, GeneratedFiles.SchemaPath));
            return arguments[0] == "write" ? Write(root, schema) : Check(root, schema);
        }
        catch (SchemaException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static int Write(string root, MessageSchema schema)
    {
        IReadOnlyList<string> written = GeneratedFiles.Write(root, GeneratedFiles.Make(schema));
        Console.WriteLine(written.Count == 0 ? "everything is up to date" : "written: " + string.Join(", ", written));
        return 0;
    }

    private static int Check(string root, MessageSchema schema)
    {
        IReadOnlyList<string> differences = GeneratedFiles.Check(root, GeneratedFiles.Make(schema));
        differences.ToList().ForEach(Console.Error.WriteLine);
        if (differences.Count > 0)
        {
            Console.Error.WriteLine("run: dotnet run --project host-tools/MessageGenerator -- write");
            return 1;
        }

        Console.WriteLine("everything is up to date");
        return 0;
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

        throw new SchemaException("nanoFramework.sln is neither here nor above: give the folder of the repository as second argument");
    }
}
