// The version of the controller, for whoever asks the pole: the same as that of the whole project.
namespace PoleController
{
    /// <summary>The version of the controller.</summary>
    public static class ControllerVersion
    {
        /// <summary>Semantic version; a test compares it with Directory.Build.props.</summary>
        public const string Text = "0.1.0";
    }
}
