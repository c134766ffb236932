// The health of a component: how it is and why. Every component of the controller has one; it can be read over the air.
namespace PoleController
{
    /// <summary>How a component is.</summary>
    public enum HealthState
    {
        /// <summary>Works.</summary>
        Ok = 0,

        /// <summary>Works in part, or on a substitute.</summary>
        Degraded = 1,

        /// <summary>Does not work.</summary>
        Failed = 2,
    }

    /// <summary>Why a component is not ok.</summary>
    public enum HealthReason
    {
        /// <summary>Nothing is wrong.</summary>
        None = 0,

        /// <summary>The part is not fitted.</summary>
        NotFitted = 1,

        /// <summary>The part does not answer or refuses.</summary>
        NoAnswer = 2,

        /// <summary>What the part says cannot be true.</summary>
        Implausible = 3,

        /// <summary>The clock is unknown.</summary>
        ClockUnknown = 4,

        /// <summary>The store could not be read or written.</summary>
        StoreFailed = 5,

        /// <summary>No settings were found, or they were damaged: defaults are in force.</summary>
        DefaultsInForce = 6,

        /// <summary>No identity and keys were found.</summary>
        NotProvisioned = 7,

        /// <summary>Not joined to a network yet, or no longer.</summary>
        NotJoined = 8,

        /// <summary>The component's step threw an exception.</summary>
        Exception = 9,

        /// <summary>Switched off for an hour, because the controller restarted again and again.</summary>
        RestartedTooOften = 10,
    }

    /// <summary>The health of one component. Made once; changed in place.</summary>
    public sealed class Health
    {
        /// <summary>How the component is.</summary>
        public HealthState State { get; private set; }

        /// <summary>Why.</summary>
        public HealthReason Reason { get; private set; }

        /// <summary>Counts changes of state or reason, so that a watcher can notice them with one comparison.</summary>
        public int ChangeCount { get; private set; }

        /// <summary>Says that all is well.</summary>
        public void SetOk()
        {
            Set(HealthState.Ok, HealthReason.None);
        }

        /// <summary>Says that all is well because there is nothing to go wrong: the part is not fitted.</summary>
        public void SetNotFitted()
        {
            Set(HealthState.Ok, HealthReason.NotFitted);
        }

        /// <summary>Says that the component works in part.</summary>
        public void SetDegraded(HealthReason reason)
        {
            Set(HealthState.Degraded, reason);
        }

        /// <summary>Says that the component does not work.</summary>
        public void SetFailed(HealthReason reason)
        {
            Set(HealthState.Failed, reason);
        }

        private void Set(HealthState state, HealthReason reason)
        {
            if (State != state || Reason != reason)
            {
                State = state;
                Reason = reason;
                ChangeCount++;
            }
        }
    }
}
