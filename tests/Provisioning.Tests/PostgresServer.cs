// A PostgreSQL server for the tests that want one: started once, on a free port of the loopback address, gone with the test run.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Provisioning.Storage;

// Polectl.Tests, which compiles this file too, knows it everywhere.
#pragma warning disable IDE0005
using Xunit;
#pragma warning restore IDE0005

namespace Provisioning.Tests;

/// <summary>Debian's PostgreSQL in a temporary folder.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Password = "only for this test";

    private readonly string? _binaries = FindBinaries();
    private readonly string _folder = Directory.CreateTempSubdirectory("polectl-postgres-").FullName;
    private int _port;
    private int _databases;

    private bool IsRunning => _port != 0;

    /// <summary>The address of a new, empty database; the test is skipped where there is no PostgreSQL.</summary>
    public WorkspaceAddress NewDatabaseOrSkip() => WorkspaceAddress.Parse(NewUrlOrSkip());

    /// <summary>The same as text, password included, for other programs.</summary>
    public string NewUrlOrSkip()
    {
        if (_binaries is null)
        {
            Assert.Skip("PostgreSQL is not installed (.ci/install).");
        }

        lock (_folder)
        {
            if (!IsRunning)
            {
                Start();
            }

            string name = "workspace" + ++_databases;
            RunSql("postgres", $"CREATE DATABASE {name}");
            return $"postgres://engineer:{Uri.EscapeDataString(Password)}@127.0.0.1:{_port}/{name}";
        }
    }

    /// <summary>The same database with another user.</summary>
    public WorkspaceAddress As(WorkspaceAddress address, string user, string password) =>
        WorkspaceAddress.Parse($"postgres://{user}:{Uri.EscapeDataString(password)}@127.0.0.1:{_port}/{address.Shown.Split('/')[^1]}");

    /// <summary>Runs SQL past polectl, as the server's administrator.</summary>
    public void RunSql(string database, string sql) =>
        Run("psql", "-h", _folder, "-p", $"{_port}", "-U", "engineer", "-v", "ON_ERROR_STOP=1", "-q", "-d", database, "-c", sql);

    public void Dispose()
    {
        if (IsRunning)
        {
            Run("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        }

        Directory.Delete(_folder, true);
    }

    private static string? FindBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(path => File.Exists(Path.Combine(path, "initdb"))).Order().LastOrDefault()
        : null;

    private void Start()
    {
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        // The server refuses to run as root.
        if (Environment.UserName == "root")
        {
            RunAsIs("chown", "-R", "postgres", _folder);
        }

        string data = Path.Combine(_folder, "data");
        string passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, Password);
        Run("initdb", "-D", data, "-U", "engineer", "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        Run("pg_ctl", "-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-h 127.0.0.1 -p {_port} -k {_folder} -F", "start");
    }

    private void Run(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries!, program);
        if (Environment.UserName == "root")
        {
            RunAsIs("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            RunAsIs(path, arguments);
        }
    }

    private void RunAsIs(string path, params string[] arguments)
    {
        ProcessStartInfo start = new(path, arguments) { WorkingDirectory = _folder };

        // pg_ctl leaves the server with its standard output, so that is not waited for.
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{path} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
