// Ports and their USB devices, from what the three systems say of them.
using Provisioning.ServicePort;
using Xunit;

namespace Provisioning.Tests.ServicePort;

public sealed class PortListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // As sysfs lays it out: /sys/class/tty/ttyUSB0 -> ../../devices/.../1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0, and "device" in it -> ../../../ttyUSB0.
    [Fact]
    public void Given_sysfs_with_an_adapter_a_modem_device_a_console_and_an_empty_place_then_hardware_is_listed_with_its_usb_device()
    {
        string devices = _folder.PathOf("sys/devices");
        string classes = Directory.CreateDirectory(_folder.PathOf("sys/class/tty")).FullName;
        string adapter = Directory.CreateDirectory(Path.Combine(devices, "usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(adapter, "device"), Path.Combine(devices, "usb1/1-2/1-2:1.0/ttyUSB0"));
        Directory.CreateSymbolicLink(Path.Combine(classes, "ttyUSB0"), adapter);
        Usb("usb1/1-2", ("idVendor", "10c4"), ("idProduct", "ea60"), ("serial", "0001"), ("product", "CP2102 USB to UART Bridge Controller"));
        string board = Directory.CreateDirectory(Path.Combine(devices, "usb1/1-3/1-3:1.0/tty/ttyACM0")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(board, "device"), Path.Combine(devices, "usb1/1-3/1-3:1.0"));
        Directory.CreateSymbolicLink(Path.Combine(classes, "ttyACM0"), board);
        Usb("usb1/1-3", ("idVendor", "303a"), ("idProduct", "1001"));
        string place = Directory.CreateDirectory(Path.Combine(devices, "platform/serial8250/tty/ttyS3")).FullName;
        Directory.CreateDirectory(Path.Combine(place, "device"));
        File.WriteAllText(Path.Combine(place, "type"), "0\n");
        Directory.CreateSymbolicLink(Path.Combine(classes, "ttyS3"), place);
        Directory.CreateDirectory(Path.Combine(classes, "console"));

        PortInfo[] ports = [.. LinuxPorts.Find(classes, "/dev").OrderBy(port => port.Name, StringComparer.Ordinal)];

        Assert.Equal(["/dev/ttyACM0", "/dev/ttyUSB0"], ports.Select(port => port.Name));
        Assert.Equal(("303a", "1001", null), (ports[0].VendorId, ports[0].ProductId, ports[0].SerialNumber));
        Assert.Equal(("10c4", "ea60", "0001"), (ports[1].VendorId, ports[1].ProductId, ports[1].SerialNumber));
    }

    [Fact]
    public void Given_macos_registry_of_devices_then_each_port_has_its_device_and_the_waiting_twin_is_left_out()
    {
        const string Registry = """
            +-o CP2102N USB to UART Bridge Controller@01100000  <class IOUSBHostDevice, id 0x100001a2b, registered, matched, active, busy 0 (15 ms), retain 30>
              | {
              |   "idProduct" = 60000
              |   "USB Product Name" = "CP2102N USB to UART Bridge Controller"
              |   "idVendor" = 4292
              |   "USB Serial Number" = "5e3ab1"
              | }
              +-o IOSerialBSDClient  <class IOSerialBSDClient, id 0x100001a40, registered, matched, active, busy 0 (0 ms), retain 5>
                  {
                    "IOCalloutDevice" = "/dev/cu.usbserial-110"
                    "IODialinDevice" = "/dev/tty.usbserial-110"
                  }
            """;

        PortInfo[] ports = [.. MacPorts.Find(["/dev/tty.usbserial-110", "/dev/cu.usbserial-110", "/dev/cu.Bluetooth-Incoming-Port"], Registry)];

        Assert.Equal(["/dev/cu.usbserial-110", "/dev/cu.Bluetooth-Incoming-Port"], ports.Select(port => port.Name));
        Assert.Equal(("10c4", "ea60", "5e3ab1"), (ports[0].VendorId, ports[0].ProductId, ports[0].SerialNumber));
        Assert.Null(ports[1].VendorId);
    }

    [Theory]
    [InlineData("VID_10C4&PID_EA60", "0001", "10c4", "ea60", "0001")]
    [InlineData("VID_303A&PID_1001&MI_00", "7&2f1f0b5c&0&0000", "303a", "1001", null)]
    [InlineData("VID_0403+PID_6001+A50285BIA", "0000", "0403", "6001", "A50285BIA")]
    [InlineData("ROOT_HUB30", "4&1c&0", null, null, null)]
    public void Given_windows_names_of_devices_then_vendor_product_and_serial_number_are_read(string device, string instance, string? vendor, string? product, string? serial)
    {
        PortInfo port = WindowsPorts.Describe("COM3", device, instance);

        Assert.Equal((vendor, product, serial), (port.VendorId, port.ProductId, port.SerialNumber));
    }

    public void Dispose() => _folder.Dispose();

    private void Usb(string device, params (string Name, string Value)[] attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            File.WriteAllText(Path.Combine(_folder.PathOf("sys/devices"), device, name), value + "\n");
        }
    }
}
