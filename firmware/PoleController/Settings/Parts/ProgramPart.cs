// A program, as a section of the settings.
using PoleController.Lighting;

namespace PoleController.Settings.Parts
{
    /// <summary>One of the programs.</summary>
    public sealed class ProgramPart : SettingsPart
    {
        private readonly LightingProgram _program;

        /// <summary>Makes it.</summary>
        /// <param name="program">The program.</param>
        /// <param name="index">Its number, 0 to 3.</param>
        public ProgramPart(LightingProgram program, int index)
            : base(SettingsSection.Program, index)
        {
            _program = program;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _program.PointCount = 0;
            _program.FadeSeconds = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.ValidateProgram(_program);
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(Item);
            PutProgram(_program, writer);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            reader.Get8();
            return GetProgram(_program, reader);
        }

        private static void PutProgram(LightingProgram program, SettingsWriter writer)
        {
            writer.Put8(program.PointCount);
            writer.Put16(program.FadeSeconds);
            for (int i = 0; i < program.PointCount; i++)
            {
                writer.Put8(program.Reference[i]);
                writer.Put16(program.OffsetMinutes[i]);
                writer.Put16(program.LevelPermille[i]);
                writer.Put16(program.OccupancyLevelPermille[i]);
            }
        }

        // Also how the records of versions 1 and 2 hold a program.
        internal static bool GetProgram(LightingProgram program, SettingsReader reader)
        {
            int count = reader.Get8();
            if (count > LightingProgram.MaximumPoints)
            {
                return false;
            }

            program.PointCount = count;
            program.FadeSeconds = reader.Get16();
            for (int i = 0; i < count; i++)
            {
                program.Reference[i] = (byte)reader.Get8();
                program.OffsetMinutes[i] = (short)reader.Get16();
                program.LevelPermille[i] = (short)reader.Get16();
                program.OccupancyLevelPermille[i] = (short)reader.Get16();
            }

            return true;
        }
    }
}
