// The application's assembly.
using System.Reflection;

[assembly: AssemblyProduct("PoleController")]
[assembly: AssemblyVersion("0.1.0.0")]
