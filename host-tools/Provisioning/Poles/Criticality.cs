// How much depends on a pole's light.
namespace Provisioning.Poles;

/// <summary>Criticality of a pole, for the order of work and for emergency plans. The words stand in workspaces and never change.</summary>
public enum Criticality
{
    /// <summary>A path or a park.</summary>
    Low,

    /// <summary>A usual street.</summary>
    Normal,

    /// <summary>A crossing, a school, a bus stop.</summary>
    High,

    /// <summary>Light that must not fail: a tunnel's mouth, a hospital's access.</summary>
    Critical,
}

/// <summary>Whether a pole stands.</summary>
public enum PoleState
{
    /// <summary>It stands, or is planned to.</summary>
    InService,

    /// <summary>It was taken away; kept for its history.</summary>
    Retired,
}
