// Where a controller is in its life. The words stand in workspaces and never change.
namespace Provisioning.Controllers;

/// <summary>State of a controller.</summary>
public enum ControllerState
{
    /// <summary>On the shelf, ready to be mounted.</summary>
    Spare,

    /// <summary>It hangs in a pole.</summary>
    Mounted,

    /// <summary>It was taken out because something is wrong with it.</summary>
    Defective,

    /// <summary>It is given up; its keys are erased.</summary>
    Retired,
}
