// The bill of materials of a schematic: one line for the same part in the same place, with manufacturer, number and second source. Prices are the buyer's.
using System.Text;
using BoardFiles.Schematics;

namespace BoardFiles.Output;

/// <summary>Writes bills of materials.</summary>
public static class BillOfMaterials
{
    /// <summary>Makes the file: comma-separated values, with a line of names first.</summary>
    public static string Make(Netlist netlist)
    {
        ArgumentNullException.ThrowIfNull(netlist);
        StringBuilder text = new("count,references,value,manufacturer,number,second source,footprint,fitted\n");
        foreach (IGrouping<(string, string, string, string, string, bool), Component> same in netlist.Components.GroupBy(Key))
        {
            (string value, string manufacturer, string number, string second, string footprint, bool isFitted) = same.Key;
            text.AppendJoin(',', new[]
            {
                FormattableString.Invariant($"{same.Count()}"), string.Join(' ', same.Select(component => component.Reference)), value, manufacturer, number, second, footprint, isFitted ? "yes" : "no",
            }.Select(Cell)).Append('\n');
        }

        return text.ToString();
    }

    private static (string Value, string Manufacturer, string Number, string Second, string Footprint, bool IsFitted) Key(Component component) => (
        component.Value,
        Field(component, "Manufacturer"),
        Field(component, "MPN"),
        Field(component, "Second source"),
        Field(component, "Footprint"),
        Field(component, "Fitted") != "no");

    private static string Field(Component component, string name) => component.Fields.GetValueOrDefault(name, "");

    // RFC 4180: a cell with a comma or a quotation mark is quoted, and the marks in it doubled.
    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
