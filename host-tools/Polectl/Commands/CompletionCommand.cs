// polectl completion: scripts that make a shell complete nouns, verbs and options. They ask polectl itself ([suggest] directive of System.CommandLine), so they
// never go out of date.
using System.CommandLine;
using Polectl.Cli;

namespace Polectl.Commands;

/// <summary>The noun completion.</summary>
internal static class CompletionCommand
{
    private const string Noun = "completion";

    private const string Bash = """
        # polectl completion for bash. In ~/.bashrc:  source <(polectl completion bash)
        _polectl() {
          local IFS=$'\n'
          COMPREPLY=( $(compgen -W "$(polectl "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _polectl polectl

        """;

    private const string Zsh = """
        # polectl completion for zsh. In ~/.zshrc, after compinit:  source <(polectl completion zsh)
        _polectl() {
          local -a found
          found=("${(@f)$(polectl "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found
        }
        compdef _polectl polectl

        """;

    private const string Fish = """
        # polectl completion for fish. Once:  polectl completion fish > ~/.config/fish/completions/polectl.fish
        complete -c polectl -f -a '(set -l line (commandline -cp); polectl "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null)'

        """;

    private const string PowerShell = """
        # polectl completion for PowerShell. In $PROFILE:  polectl completion powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName polectl -ScriptBlock {
          param($word, $line, $position)
          polectl "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }

        """;

    public static Command Create(CommandMaker make) => make.Noun(
        Noun,
        make.Reading(Noun, "bash", [], _ => new Outcome { Raw = Bash }),
        make.Reading(Noun, "zsh", [], _ => new Outcome { Raw = Zsh }),
        make.Reading(Noun, "fish", [], _ => new Outcome { Raw = Fish }),
        make.Reading(Noun, "powershell", [], _ => new Outcome { Raw = PowerShell }));
}
