// The boards that the image knows, by the names of their files.
using PoleController.Boards;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Storage;

namespace PoleController.Esp32.Boards
{
    /// <summary>Finds a board.</summary>
    public static class BoardCatalog
    {
        /// <summary>Builds a board's parts, the lamp first.</summary>
        /// <param name="fitting">Which board, and what hangs at it.</param>
        /// <param name="clock">The clock.</param>
        /// <param name="files">The internal partition.</param>
        /// <returns>The parts; null when no board has this name: no pin is driven then, and the board's resistors keep the light on.</returns>
        public static BoardParts? Build(BoardFitting fitting, IBoardClock clock, IRecordFiles files)
        {
            switch (fitting.BoardName)
            {
                case BenchHeltecWifiLora32V3Pins.BoardName:
                    return BenchBoard.Build(new BoardBuilder(clock, files, fitting));
                case PoleControllerR1Pins.BoardName:
                    return PoleBoardR1.Build(new BoardBuilder(clock, files, fitting));
                case PoleControllerR2Pins.BoardName:
                    return PoleBoardR2.Build(new BoardBuilder(clock, files, fitting));
                default:
                    return null;
            }
        }
    }
}
