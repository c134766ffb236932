// What the assemblies of the controller have in common on the pole. They see each other's internals, because they are one project everywhere else.
using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyProduct("PoleController")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("PoleController.Base")]
[assembly: InternalsVisibleTo("PoleController.LoRaWan")]
[assembly: InternalsVisibleTo("PoleController.Drivers")]
[assembly: InternalsVisibleTo("PoleController.Journal")]
[assembly: InternalsVisibleTo("PoleController.Settings")]
[assembly: InternalsVisibleTo("PoleController.Sensing")]
[assembly: InternalsVisibleTo("PoleController.Lighting")]
[assembly: InternalsVisibleTo("PoleController.Neighbours")]
[assembly: InternalsVisibleTo("PoleController.Messages")]
[assembly: InternalsVisibleTo("PoleController.Service")]
[assembly: InternalsVisibleTo("PoleController")]
