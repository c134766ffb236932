// To whom a program file is assigned, from the widest to the narrowest: the narrower one decides.
using Provisioning.Poles;

namespace Provisioning.Programs;

/// <summary>Kinds of scopes, in the order in which they are applied.</summary>
public enum ScopeKind
{
    /// <summary>All poles.</summary>
    Everything,

    /// <summary>The poles of a district.</summary>
    District,

    /// <summary>The poles of a street.</summary>
    Street,

    /// <summary>The poles of a lighting group.</summary>
    Group,

    /// <summary>One pole.</summary>
    Pole,
}

/// <summary>A scope.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Target">District, street, group or pole, as written; empty for everything.</param>
public readonly record struct Scope(ScopeKind Kind, string Target)
{
    /// <summary>All poles.</summary>
    public static Scope Everything => new(ScopeKind.Everything, "");

    /// <summary>Its kind as files, JSON and journal have it.</summary>
    public string KindText => Kind.ToString().ToLowerInvariant();

    /// <summary>As the journal names it: kind, and target where there is one.</summary>
    public string Text => Target.Length == 0 ? KindText : $"{KindText}:{Target}";

    /// <summary>Whether a pole is in it.</summary>
    public bool Contains(Pole pole)
    {
        ArgumentNullException.ThrowIfNull(pole);
        return Kind switch
        {
            ScopeKind.Everything => true,
            ScopeKind.District => pole.District == Target,
            ScopeKind.Street => pole.Street == Target,
            ScopeKind.Group => pole.Group == Target,
            _ => pole.Id == Target,
        };
    }
}

/// <summary>A program file assigned to a scope.</summary>
/// <param name="Scope">To whom.</param>
/// <param name="Program">Name of the file.</param>
/// <param name="AssignedUtcMs">Since when, UTC in milliseconds since 1970.</param>
public sealed record Assignment(Scope Scope, string Program, long AssignedUtcMs);
