// polectl uplink listen, running beside the other commands as it does in an office.
using System.Text;
using System.Text.RegularExpressions;
using Polectl.Cli;

namespace EndToEnd.Tests;

/// <summary>A listener for uplinks.</summary>
internal sealed partial class Intake : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private readonly Listening _error = new();
    private readonly StringWriter _output = new();
    private readonly Task<int> _run;

    public Intake(Office office)
    {
        Surroundings surroundings = office.Surroundings(_output, _error) with { WaitForEnd = _ => _end.Wait() };
        _run = Task.Run(() => App.Run(["uplink", "listen", "--bind", "127.0.0.1:0"], surroundings));
        Address = _error.AddressAsync(_run).GetAwaiter().GetResult();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    public void Dispose()
    {
        _end.Set();
        int exitCode = _run.GetAwaiter().GetResult();
        Assert.True(exitCode == 0, $"polectl uplink listen ended with {exitCode}: {_error}");
    }

    [GeneratedRegex("http://[0-9.]+:[0-9]+")]
    private static partial Regex AddressPattern();

    /// <summary>Standard error, in which the listener says where it listens.</summary>
    private sealed class Listening : TextWriter
    {
        private readonly StringBuilder _text = new();
        private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (_text)
            {
                _text.Append(value);
                if (value == '\n' && AddressPattern().Match(_text.ToString()) is { Success: true } match)
                {
                    _address.TrySetResult(match.Value);
                }
            }
        }

        public async Task<string> AddressAsync(Task<int> run)
        {
            Task first = await Task.WhenAny(_address.Task, run).ConfigureAwait(false);
            return first == run ? throw new InvalidOperationException($"polectl uplink listen ended: {this}") : await _address.Task.ConfigureAwait(false);
        }

        public override string ToString()
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }
}
