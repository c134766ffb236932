// A digital input that a test sets.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedInput : IDigitalInput
{
    private bool _isActive;

    public bool Throws { get; set; }

    public bool IsActive
    {
        get => Throws ? throw new InvalidOperationException("The input's driver failed.") : _isActive;
        set => _isActive = value;
    }

    /// <summary>Changes over; works on a broken input too, because people do not break with it.</summary>
    public void Toggle()
    {
        _isActive = !_isActive;
    }
}
