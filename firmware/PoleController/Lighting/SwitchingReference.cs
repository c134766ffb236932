// What the time of a switching point refers to.
namespace PoleController.Lighting
{
    /// <summary>What a switching point's offset is counted from.</summary>
    public enum SwitchingReference
    {
        /// <summary>Local clock time: the offset is the minute of the day, 0 to 1439. Before noon means the second half of the lighting day.</summary>
        Clock = 0,

        /// <summary>Sunset: the centre of the sun 0.833 degrees below the horizon.</summary>
        Sunset = 1,

        /// <summary>Civil dusk: the centre of the sun 6 degrees below the horizon in the evening.</summary>
        CivilDusk = 2,

        /// <summary>Civil dawn: the centre of the sun 6 degrees below the horizon in the morning.</summary>
        CivilDawn = 3,

        /// <summary>Sunrise: the centre of the sun 0.833 degrees below the horizon.</summary>
        Sunrise = 4,
    }
}
