// From the level that was decided to what the dimmer is told: constant light output, dirt, virtual power output, derating. It decides no level.
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// The correction of the light output, a factor for all levels: virtual power output * constant light output at the lamp's age * cleaning * derating. The
    /// level that is reported stays the one that was decided. Light is never made dark: what is lit gives at least one percent, or its level where that is less.
    /// </summary>
    public sealed class LightOutput : ILevelCorrection
    {
        /// <summary>The least light that a correction leaves, in permille: the lowest that control gear does.</summary>
        public const int LeastPermille = 10;

        private const int FullPermille = 1000;
        private const long Full = 1000;

        private readonly LightOutputSettings _settings;

        /// <summary>Makes it, without correction until the first <see cref="Update"/>.</summary>
        public LightOutput(LightOutputSettings settings)
        {
            _settings = settings;
            FactorPermille = FullPermille;
        }

        /// <summary>The factor in force, 1 to 1000 permille.</summary>
        public int FactorPermille { get; private set; }

        /// <summary>Works the factor out anew.</summary>
        /// <param name="lampHours">How long the lamp has been lit, 0 or more.</param>
        /// <param name="deratingPermille">What derating leaves, 1 to 1000.</param>
        /// <returns>Whether it has changed: the level has to be put out anew.</returns>
        public bool Update(long lampHours, int deratingPermille)
        {
            // One division at the end: rounding four times would lose up to four permille.
            long product = (long)_settings.VirtualPowerPermille * ConstantLightPermille(lampHours) * CleaningPermille(lampHours) * deratingPermille;
            int factor = (int)((product + (Full * Full * Full / 2)) / (Full * Full * Full));
            factor = factor < 1 ? 1 : factor > FullPermille ? FullPermille : factor;
            bool isChanged = factor != FactorPermille;
            FactorPermille = factor;
            return isChanged;
        }

        /// <inheritdoc/>
        public int OutputPermille(int levelPermille)
        {
            if (levelPermille <= 0 || FactorPermille == FullPermille)
            {
                return levelPermille;
            }

            int output = ((levelPermille * FactorPermille) + (FullPermille / 2)) / FullPermille;
            int least = levelPermille < LeastPermille ? levelPermille : LeastPermille;
            return output < least ? least : output;
        }

        /// <summary>Constant light output: straight lines between the points, the first one's value before it, full after the last.</summary>
        private int ConstantLightPermille(long lampHours)
        {
            int count = _settings.PointCount;
            if (count == 0)
            {
                return FullPermille;
            }

            int i = 0;
            while (i < count && _settings.PointHours[i] < lampHours)
            {
                i++;
            }

            if (i == 0 || i == count)
            {
                return i == 0 ? _settings.PointOutputPermille[0] : FullPermille;
            }

            long span = _settings.PointHours[i] - _settings.PointHours[i - 1];
            int from = _settings.PointOutputPermille[i - 1];
            return span <= 0 ? from : from + (int)((_settings.PointOutputPermille[i] - from) * (lampHours - _settings.PointHours[i - 1]) / span);
        }

        /// <summary>Dirt: after a cleaning the allowance is taken off, and given back evenly until the next is due.</summary>
        private int CleaningPermille(long lampHours)
        {
            long sinceHours = lampHours - _settings.CleanedAtHours;
            int interval = _settings.CleaningIntervalHours;
            if (_settings.CleaningAllowancePermille == 0 || interval <= 0 || sinceHours >= interval)
            {
                return FullPermille;
            }

            long leftHours = sinceHours < 0 ? interval : interval - sinceHours;
            return FullPermille - (int)(_settings.CleaningAllowancePermille * leftHours / interval);
        }
    }
}
