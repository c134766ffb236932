// Where a workspace is: a file, or a PostgreSQL database by connection string.
using Npgsql;
using Provisioning.Problems;

namespace Provisioning.Storage;

/// <summary>The place of a workspace. Its text never has the password in it.</summary>
public sealed class WorkspaceAddress
{
    private WorkspaceAddress(string? filePath, string? connectionString, string shown)
    {
        FilePath = filePath;
        ConnectionString = connectionString;
        Shown = shown;
    }

    /// <summary>Full path of the SQLite file; null for a database server.</summary>
    public string? FilePath { get; }

    /// <summary>Connection string of PostgreSQL, password included; null for a file.</summary>
    internal string? ConnectionString { get; }

    /// <summary>The place as it may be shown.</summary>
    public string Shown { get; }

    /// <summary>Reads an address: a path, <c>postgres://USER:PASSWORD@HOST:PORT/DATABASE</c>, or a connection string of key=value pairs with <c>Host</c>.</summary>
    /// <exception cref="ProblemException">It is none of these.</exception>
    public static WorkspaceAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isUri = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
        if (!isUri && !text.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            return string.IsNullOrWhiteSpace(text) ? throw Wrong() : new WorkspaceAddress(Path.GetFullPath(text), null, text);
        }

        try
        {
            NpgsqlConnectionStringBuilder builder = isUri ? FromUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            builder.Pooling = false;
            return new WorkspaceAddress(null, builder.ConnectionString, $"postgres://{builder.Username}@{builder.Host}:{builder.Port}/{builder.Database}");
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException or FormatException)
        {
            // The exception's text may quote the password.
            throw Wrong();
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        string[] user = uri.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder builder = new() { Host = uri.Host, Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) };
        if (uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            builder[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return builder;
    }

    private static ProblemException Wrong() => new(new Problem("problem.address") { Kind = ProblemKind.WrongUse, Field = "--workspace" });
}
