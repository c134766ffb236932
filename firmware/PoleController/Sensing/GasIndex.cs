// From the raw signal of a gas sensor to an index: Sensirion's Gas Index Algorithm, version 3.2.0 (Sensirion/gas-index-algorithm, commit d367a7c, BSD
// 3-Clause), written anew from its published equations: a running mean and deviation of the signal, a scaling by them, and an adaptive low pass.
using System;

namespace PoleController.Sensing
{
    /// <summary>
    /// The index of volatile organic compounds (100 is the air of the last day, 500 the most) or of nitrogen oxides (1 is the usual). Needs a signal at a
    /// constant interval, 1 s or 10 s. Says nothing for the first 45 s; learns for hours, the deviation only of VOC.
    /// </summary>
    public sealed class GasIndex
    {
        /// <summary>The highest index.</summary>
        public const int Maximum = 500;

        // Names and numbers of Sensirion's header, without their prefix.
        private const double BlackoutSeconds = 45;
        private const double Gain = 230;
        private const double InitialDeviation = 50;
        private const double DeviationBonusVoc = 220;
        private const double DeviationNox = 2000;
        private const double TauHours = 12;
        private const double TauInitialMeanVoc = 20;
        private const double TauInitialMeanNox = 1200;
        private const double TauInitialVariance = 2500;
        private const double InitDurationMeanVoc = 3600 * 0.75;
        private const double InitDurationMeanNox = 3600 * 4.75;
        private const double InitDurationVarianceVoc = 3600 * 1.45;
        private const double InitDurationVarianceNox = 3600 * 5.70;
        private const double InitTransition = 0.01;
        private const double GatingThresholdVoc = 340;
        private const double GatingThresholdNox = 30;
        private const double GatingThresholdInitial = 510;
        private const double GatingTransition = 0.09;
        private const double GatingMinutesVoc = 60 * 3;
        private const double GatingMinutesNox = 60 * 12;
        private const double GatingRatio = 0.3;
        private const double SigmoidSlopeVoc = -0.0065;
        private const double SigmoidMiddleVoc = 213;
        private const double SigmoidSlopeNox = -0.0101;
        private const double SigmoidMiddleNox = 614;
        private const double OffsetVoc = 100;
        private const double OffsetNox = 1;
        private const double LowPassFastSeconds = 20;
        private const double LowPassSlowSeconds = 500;
        private const double LowPassSharpness = -0.2;
        private const int SignalMinimumVoc = 20000;
        private const int SignalMinimumNox = 10000;
        private const int SignalSpan = 32767;
        private const int SignalEnd = 65000;
        private const double GammaScale = 64;
        private const double MeanScale = 8;
        private const double UptimeEnd = 32767;
        private const double LargestMean = 100;
        private const double LargeDeviation = 1440;
        private const double SigmoidEnd = 50;
        private const double SecondsPerHour = 3600;
        private const double SmallestIndex = 0.5;

        private readonly bool _isNox;
        private double _intervalSeconds;
        private double _gammaMeanLater;
        private double _gammaMeanFirst;
        private double _gammaVarianceLater;
        private double _gammaVarianceFirst;
        private double _fastShare;
        private double _slowShare;
        private double _uptimeSeconds;
        private double _signal;
        private double _index;
        private bool _isLearning;
        private double _mean;
        private double _meanOffset;
        private double _deviation;
        private double _gammaMean;
        private double _gammaVariance;
        private double _learningSeconds;
        private double _gatingSeconds;
        private double _gatedMinutes;
        private bool _isFiltering;
        private double _fast;
        private double _slow;
        private double _filtered;

        /// <summary>Makes it.</summary>
        /// <param name="isNox">True for nitrogen oxides, false for volatile organic compounds.</param>
        /// <param name="intervalSeconds">The time between two signals in seconds, 1 to 10; Sensirion has tried 1 and 10.</param>
        public GasIndex(bool isNox, int intervalSeconds)
        {
            _isNox = isNox;
            SetInterval(intervalSeconds);
        }

        /// <summary>Changes the time between two signals; what was learnt is forgotten.</summary>
        /// <param name="intervalSeconds">The time in seconds, 1 to 10.</param>
        public void SetInterval(int intervalSeconds)
        {
            _intervalSeconds = intervalSeconds;
            double hours = intervalSeconds / SecondsPerHour;
            double tauInitialMean = _isNox ? TauInitialMeanNox : TauInitialMeanVoc;
            _gammaMeanLater = MeanScale * GammaScale * Share(hours, TauHours);
            _gammaVarianceLater = GammaScale * Share(hours, TauHours);
            _gammaMeanFirst = MeanScale * GammaScale * Share(intervalSeconds, tauInitialMean);
            _gammaVarianceFirst = GammaScale * Share(intervalSeconds, TauInitialVariance);
            _fastShare = Share(intervalSeconds, LowPassFastSeconds);
            _slowShare = Share(intervalSeconds, LowPassSlowSeconds);
            Reset();
        }

        /// <summary>The index, 1 to 500; 0 while nothing can be said yet.</summary>
        public int Index { get; private set; }

        /// <summary>Whether the first learning of the mean is over (0.75 h for VOC, 4.75 h for NOx): before, the index is a guess.</summary>
        public bool IsLearnt
        {
            get { return _learningSeconds > (_isNox ? InitDurationMeanNox : InitDurationMeanVoc); }
        }

        /// <summary>Forgets everything: after an interruption of more than ten minutes.</summary>
        public void Reset()
        {
            _uptimeSeconds = 0;
            _signal = 0;
            _index = 0;
            _isLearning = false;
            _mean = 0;
            _meanOffset = 0;
            _deviation = InitialDeviation;
            _gammaMean = 0;
            _gammaVariance = 0;
            _learningSeconds = 0;
            _gatingSeconds = 0;
            _gatedMinutes = 0;
            _isFiltering = false;
            _fast = 0;
            _slow = 0;
            _filtered = 0;
            Index = 0;
        }

        /// <summary>Takes the next signal; to be called once an interval.</summary>
        /// <param name="ticks">The sensor's raw signal, 1 to 64,999; anything else stands for one that is missing, and the last one holds.</param>
        public void Add(int ticks)
        {
            if (_uptimeSeconds <= BlackoutSeconds)
            {
                _uptimeSeconds += _intervalSeconds;
                return;
            }

            Limit(ticks);
            double offset = _isNox ? OffsetNox : OffsetVoc;
            _index = Filter(!_isNox || _isLearning ? Scale(Normalise()) : offset);
            _index = _index < SmallestIndex ? SmallestIndex : _index;
            if (_signal > 0)
            {
                Learn();
            }

            Index = (int)(_index + 0.5);
        }

        private static double Share(double interval, double tau)
        {
            double sum = interval + tau;
            return sum > 0 ? interval / sum : 0;
        }

        private void Limit(int ticks)
        {
            if (ticks <= 0 || ticks >= SignalEnd)
            {
                return;
            }

            int above = ticks - (_isNox ? SignalMinimumNox : SignalMinimumVoc);
            _signal = above < 1 ? 1 : above > SignalSpan ? SignalSpan : above;
        }

        // The signal by its mean and deviation; more of a volatile compound makes the signal smaller, more of an oxide larger.
        private double Normalise()
        {
            double beside = _signal - (_mean + _meanOffset);
            if (_isNox)
            {
                return beside / DeviationNox * Gain;
            }

            double scale = _deviation + DeviationBonusVoc;
            return scale > 0 ? -beside / scale * Gain : 0;
        }

        private double Scale(double sample)
        {
            double x = (_isNox ? SigmoidSlopeNox : SigmoidSlopeVoc) * (sample - (_isNox ? SigmoidMiddleNox : SigmoidMiddleVoc));
            if (x < -SigmoidEnd)
            {
                return Maximum;
            }

            if (x > SigmoidEnd)
            {
                return 0;
            }

            // With the usual offsets (100 and 1) Sensirion's shift of the curve is nothing, and so is its factor.
            return Maximum * Falling(x);
        }

        private double Filter(double sample)
        {
            if (!_isFiltering)
            {
                _isFiltering = true;
                _fast = sample;
                _slow = sample;
                _filtered = sample;
            }

            _fast += _fastShare * (sample - _fast);
            _slow += _slowShare * (sample - _slow);
            double apart = _fast < _slow ? _slow - _fast : _fast - _slow;
            double tau = ((LowPassSlowSeconds - LowPassFastSeconds) * Math.Exp(LowPassSharpness * apart)) + LowPassFastSeconds;
            _filtered += Share(_intervalSeconds, tau) * (sample - _filtered);
            return _filtered;
        }

        private void Learn()
        {
            if (!_isLearning)
            {
                _isLearning = true;
                _meanOffset = _signal;
                _mean = 0;
                return;
            }

            if (_mean >= LargestMean || _mean <= -LargestMean)
            {
                _meanOffset += _mean;
                _mean = 0;
            }

            FindGammas();
            double delta = (_signal - _meanOffset - _mean) / GammaScale;
            double reach = _deviation + (delta < 0 ? -delta : delta);
            double scaling = reach > LargeDeviation ? reach / LargeDeviation * (reach / LargeDeviation) : 1;
            if (scaling > 0)
            {
                double kept = scaling * (GammaScale - _gammaVariance);
                double variance = (_deviation * (_deviation / (GammaScale * scaling))) + (_gammaVariance * delta / scaling * delta);
                _deviation = kept > 0 && variance > 0 ? Math.Sqrt(kept) * Math.Sqrt(variance) : 0;
            }

            _mean += _gammaMean * delta / MeanScale;
        }

        // How much a new signal counts: much while learning, little later, nothing while the index is high (gating), but not for ever.
        private void FindGammas()
        {
            double uptimeEnd = UptimeEnd - _intervalSeconds;
            _learningSeconds += _learningSeconds < uptimeEnd ? _intervalSeconds : 0;
            _gatingSeconds += _gatingSeconds < uptimeEnd ? _intervalSeconds : 0;
            double meanDuration = _isNox ? InitDurationMeanNox : InitDurationMeanVoc;
            double varianceDuration = _isNox ? InitDurationVarianceNox : InitDurationVarianceVoc;
            double threshold = _isNox ? GatingThresholdNox : GatingThresholdVoc;

            double first = Sigmoid(_learningSeconds, meanDuration, InitTransition);
            double meanThreshold = threshold + ((GatingThresholdInitial - threshold) * Sigmoid(_gatingSeconds, meanDuration, InitTransition));
            double meanGate = Sigmoid(_index, meanThreshold, GatingTransition);
            _gammaMean = meanGate * (_gammaMeanLater + ((_gammaMeanFirst - _gammaMeanLater) * first));

            double second = Sigmoid(_learningSeconds, varianceDuration, InitTransition) - first;
            double varianceThreshold = threshold + ((GatingThresholdInitial - threshold) * Sigmoid(_gatingSeconds, varianceDuration, InitTransition));

            // Once everything is learnt the thresholds are the same, and an exponential is the dearest thing here.
            double varianceGate = varianceThreshold == meanThreshold ? meanGate : Sigmoid(_index, varianceThreshold, GatingTransition);
            _gammaVariance = varianceGate * (_gammaVarianceLater + ((_gammaVarianceFirst - _gammaVarianceLater) * second));

            _gatedMinutes += _intervalSeconds / 60 * (((1 - meanGate) * (1 + GatingRatio)) - GatingRatio);
            _gatedMinutes = _gatedMinutes < 0 ? 0 : _gatedMinutes;
            if (_gatedMinutes > (_isNox ? GatingMinutesNox : GatingMinutesVoc))
            {
                _gatingSeconds = 0;
            }
        }

        private static double Sigmoid(double sample, double middle, double slope)
        {
            double x = slope * (sample - middle);
            return x < -SigmoidEnd ? 1 : x > SigmoidEnd ? 0 : Falling(x);
        }

        // 1 / (1 + e^x) for x of -50 to 50.
        private static double Falling(double x)
        {
            double divisor = 1 + Math.Exp(x);
            return divisor > 0 ? 1 / divisor : 0;
        }
    }
}
