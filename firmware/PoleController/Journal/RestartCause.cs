// Why the controller restarted. The same numbers stand at the alarm restarted in messages.yaml.
namespace PoleController.Journal
{
    /// <summary>Why the controller restarted, as far as the boot journal can tell.</summary>
    public enum RestartCause
    {
        /// <summary>Not known: no mark was left, and the supply is not measured.</summary>
        Unknown = 0,

        /// <summary>The first start of this controller.</summary>
        FirstStart = 1,

        /// <summary>A restart that was asked for, over the air or at the service port.</summary>
        Requested = 2,

        /// <summary>The loop stopped and the watchdog ended it: no mark was left although the supply is measured, and was good.</summary>
        Watchdog = 3,

        /// <summary>The supply failed: it was seen falling, or the board says that power has returned.</summary>
        SupplyLoss = 4,

        /// <summary>An exception that nobody caught; the place is the component.</summary>
        Exception = 5,
    }
}
