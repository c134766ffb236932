// Who asked for a restart: a number in the boot journal's record.
namespace PoleController.Journal
{
    /// <summary>Who asked for a restart.</summary>
    public enum RestartReason
    {
        /// <summary>Nobody.</summary>
        None = 0,

        /// <summary>The operator, over the air.</summary>
        Operator = 1,

        /// <summary>A technician at the service port.</summary>
        Technician = 2,
    }
}
