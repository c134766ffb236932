// Port: random numbers for spreading things in time. Not for keys.
namespace PoleController.Hal
{
    /// <summary>A source of random numbers that differs from pole to pole.</summary>
    public interface IRandom
    {
        /// <summary>A number from 0 up to, not including, <paramref name="exclusiveUpperBound"/> (1 or more).</summary>
        int Next(int exclusiveUpperBound);
    }
}
