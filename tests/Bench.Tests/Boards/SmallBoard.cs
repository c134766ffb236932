// The least board that a pole can be.
namespace Bench.Tests.Boards;

/// <summary>A small board.</summary>
internal static class SmallBoard
{
    public const string Text = """
        board: raspberry-pi-pole
        title: Small
        role: pole
        header: raspberryPi
        signals:
          - { name: dimmerPwm, kind: pwm, gpio: 18, chip: 0, channel: 0, frequencyHz: 2000, connect: stage }
          - { name: relayOpen, kind: output, gpio: 17, active: high, connect: relay }
          - { name: radioSpi, kind: spi, bus: 0, chipSelect: 0, speedHz: 8000000, pins: { sck: 11, mosi: 10, miso: 9, select: 8 }, connect: radio }
          - { name: radioReset, kind: output, gpio: 22, active: low, drive: openDrain, connect: NRST }
          - { name: radioBusy, kind: input, gpio: 23, connect: BUSY }
          - { name: radioEvent, kind: input, gpio: 24, pull: down, connect: DIO1 }

        """;
}
