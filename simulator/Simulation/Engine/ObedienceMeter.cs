// Measures how soon a lamp has the level that was commanded: from the operator's order to the light that comes out of the lamp. It knows
// nothing of messages and asks no controller.
using Simulation.Engine.Fittings;

namespace Simulation.Engine;

/// <summary>An order for a level, as the instruments know it.</summary>
/// <param name="OrderIndex">Which of the operator's orders.</param>
/// <param name="TimeUs">When it was given.</param>
/// <param name="LevelPermille">The level, 0 to 1000.</param>
/// <param name="IsUpperLimit">Whether the lamp may also be below it: the order limits the light.</param>
public readonly record struct LevelOrder(int OrderIndex, long TimeUs, int LevelPermille, bool IsUpperLimit = false)
{
    /// <summary>Whether a lamp with this light obeys.</summary>
    /// <param name="lightPermille">The light.</param>
    /// <param name="tolerancePermille">How far its interface's resolution may leave it off.</param>
    public bool IsObeyedBy(int lightPermille, int tolerancePermille) =>
        Math.Abs(lightPermille - LevelPermille) <= tolerancePermille || (IsUpperLimit && lightPermille < LevelPermille);
}

/// <summary>How soon one lamp obeyed each order. An order that is followed by another counts as long as it is the last one.</summary>
public sealed class ObedienceMeter
{
    private readonly LevelOrder[] _orders;
    private readonly long[] _afterUs;
    private int _next;

    /// <summary>Makes a meter.</summary>
    /// <param name="orders">The orders for this lamp, by time.</param>
    public ObedienceMeter(IReadOnlyList<LevelOrder> orders)
    {
        _orders = [.. orders];
        _afterUs = new long[_orders.Length];
        Array.Fill(_afterUs, -1);
    }

    /// <summary>The light is now at a level.</summary>
    /// <param name="timeUs">Now.</param>
    /// <param name="lightPermille">The level.</param>
    /// <param name="dimming">The interface, whose resolution leaves a level a little off; null for one without.</param>
    public void Observe(long timeUs, int lightPermille, DimmingFitting? dimming = null)
    {
        while (_next < _orders.Length && _orders[_next].TimeUs <= timeUs)
        {
            _next++;
        }

        int last = _next - 1;
        if (last >= 0 && _afterUs[last] < 0 && _orders[last].IsObeyedBy(lightPermille, dimming?.TolerancePermille(lightPermille) ?? 0))
        {
            _afterUs[last] = timeUs - _orders[last].TimeUs;
        }
    }

    /// <summary>Whether an order asks this lamp for a level.</summary>
    public bool IsAskedBy(int orderIndex) => Array.Exists(_orders, order => order.OrderIndex == orderIndex);

    /// <summary>How soon it obeyed an order, in microseconds; null when it never did or was not meant.</summary>
    public long? AfterUs(int orderIndex)
    {
        for (int at = 0; at < _orders.Length; at++)
        {
            if (_orders[at].OrderIndex == orderIndex)
            {
                return _afterUs[at] < 0 ? null : _afterUs[at];
            }
        }

        return null;
    }
}
