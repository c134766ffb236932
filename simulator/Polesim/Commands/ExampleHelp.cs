// Help that ends with examples: what people copy first.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Polesim.Commands;

/// <summary>A command that brings examples of its use.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Lines for the end of its help.</param>
internal sealed class ExampleCommand(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Lines for the end of its help.</summary>
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>The usual help, then the examples of the command.</summary>
/// <param name="usual">The help that knows arguments and options.</param>
/// <param name="rootExamples">Examples of the root command.</param>
internal sealed class ExampleHelp(HelpAction usual, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => usual.ClearsParseErrors;

    /// <summary>Adds examples to the help of a root command and of every command below it.</summary>
    public static void AddTo(RootCommand root, IReadOnlyList<string> rootExamples)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction usual)
            {
                option.Action = new ExampleHelp(usual, rootExamples);
            }
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        IReadOnlyList<string> examples = parseResult.CommandResult.Command switch
        {
            ExampleCommand command => command.Examples,
            RootCommand => rootExamples,
            _ => [],
        };
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        output.WriteLine(ExitCode.Meaning);
        return exitCode;
    }
}
