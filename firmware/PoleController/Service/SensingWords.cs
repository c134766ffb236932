// The names of what Sensing makes, as the service port prints them.
using PoleController.Sensing;

namespace PoleController.Service
{
    /// <summary>Words for enumerations of Sensing.</summary>
    internal static class SensingWords
    {
        /// <summary>How full, or how high.</summary>
        internal static string Of(LevelState state)
        {
            switch (state)
            {
                case LevelState.Green:
                    return "green";
                case LevelState.Yellow:
                    return "yellow";
                case LevelState.Red:
                    return "red";
                default:
                    return "unknown";
            }
        }

        /// <summary>A quantity of the air.</summary>
        internal static string Of(AirQuantity quantity)
        {
            switch (quantity)
            {
                case AirQuantity.Pm1:
                    return "pm1";
                case AirQuantity.Pm25:
                    return "pm25";
                case AirQuantity.Pm4:
                    return "pm4";
                case AirQuantity.Pm10:
                    return "pm10";
                case AirQuantity.Pm25Corrected:
                    return "pm25Corrected";
                case AirQuantity.Pm10Corrected:
                    return "pm10Corrected";
                case AirQuantity.Temperature:
                    return "temperature";
                case AirQuantity.Humidity:
                    return "humidity";
                case AirQuantity.Pressure:
                    return "pressure";
                case AirQuantity.CarbonDioxide:
                    return "carbonDioxide";
                case AirQuantity.VocIndex:
                    return "vocIndex";
                case AirQuantity.NoxIndex:
                    return "noxIndex";
                default:
                    return "unknown";
            }
        }

        /// <summary>Where somebody went.</summary>
        internal static string Of(TravelDirection direction)
        {
            switch (direction)
            {
                case TravelDirection.Approaching:
                    return "approaching";
                case TravelDirection.Receding:
                    return "receding";
                case TravelDirection.Unknown:
                    return "unknown";
                default:
                    return "unknown";
            }
        }
    }
}
