// Brings a workspace to the present schema, version by version. A migration that has been released is never changed; a new one is added.
using System.Globalization;
using System.Reflection;

namespace Provisioning.Storage;

/// <summary>The versions of the schema.</summary>
internal static class Migrations
{
    /// <summary>The version that this program reads and writes.</summary>
    public const int Latest = 10;

    /// <summary>The version of a workspace; 0 when the database is empty.</summary>
    public static int VersionOf(Database database) => database.HasWorkspace()
        ? Convert.ToInt32(database.Connection.Scalar("SELECT schema_version FROM workspace"), CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Applies what is missing, within the transaction of the caller.</summary>
    /// <param name="database">The database.</param>
    /// <param name="from">Its version.</param>
    /// <param name="to">The version to reach.</param>
    public static void Apply(Database database, int from, int to = Latest)
    {
        for (int version = from + 1; version <= to; version++)
        {
            string name = version.ToString("0000", CultureInfo.InvariantCulture);
            Run(database, name + ".sql");
            Run(database, $"{name}.{database.Dialect}.sql");
        }

        if (from > 0)
        {
            database.Connection.Execute("UPDATE workspace SET schema_version = @version", ("@version", to));
        }
    }

    private static void Run(Database database, string name)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("migrations/" + name);
        if (stream is not null)
        {
            using StreamReader reader = new(stream);
            database.Connection.Execute(reader.ReadToEnd());
        }
    }
}
