// What a technician would have put on the controllers of a fleet: identity, keys and settings, made from the run's seed, or the files that polectl wrote.
using PoleController.LoRaWan;
using PoleController.Settings;
using SettingsFiles;
using Simulation.Parts;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>Provisions simulated poles through the controller's own stores.</summary>
internal static class PoleProvisioning
{
    /// <summary>Writes identity and settings into a pole's store.</summary>
    /// <param name="store">The pole's store.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="lamp">The lamp it is for.</param>
    /// <param name="fitting">What hangs at the pole.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    /// <param name="answerWindowsSeconds">Over how long it spreads its answers to each of its multicast groups.</param>
    /// <param name="lightingGroups">The lighting groups that it is in, eight at most.</param>
    /// <param name="neighbours">The lines of neighbouring poles.</param>
    /// <returns>The identity, for the network server.</returns>
    public static LoRaWanIdentity Provision(
        MemoryStore store, Scenario scenario, Lamp lamp, PoleFitting fitting, long seed, int index, IReadOnlyList<int> answerWindowsSeconds,
        IReadOnlyCollection<int> lightingGroups, NeighbourLines neighbours)
    {
        if (lamp.Files is { } files)
        {
            files.Put(store);
            return files.Identity;
        }

        LoRaWanIdentity identity = MakeIdentity(seed, index);
        identity.Region = scenario.Network.Region;
        ControllerSettings settings = new();
        Fill(settings, scenario, lamp);
        SensorProvisioning.Fill(settings, fitting);
        LightingProvisioning.Fill(settings, scenario.Settings, lightingGroups);
        neighbours.Fill(settings.Neighbours, index);
        for (int group = 0; group < answerWindowsSeconds.Count; group++)
        {
            settings.MulticastAnswerWindowSeconds[group] = answerWindowsSeconds[group];
        }

        byte[] record = new byte[IdentityStore.RecordLength];
        int length = IdentityStore.Encode(identity, record);
        if (!store.TryWrite(IdentityStore.RecordName, record, length) || !new SettingsStore(store).TrySave(settings))
        {
            throw new InvalidOperationException($"The settings of lamp '{lamp.Id}' were refused by the controller's own rules.");
        }

        return identity;
    }

    // Keys of simulated poles need not be secret, but they must differ and be the same in every run with the same seed.
    private static LoRaWanIdentity MakeIdentity(long seed, int index)
    {
        LoRaWanIdentity identity = new() { IsProvisioned = true };
        RandomStream keys = new(seed, "keys", index);
        for (int i = 0; i < identity.AppKey.Length; i++)
        {
            identity.AppKey[i] = (byte)keys.Next(256);
        }

        for (int i = 0; i < identity.GenAppKey.Length; i++)
        {
            identity.GenAppKey[i] = (byte)keys.Next(256);
        }

        for (int i = 0; i < identity.ServiceKey.Length; i++)
        {
            identity.ServiceKey[i] = (byte)keys.Next(256);
        }

        // Locally administered EUI-64s (IEEE 802: second lowest bit of the first byte), so that no real device is meant.
        identity.DevEui[0] = 0x02;
        identity.JoinEui[0] = 0x02;
        identity.JoinEui[7] = 0x01;
        for (int i = 0; i < 4; i++)
        {
            identity.DevEui[7 - i] = (byte)((index + 1) >> (8 * i));
        }

        return identity;
    }

    private static void Fill(ControllerSettings settings, Scenario scenario, Lamp lamp)
    {
        PoleSettings source = scenario.Settings;
        settings.Revision = 1;
        settings.HasPosition = true;
        settings.LatitudeMicrodegrees = (int)Math.Round(lamp.Latitude * 1e6);
        settings.LongitudeMicrodegrees = (int)Math.Round(lamp.Longitude * 1e6);
        settings.UtcOffsetMinutes = scenario.TimeZone.UtcOffsetMinutes;
        settings.DaylightSaving = (int)scenario.TimeZone.DaylightSaving;
        settings.HoldTimeMs = source.HoldTimeMs;
        settings.OccupancyFadeUpMs = source.OccupancyFadeUpMs;
        settings.OccupancyFadeDownMs = source.OccupancyFadeDownMs;
        settings.OccupancyDebounceMs = source.OccupancyDebounceMs;
        settings.StatusIntervalSeconds = source.StatusIntervalSeconds;
        settings.PowerReturnDelayMaximumMs = source.PowerReturnDelayMaximumMs;
        settings.PhotocellOnLux = source.PhotocellOnLux;
        settings.PhotocellOffLux = source.PhotocellOffLux;
        settings.PhotocellDelaySeconds = source.PhotocellDelaySeconds;
        settings.IsStatusConfirmed = source.IsStatusConfirmed;
        settings.LuminaireFullPowerMilliwatts = (int)(scenario.Luminaire.FullPowerWattsOf(lamp) * 1000);
        settings.LuminaireStandbyPowerMilliwatts = (int)(scenario.Luminaire.StandbyPowerWatts * 1000);
        for (int i = 0; i < scenario.Programs.Count; i++)
        {
            ProgramMapping.Fill(settings.Programs[i], scenario.Programs[i]);
        }

        ProgramMapping.Fill(settings.Calendar, scenario.Calendar);
        ProgramMapping.Fill(settings.Holidays, scenario.Calendar);
    }
}
