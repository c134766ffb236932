// The profiles that go before everything else. The same numbers stand in messages.yaml.
namespace PoleController.Lighting
{
    /// <summary>Which of the two profiles.</summary>
    public enum EmergencyKind
    {
        /// <summary>Light for those who help: full as a rule.</summary>
        Emergency = 0,

        /// <summary>A fixed level for longer troubles (shortage of energy, protection of the population), which may be none.</summary>
        Crisis = 1,
    }
}
