// The value a component's step returns when it does not want to run again by itself.
namespace PoleController
{
    /// <summary>Times that stand for something else.</summary>
    public static class Wake
    {
        /// <summary>"Not by myself": an input, a frame or a command will wake it.</summary>
        public const long Never = long.MaxValue;
    }
}
