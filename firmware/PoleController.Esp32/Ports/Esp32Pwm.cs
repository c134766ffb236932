// Port: a PWM output (LEDC on the chip). Frequency, pin and channel are the board's; what a duty means is the driver's.
using System;
using System.Device.Pwm;
using nanoFramework.Hardware.Esp32;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>
    /// A PWM output. It starts at full duty, which is full light. The runtime takes duty in ten-thousandths and cuts off what is below
    /// (nf-interpreter, targets/ESP32/_nanoCLR/System.Device.Pwm: uint of the double times 10,000), so half of one is added.
    /// </summary>
    public sealed class Esp32Pwm : IPwmOutput
    {
        /// <summary>Channels that have a timer of their own or share one with their neighbour: PWM1 to PWM8. Beyond that they share without saying so.</summary>
        public const int LastChannel = 8;

        private const int PartsPerMillionPerStep = 100;
        private const int FullSteps = 10000;
        private const double StepsOfOne = 10000.0;
        private const double Half = 0.5;

        private readonly PwmChannel _channel;

        /// <summary>Opens the channel, at full duty.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="channel">Channel, 1 to <see cref="LastChannel"/>.</param>
        /// <param name="frequencyHz">Frequency in hertz; channels 1 and 2, 3 and 4 and so on have it in common.</param>
        public Esp32Pwm(int pin, int channel, int frequencyHz)
        {
            // The function first: without it CreateFromPin finds no channel and returns null.
            Configuration.SetPinFunction(pin, FunctionOf(channel));
            _channel = PwmChannel.CreateFromPin(pin, frequencyHz, 1.0);
            if (_channel == null)
            {
                throw new InvalidOperationException();
            }

            _channel.Start();
        }

        /// <inheritdoc/>
        public bool TrySetDuty(int dutyPartsPerMillion)
        {
            int steps = (dutyPartsPerMillion + (PartsPerMillionPerStep / 2)) / PartsPerMillionPerStep;
            try
            {
                _channel.DutyCycle = steps <= 0 ? 0.0 : steps >= FullSteps ? 1.0 : (steps + Half) / StepsOfOne;
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static DeviceFunction FunctionOf(int channel)
        {
            switch (channel)
            {
                case 1:
                    return DeviceFunction.PWM1;
                case 2:
                    return DeviceFunction.PWM2;
                case 3:
                    return DeviceFunction.PWM3;
                case 4:
                    return DeviceFunction.PWM4;
                case 5:
                    return DeviceFunction.PWM5;
                case 6:
                    return DeviceFunction.PWM6;
                case 7:
                    return DeviceFunction.PWM7;
                case LastChannel:
                    return DeviceFunction.PWM8;
                default:
                    throw new InvalidOperationException();
            }
        }
    }
}
