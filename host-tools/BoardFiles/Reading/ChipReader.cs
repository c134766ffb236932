// Reads a chip file. Only the form is checked here.
namespace BoardFiles.Reading;

/// <summary>Reads chip files.</summary>
public static class ChipReader
{
    /// <summary>Reads a chip.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">How the file is named in messages.</param>
    /// <exception cref="BoardFileException">The file is not of the form.</exception>
    public static Chip Read(string text, string file)
    {
        YamlMap map = YamlMap.Parse(text, file);
        YamlMap units = map.Map("units");
        YamlMap pwm = map.Map("pwm");
        YamlMap rmt = map.Map("rmt");
        Chip chip = new()
        {
            Name = map.Text("chip"),
            Pins = map.Pins("pins"),
            InputOnlyPins = map.Pins("inputOnlyPins"),
            UsbPins = map.Pins("usbPins"),
            StrappingPins = [.. map.Maps("strappingPins").Select(ReadStrapping)],
            Modules = [.. map.Maps("modules").Select(ReadModule)],
            BusUnits = new Dictionary<BusKind, int>
            {
                [BusKind.Uart] = units.Integer("uart"),
                [BusKind.I2c] = units.Integer("i2c"),
                [BusKind.Spi] = units.Integer("spi"),
                [BusKind.Usb] = units.Integer("usb"),
            },
            FirstUnit = new Dictionary<BusKind, int>
            {
                [BusKind.Uart] = 0,
                [BusKind.I2c] = 0,
                [BusKind.Spi] = units.IntegerOr("firstSpi", 0),
                [BusKind.Usb] = 0,
            },
            RuntimeUart = units.Integer("runtimeUart"),
            AdcPins = map.Pins("adcPins"),
            RmtTransmitChannels = rmt.Pins("transmitChannels"),
            RmtReceiveChannels = rmt.Pins("receiveChannels"),
            PwmChannels = pwm.Integer("channels"),
            PwmChannelsATimer = pwm.Integer("channelsATimer"),
            PwmBits = pwm.Integer("bits"),
            PwmClockHz = pwm.Integer("clockHz"),
        };
        map.Text("title");
        foreach (YamlMap source in map.Maps("sources"))
        {
            source.Text("what");
            source.Text("source");
            source.RefuseOtherKeys();
        }

        units.RefuseOtherKeys();
        pwm.RefuseOtherKeys();
        rmt.RefuseOtherKeys();
        map.RefuseOtherKeys();
        return chip;
    }

    private static StrappingPin ReadStrapping(YamlMap map)
    {
        StrappingPin pin = new(map.Integer("pin"), map.Choice<LineLevel>("bootLevel"), map.Choice<LineLevel>("ownPull"), map.Text("decides"));
        map.RefuseOtherKeys();
        return pin;
    }

    private static ChipModule ReadModule(YamlMap map)
    {
        ChipModule module = new(map.Text("name"), map.Pins("memoryPins"), map.Pins("hiddenPins"), map.Texts("pads"));
        map.RefuseOtherKeys();
        return module;
    }
}
