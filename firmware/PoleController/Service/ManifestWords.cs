// The manifest of what a pole measures, for the service port: the words of messages.yaml, kind by kind; a test holds them against it.
namespace PoleController.Service
{
    /// <summary>Words of the manifest, by the ids of the entries in messages.yaml.</summary>
    internal static class ManifestWords
    {
        /// <summary>The first kind.</summary>
        internal const int FirstKind = 64;

        /// <summary>The last kind.</summary>
        internal const int LastKind = 73;

        /// <summary>The name of a kind.</summary>
        internal static string Name(int kind)
        {
            switch (kind)
            {
                case 64:
                    return "interval";
                case 65:
                    return "luminaire";
                case 66:
                    return "gear";
                case 67:
                    return "fillLevel";
                case 68:
                    return "waterLevel";
                case 69:
                    return "particulates";
                case 70:
                    return "climate";
                case 71:
                    return "gas";
                case 72:
                    return "traffic";
                case 73:
                    return "pole";
                default:
                    return "";
            }
        }

        /// <summary>Why it is measured.</summary>
        internal static string Purpose(int kind)
        {
            switch (kind)
            {
                case 64:
                    return "Energy accounts; how often the light is asked for, to set its programs.";
                case 65:
                    return "Energy accounts, maintenance by hours and starts, finding luminaires that draw too much.";
                case 66:
                    return "Finding gear and lamps that age before they fail.";
                case 67:
                    return "Emptying containers when they are full, not by the calendar.";
                case 68:
                    return "Flood warning.";
                case 69:
                    return "Air quality by street.";
                case 70:
                    return "Heat in the city, and what other sensors need for their correction.";
                case 71:
                    return "Air quality by street.";
                case 72:
                    return "Planning of paths and streets; light where people are.";
                case 73:
                    return "Safety of the pole, and faults of the controller before they are failures.";
                default:
                    return "";
            }
        }

        /// <summary>How long the pole keeps it.</summary>
        internal static string OnPole(int kind)
        {
            switch (kind)
            {
                case 64:
                    return "until sent, 44 hours at most";
                case 65:
                    return "until sent, the journal's last 44 hours or so";
                case 66:
                    return "until sent, the journal's bound";
                case 67:
                    return "until sent, the journal's bound";
                case 68:
                    return "until sent, the journal's bound";
                case 69:
                    return "until sent, the journal's bound";
                case 70:
                    return "until sent, the journal's bound";
                case 71:
                    return "until sent, the journal's bound";
                case 72:
                    return "until sent, the journal's bound; single arrivals are never kept";
                case 73:
                    return "until sent, the journal's bound";
                default:
                    return "";
            }
        }

        /// <summary>How long the operator should keep it at most, in days.</summary>
        internal static int RetentionDays(int kind)
        {
            switch (kind)
            {
                case 64:
                    return 730;
                case 65:
                    return 3650;
                case 66:
                    return 3650;
                case 67:
                    return 730;
                case 68:
                    return 3650;
                case 69:
                    return 3650;
                case 70:
                    return 3650;
                case 71:
                    return 3650;
                case 72:
                    return 3650;
                case 73:
                    return 730;
                default:
                    return 0;
            }
        }

        /// <summary>Whether it can concern persons.</summary>
        internal static string Persons(int kind)
        {
            switch (kind)
            {
                case 64:
                    return "arrivals at a lamp, without direction, speed or kind; below the smallest count, withheld";
                case 65:
                    return "no";
                case 66:
                    return "no";
                case 67:
                    return "no";
                case 68:
                    return "no";
                case 69:
                    return "no";
                case 70:
                    return "no";
                case 71:
                    return "no";
                case 72:
                    return "counts of people; below the smallest count, withheld";
                case 73:
                    return "no";
                default:
                    return "";
            }
        }
    }
}
