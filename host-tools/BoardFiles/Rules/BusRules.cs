// Units of the chip, lines of each bus, addresses on it.
namespace BoardFiles.Rules;

internal static class BusRules
{
    private static readonly Dictionary<BusKind, string[]> Lines = new()
    {
        [BusKind.Uart] = ["tx", "rx"],
        [BusKind.I2c] = ["sda", "scl"],
        [BusKind.Spi] = ["sck", "mosi", "miso"],
        [BusKind.Usb] = ["dMinus", "dPlus"],
    };

    public static void Check(Board board, Chip chip, ProblemList problems)
    {
        problems.AddRepeated("name", board.Buses, bus => bus.Name, bus => bus.Line, bus => $"the bus name {bus.Name}", "Rename one");
        foreach (BoardBus bus in board.Buses)
        {
            CheckUnit(bus, chip, problems);
            CheckLines(bus, board, problems);
            CheckAddresses(bus, problems);
            CheckSpeed(bus, problems);
        }

        CheckUsbPins(board, chip, problems);
    }

    private static void CheckUnit(BoardBus bus, Chip chip, ProblemList problems)
    {
        int first = chip.FirstUnit[bus.Kind];
        int last = first + chip.BusUnits[bus.Kind] - 1;
        if (bus.Unit < first || bus.Unit > last)
        {
            string units = last < first ? "none" : $"{first} to {last}";
            problems.Add(BoardRule.BusUnit, bus.Line, "unit", $"{bus.Name}: {chip.Name} has no {Word(bus.Kind)}{bus.Unit} for a board (units: {units})", "Use a unit that exists, or do without this bus");
        }

        bool isRuntimeUnit = bus.Kind == BusKind.Uart && bus.Unit == chip.RuntimeUart;
        if (isRuntimeUnit != bus.IsRuntime)
        {
            problems.Add(
                BoardRule.BusUnit,
                bus.Line,
                "runtime",
                isRuntimeUnit ? $"{bus.Name}: UART{bus.Unit} is the runtime's, for flashing and debugging" : $"{bus.Name}: the runtime is reached over UART{chip.RuntimeUart}",
                isRuntimeUnit ? "Use another UART, or mark the bus with runtime: true when it is that connection" : "Remove runtime: true");
        }
    }

    private static void CheckLines(BoardBus bus, Board board, ProblemList problems)
    {
        string[] lines = Lines[bus.Kind];
        List<BoardSignal> members = [.. board.Signals.Where(signal => signal.Bus == bus.Name)];
        foreach (string missing in lines.Where(line => members.TrueForAll(signal => signal.BusLine != line)))
        {
            problems.Add(BoardRule.BusLine, bus.Line, "bus", $"{bus.Name}: no signal is its {missing}", $"Add a signal with bus: {bus.Name} and line: {missing}");
        }

        foreach (BoardSignal signal in members)
        {
            bool isSelect = bus.Kind == BusKind.Spi && signal.BusLine == "cs";
            if (!isSelect && !lines.Contains(signal.BusLine))
            {
                problems.Add(BoardRule.BusLine, signal.Line, "line", $"{signal.Name}: {bus.Name} has no line \"{signal.BusLine}\"", "Choose one of " + string.Join(", ", lines) + (bus.Kind == BusKind.Spi ? ", cs" : ""));
            }
            else if (!isSelect && members.First(other => other.BusLine == signal.BusLine) != signal)
            {
                problems.Add(BoardRule.BusLine, signal.Line, "line", $"{signal.Name}: {bus.Name} has its {signal.BusLine} already", "Remove one of the two");
            }
        }
    }

    private static void CheckAddresses(BoardBus bus, ProblemList problems)
    {
        Dictionary<int, string> taken = [];
        foreach (BusDevice device in bus.Devices)
        {
            if (bus.Kind != BusKind.I2c)
            {
                if (device.Address > 0)
                {
                    problems.Add(BoardRule.Address, device.Line, "address", $"{bus.Name}: only I2C has addresses", "Name the part under parts instead, or give it a speedHz on a UART");
                }

                continue;
            }

            // UM10204 (I2C-bus specification) 3.1.12: 0000 xxx and 1111 xxx are reserved.
            if (device.Address is < 0x08 or > 0x77)
            {
                problems.Add(BoardRule.Address, device.Line, "address", FormattableString.Invariant($"{device.Part}: 0x{device.Address:X2} is no free 7-bit address"), "Write the 7-bit address, 0x08 to 0x77, without the read/write bit");
            }
            else if (!taken.TryAdd(device.Address, device.Part))
            {
                problems.Add(BoardRule.Address, device.Line, "address", FormattableString.Invariant($"{device.Part}: 0x{device.Address:X2} on {bus.Name} is taken by {taken[device.Address]}"), "Strap one of them to another address or put it on another bus");
            }
        }
    }

    private static void CheckSpeed(BoardBus bus, ProblemList problems)
    {
        // One speed for the bus, or, on a UART with one part of several, one for each.
        bool isByDevice = bus.Kind == BusKind.Uart && bus.Devices.Count > 0;
        bool isRight = isByDevice
            ? bus.Speed == 0 && bus.Devices.All(device => device.Speed > 0)
            : (bus.Speed > 0) == (bus.Kind != BusKind.Usb) && bus.Devices.All(device => device.Speed == 0);
        if (!isRight)
        {
            problems.Add(BoardRule.Form, bus.Line, "speedHz", $"{bus.Name}: its speed is missing, or stands in two places", "Give the bus a speedHz, or on a UART each of its devices one; USB has none");
        }
    }

    private static void CheckUsbPins(Board board, Chip chip, ProblemList problems)
    {
        HashSet<string> usb = [.. board.Buses.Where(bus => bus.Kind == BusKind.Usb).Select(bus => bus.Name)];
        foreach (BoardSignal signal in board.Signals)
        {
            int place = chip.UsbPins.ToList().IndexOf(signal.Pin);
            bool isUsb = usb.Contains(signal.Bus);
            if (isUsb && (place < 0 || Lines[BusKind.Usb][place] != signal.BusLine))
            {
                problems.Add(BoardRule.BusLine, signal.Line, "line", $"{signal.Name}: USB is at GPIO{string.Join(" (D-) and GPIO", chip.UsbPins)} (D+) and nowhere else", "Correct the pin or the line");
            }
            else if (!isUsb && place >= 0)
            {
                problems.Add(BoardRule.DoubleUse, signal.Line, "pin", $"{signal.Name}: GPIO{signal.Pin} is the chip's USB", "Use another pin, so that the board can still be flashed over USB");
            }
        }
    }

    private static string Word(BusKind kind) => kind.ToString().ToUpperInvariant();
}
