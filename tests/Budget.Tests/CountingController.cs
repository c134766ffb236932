// The controller's assembly with a counter before every call, and code that runs over it: loaded beside the ordinary one, so that nothing else in the
// process is counted. What is counted is what an ESP32 pays for: every call, callvirt and newobj instruction that nanoCLR would interpret.
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Budget.Tests;

/// <summary>Runs code of this assembly over a controller that counts its calls.</summary>
internal sealed class CountingController : AssemblyLoadContext
{
    private const string Controller = "PoleController";
    private readonly string _folder = Path.GetDirectoryName(typeof(CountingController).Assembly.Location)!;

    private CountingController()
        : base("counting", isCollectible: false)
    {
    }

    /// <summary>Calls a public static method without parameters of a type of this assembly, over the counting controller.</summary>
    /// <returns>What it returns: text, so that nothing of the other world comes over.</returns>
    public static string Run(Type type, string method)
    {
        Assembly copy = new CountingController().LoadFromAssemblyName(type.Assembly.GetName());
        return (string)copy.GetType(type.FullName!, true)!.GetMethod(method)!.Invoke(null, null)!;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Controller)
        {
            using MemoryStream image = new(Rewrite(Path.Combine(_folder, Controller + ".dll")));
            return LoadFromStream(image);
        }

        // What uses the controller is loaded anew, over the counting controller; everything else is shared.
        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return assemblyName.Name is "Simulation" or "SettingsFiles" or "Budget.Tests" ? LoadFromAssemblyPath(path) : null;
    }

    private static byte[] Rewrite(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        MethodReference count = Method(module, nameof(CallCounter.Add));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            CountCalls(method, count);
        }

        foreach (TypeDefinition type in module.GetTypes())
        {
            MarkStep(type, module);
        }

        using MemoryStream image = new();
        module.Write(image);
        return image.ToArray();
    }

    private static void CountCalls(MethodDefinition method, MethodReference count)
    {
        method.Body.SimplifyMacros();
        ILProcessor processor = method.Body.GetILProcessor();
        foreach (Instruction call in method.Body.Instructions.Where(IsCall).ToArray())
        {
            Instruction first = call.Previous is { OpCode.OpCodeType: OpCodeType.Prefix } prefix ? prefix : call;
            Instruction add = processor.Create(OpCodes.Call, count);
            processor.InsertBefore(first, add);
            Redirect(method.Body, first, add);
        }

        method.Body.OptimizeMacros();
    }

    private static bool IsCall(Instruction instruction) =>
        instruction.OpCode == OpCodes.Call || instruction.OpCode == OpCodes.Callvirt || instruction.OpCode == OpCodes.Newobj;

    // Whoever jumps to the call has to pass the counter.
    private static void Redirect(Mono.Cecil.Cil.MethodBody body, Instruction from, Instruction to)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand == from)
            {
                instruction.Operand = to;
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                instruction.Operand = targets.Select(target => target == from ? to : target).ToArray();
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = handler.TryStart == from ? to : handler.TryStart;
            handler.TryEnd = handler.TryEnd == from ? to : handler.TryEnd;
            handler.HandlerStart = handler.HandlerStart == from ? to : handler.HandlerStart;
            handler.HandlerEnd = handler.HandlerEnd == from ? to : handler.HandlerEnd;
        }
    }

    private static void MarkStep(TypeDefinition type, ModuleDefinition module)
    {
        bool isController = type.FullName == "PoleController.Controller";
        bool isComponent = type.BaseType?.FullName == "PoleController.Component";
        MethodDefinition? step = type.Methods.FirstOrDefault(method => method.Name == "Step" && method.HasBody && method.Parameters.Count == 1);
        if (step is null || (!isController && !isComponent))
        {
            return;
        }

        step.Body.SimplifyMacros();
        ILProcessor processor = step.Body.GetILProcessor();
        processor.InsertBefore(step.Body.Instructions[0], processor.Create(OpCodes.Call, Method(module, isController ? nameof(CallCounter.BeginStep) : nameof(CallCounter.BeginComponent))));
        foreach (Instruction end in step.Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret).ToArray())
        {
            Instruction first = isController
                ? processor.Create(OpCodes.Call, Method(module, nameof(CallCounter.EndStep)))
                : processor.Create(OpCodes.Ldstr, type.Name);
            processor.InsertBefore(end, first);
            if (!isController)
            {
                processor.InsertBefore(end, processor.Create(OpCodes.Call, Method(module, nameof(CallCounter.EndComponent))));
            }

            Redirect(step.Body, end, first);
        }

        step.Body.OptimizeMacros();
    }

    private static MethodReference Method(ModuleDefinition module, string name) => module.ImportReference(typeof(CallCounter).GetMethod(name));
}
