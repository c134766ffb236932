// A part of the service port that answers in several lines, one a step. Which lines is each report's; sending them is the port's.
namespace PoleController.Service
{
    /// <summary>What a report did.</summary>
    internal enum ReportStep
    {
        /// <summary>It wrote a line.</summary>
        Line = 0,

        /// <summary>It waits for something and wrote nothing.</summary>
        Wait = 1,

        /// <summary>It is done, and wrote the last line: ok or an error.</summary>
        End = 2,
    }

    /// <summary>An answer in several lines.</summary>
    internal abstract class ServiceReport
    {
        private readonly string _name;

        /// <summary>Makes it.</summary>
        /// <param name="name">The command's name.</param>
        protected ServiceReport(string name)
        {
            _name = name;
        }

        /// <summary>Lines written since it was begun.</summary>
        protected int LineCount { get; private set; }

        /// <summary>How far it is; what it counts is the report's.</summary>
        protected int Index { get; set; }

        /// <summary>Whether it works on the bytes of the line that asked for it: the next line waits until it has ended.</summary>
        internal virtual bool KeepsLine
        {
            get { return false; }
        }

        /// <summary>Begins anew.</summary>
        internal void Restart()
        {
            LineCount = 0;
            Index = 0;
        }

        /// <summary>Writes the next line; never more than one.</summary>
        internal ReportStep Next(ServiceWriter writer, long nowMs)
        {
            ReportStep step = Write(writer, nowMs);
            if (step == ReportStep.End && writer.Length == 0)
            {
                writer.Text("ok ").Text(_name).Pair("lines", LineCount);
            }

            LineCount += step == ReportStep.Line ? 1 : 0;
            return step;
        }

        /// <summary>Writes the next line, its end left out; nothing when it waits, or when all that is left to say is ok.</summary>
        protected abstract ReportStep Write(ServiceWriter writer, long nowMs);

        /// <summary>Begins a line of the answer.</summary>
        protected ServiceWriter Begin(ServiceWriter writer)
        {
            return writer.Text(_name);
        }
    }
}
