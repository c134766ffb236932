// Of System.Device.Pwm.
using NanoFrameworkPackages;

namespace System.Device.Pwm;

public sealed class PwmChannel
{
    private readonly SimulatedPwm _pwm;

    private PwmChannel(SimulatedPwm pwm) => _pwm = pwm;

    public double DutyCycle
    {
        get => _pwm.Duty / 10000.0;
        set
        {
            if (_pwm.IsBroken || value < 0 || value > 1)
            {
                throw new ArgumentException("refused");
            }

            _pwm.Duty = (uint)(value * 10000);
            if (_pwm.IsStarted)
            {
                _pwm.Duties.Add(_pwm.Duty);
            }
        }
    }

    // Null when no PWM function is mapped to the pin, as in nf-interpreter.
    public static PwmChannel CreateFromPin(int pin, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        bool isMapped = SimulatedChip.Current.Functions.Any(entry => entry.Value == pin && entry.Key.ToString().StartsWith("PWM", StringComparison.Ordinal));
        if (!isMapped)
        {
            return null!;
        }

        SimulatedPwm pwm = new() { FrequencyHz = frequency };
        SimulatedChip.Current.Pwm[pin] = pwm;
        return new PwmChannel(pwm) { DutyCycle = dutyCyclePercentage };
    }

    public void Start()
    {
        _pwm.IsStarted = true;
        _pwm.Duties.Add(_pwm.Duty);
    }
}
