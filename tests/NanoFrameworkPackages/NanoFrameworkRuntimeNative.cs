// Of nanoFramework.Runtime.Native.
using NanoFrameworkPackages;

namespace nanoFramework.Runtime.Native;

public enum RebootOption
{
}

public class Power
{
    public static void RebootDevice(RebootOption rebootOption = 0)
    {
        _ = rebootOption;
        SimulatedChip.Current.Reboots++;
    }
}
