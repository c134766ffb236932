// What became of a command, and what is wrong with a message that cannot be decoded. The same numbers stand in messages.yaml.
namespace PoleController.Messages
{
    /// <summary>The result of a command or of decoding. Anything but <see cref="Ok"/> means that nothing was changed.</summary>
    public enum CommandError
    {
        /// <summary>Carried out.</summary>
        Ok = 0,

        /// <summary>There is no command with this id.</summary>
        UnknownCommand = 1,

        /// <summary>The payload ends before the message does, or within a point.</summary>
        TooShort = 2,

        /// <summary>The payload goes on after the message, or has too many points.</summary>
        TooLong = 3,

        /// <summary>A field has a value that is not valid.</summary>
        OutOfRange = 4,

        /// <summary>The settings could not be kept; the old ones stay in force.</summary>
        NotStored = 5,

        /// <summary>The pole is in a state in which the command makes no sense.</summary>
        NotPossibleNow = 6,

        /// <summary>The command is for a lighting group that the pole is not in.</summary>
        NotInGroup = 7,
    }
}
