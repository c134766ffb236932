// What each pole should have: the controller's defaults, over them the program files of its scopes from the widest to the narrowest, over them what is the pole's
// own. Hash and validity are the controller's own code's.
using System.Data.Common;
using System.Text;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Files;
using Provisioning.Poles;
using Provisioning.Problems;

namespace Provisioning.Programs;

/// <summary>The settings that a pole should have.</summary>
/// <param name="Settings">The settings; revision 0.</param>
/// <param name="Files">The assignments that made them, in the order in which they were applied.</param>
/// <param name="SinceUtcMs">When the newest of them changed, UTC in milliseconds since 1970.</param>
/// <param name="HasLocalTime">Whether a file says what local time is; without, the controller takes UTC.</param>
public sealed record PoleSettings(ControllerSettings Settings, IReadOnlyList<Assignment> Files, long SinceUtcMs, bool HasLocalTime)
{
    /// <summary>The hash that the pole will report, 0 to 65,535.</summary>
    public int Hash => new SettingsHash().Compute(Settings);

    /// <summary>CRC-32 of the settings, as polectl provisioning read shows it.</summary>
    public uint LongHash => SettingsCodec.Hash(Settings);
}

/// <summary>Makes the settings that poles should have.</summary>
public sealed class WantedSettings
{
    private const string LocalTime = "localTime";

    private readonly IReadOnlyList<Assignment> _assignments;
    private readonly Dictionary<string, ProgramFile> _files;
    private readonly Dictionary<string, long> _changedUtcMs;
    private readonly Dictionary<string, (byte[] Record, bool HasLocalTime)> _bases = new(StringComparer.Ordinal);

    private WantedSettings(IReadOnlyList<Assignment> assignments, IReadOnlyList<StoredProgram> programs)
    {
        _assignments = [.. ProgramStore.Ordered(assignments)];
        HashSet<string> used = [.. assignments.Select(assignment => assignment.Program)];
        StoredProgram[] read = [.. programs.Where(program => used.Contains(program.Name))];
        _files = read.ToDictionary(program => program.Name, program => ProgramFileReader.Read(Encoding.UTF8.GetBytes(program.Content), program.Name), StringComparer.Ordinal);
        _changedUtcMs = read.ToDictionary(program => program.Name, program => program.ChangedUtcMs, StringComparer.Ordinal);
    }

    /// <summary>Whether nothing is assigned to anybody.</summary>
    public bool IsEmpty => _assignments.Count == 0;

    /// <summary>The settings of a pole.</summary>
    /// <exception cref="ProblemException">The controller would refuse what the files make together.</exception>
    public PoleSettings For(Pole pole)
    {
        ArgumentNullException.ThrowIfNull(pole);
        List<Assignment> layers = [.. _assignments.Where(assignment => assignment.Scope.Contains(pole))];
        (byte[] record, bool hasLocalTime) = Base(layers, pole);
        ControllerSettings settings = new();
        SettingsCodec.TryDecode(record, record.Length, settings);
        FirstSettings.FillPole(settings, pole);
        return new PoleSettings(settings, layers, layers.Select(SinceUtcMs).DefaultIfEmpty(0).Max(), hasLocalTime);
    }

    /// <summary>The settings of a place that is no pole: what is assigned to everything.</summary>
    public ControllerSettings ForPlace()
    {
        ControllerSettings settings = new();
        foreach (Assignment assignment in _assignments.Where(assignment => assignment.Scope.Kind == ScopeKind.Everything))
        {
            ProgramFileMapping.Apply(_files[assignment.Program], settings);
        }

        return settings;
    }

    /// <summary>Names of the programs of a pole; of everything when there is none.</summary>
    public IReadOnlyList<string> ProgramNames(Pole? pole) =>
        _assignments.Where(assignment => pole is null ? assignment.Scope.Kind == ScopeKind.Everything : assignment.Scope.Contains(pole))
            .Select(assignment => _files[assignment.Program].Programs).LastOrDefault(programs => programs is not null) is { } last
            ? [.. last.Select(program => program.Name)]
            : [];

    internal static WantedSettings Load(DbConnection connection) => new(ProgramTable.Assignments(connection), ProgramTable.All(connection));

    /// <summary>Refuses two files of one scope that decide the same thing.</summary>
    /// <exception cref="ProblemException">There are two.</exception>
    internal void RefuseConflicts()
    {
        foreach (IGrouping<Scope, Assignment> scope in _assignments.GroupBy(assignment => assignment.Scope))
        {
            Dictionary<string, string> decided = new(StringComparer.Ordinal);
            foreach (Assignment assignment in scope)
            {
                foreach (string path in _files[assignment.Program].Decides())
                {
                    if (!decided.TryAdd(path, assignment.Program))
                    {
                        throw new ProblemException(new Problem("problem.program.conflict", path, decided[path], assignment.Program, scope.Key.Text) { Kind = ProblemKind.WrongUse });
                    }
                }
            }
        }
    }

    private long SinceUtcMs(Assignment assignment) => Math.Max(assignment.AssignedUtcMs, _changedUtcMs[assignment.Program]);

    private (byte[] Record, bool HasLocalTime) Base(List<Assignment> layers, Pole pole)
    {
        string key = string.Join('\n', layers.Select(layer => layer.Program));
        if (_bases.TryGetValue(key, out (byte[] Record, bool HasLocalTime) made))
        {
            return made;
        }

        ControllerSettings settings = new();
        foreach (Assignment layer in layers)
        {
            ProgramFileMapping.Apply(_files[layer.Program], settings);
        }

        SettingsFault fault = SettingsRules.Validate(settings);
        if (fault != SettingsFault.None)
        {
            throw new ProblemException(new Problem("problem.program.together", pole.Id)
            {
                Kind = ProblemKind.WrongUse,
                Field = "program",
                Value = string.Join(", ", layers.Select(layer => layer.Program)),
                Sentence = new SettingsFiles.Sentence("problem.program.together", pole.Id, ProgramFileReader.FaultText(fault)),
            });
        }

        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        made = (buffer[..SettingsCodec.Encode(settings, 0, buffer)], layers.Exists(layer => _files[layer.Program].Sections.Any(section => section.Section == LocalTime)));
        _bases.Add(key, made);
        return made;
    }
}
