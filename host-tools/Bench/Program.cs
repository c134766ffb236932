// The polebench command: the controller on a Linux board, and the jig. What it does is in Commands/.
using Bench.Commands;

return PoleBench.Run(args, Console.Out, Console.Error);
