// What the service port can be asked.
namespace PoleController.Service
{
    /// <summary>The commands.</summary>
    internal sealed class HelpReport : ServiceReport
    {
        /// <summary>Makes it.</summary>
        internal HelpReport()
            : base("help")
        {
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            string line = LineOf(Index);
            if (line.Length == 0)
            {
                return ReportStep.End;
            }

            Index++;
            Begin(writer).Text(" ").Text(line);
            return ReportStep.Line;
        }

        private static string LineOf(int index)
        {
            switch (index)
            {
                case 0:
                    return "id | this pole, its board and firmware; needs no key";
                case 1:
                    return "unlock | asks for a challenge; unlock RESPONSE answers it (docs/service-port.md); lock closes the port";
                case 2:
                    return "health | every component: state, reason, exceptions; every sensor: state and last fault";
                case 3:
                    return "values | live values: lamp and board, each sensor, what the pole makes of it, all with their quality";
                case 4:
                    return "sensor NAME | asks a sensor now (names: see values)";
                case 5:
                    return "light PERMILLE SECONDS | light test; light program ends it; blink SECONDS | shows which pole this is";
                case 6:
                    return "settings | lists the sections; settings get NAME [ITEM] shows fields and what is allowed; settings set NAME [ITEM] FIELD=VALUE ... sets some";
                case 7:
                    return "journal [COUNT] | the newest entries that wait; boots | the last starts; alarms | how they stand";
                case 8:
                    return "manifest | what is measured, why, and for how long it is kept";
                case 9:
                    return "time [UTC-SECONDS] | shows or sets the clock";
                case 10:
                    return "log | events as they happen, until the next line";
                case 11:
                    return "zero | learns the upright position anew; rejoin | joins the network anew; restart | restarts";
                default:
                    return "";
            }
        }
    }
}
