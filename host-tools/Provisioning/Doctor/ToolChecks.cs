// Tools that polectl needs: .NET, nanoff. nanoff 2.5.162 talks to the ESP32's boot loader itself (nanoFirmwareFlasher.Library/Esp32Serial), so no esptool is looked for.
using Provisioning.Flashing;
using Provisioning.Problems;

namespace Provisioning.Doctor;

/// <summary>Looks at tools.</summary>
public static class ToolChecks
{
    /// <summary>.NET and nanoff.</summary>
    /// <param name="nanoff">The program as told; null for the search path.</param>
    /// <param name="searchPath">The variable PATH.</param>
    public static IEnumerable<DoctorFinding> Find(string? nanoff, string? searchPath)
    {
        yield return DoctorFinding.Ok("dotnet", Environment.Version.ToString());
        if (NanoffTool.Find(nanoff, searchPath) is not { } tool)
        {
            yield return DoctorFinding.Warning("nanoff", "-", new Problem("problem.nanoff.absent", NanoffTool.WantedVersion));
            yield break;
        }

        string? version = tool.Version();
        yield return version == NanoffTool.WantedVersion
            ? DoctorFinding.Ok("nanoff", $"{version} ({tool.Path})")
            : DoctorFinding.Failed("nanoff", $"{version ?? "?"} ({tool.Path})", new Problem("problem.nanoff.version", NanoffTool.WantedVersion, version ?? "?"));
    }
}
