// Every number that the service port prints as a word has one, its name, and no two share one. (The schema's own names are held against the same
// enumerations in MessageGenerator.Tests.)
using Xunit;

namespace PoleController.Tests.Service;

public sealed class ServiceWordTests
{
    [Fact]
    public void Every_value_of_every_enumeration_has_its_own_name()
    {
        System.Reflection.Assembly assembly = typeof(Controller).Assembly;
        int count = 0;
        foreach (string type in new[] { "ServiceWords", "AlarmWords", "SensingWords" })
        {
            foreach (System.Reflection.MethodInfo method in assembly.GetType("PoleController.Service." + type)!.GetMethods(
                System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic))
            {
                Type enumeration = method.GetParameters()[0].ParameterType;
                foreach (object value in Enum.GetValues(enumeration))
                {
                    string name = value.ToString()!;
                    Assert.Equal(char.ToLowerInvariant(name[0]) + name[1..], method.Invoke(null, [value]));
                    count++;
                }
            }
        }

        Assert.True(count > 100);
    }
}
