// The application: picks the board, builds the controller over its ports, runs the loop. It decides nothing else.
using System;
using System.Diagnostics;
using System.Threading;
using PoleController.Boards;
using PoleController.Esp32.Boards;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Storage;

namespace PoleController.Esp32
{
    /// <summary>The application.</summary>
    public static class Program
    {
        private const int SayAgainMs = 10000;

        /// <summary>Starts the pole; does not come back.</summary>
        public static void Main()
        {
            Esp32Runtime runtime = new Esp32Runtime();
            string trouble;
            try
            {
                InternalFiles files = new InternalFiles(InternalFiles.InternalDrive);
                Provision(files);
                BoardFitting fitting = BoardFitting.Read(new FileStore(files));
                BoardParts? parts = BoardCatalog.Build(fitting, runtime, files);
                if (parts != null)
                {
                    if (fitting.UnknownWord.Length > 0)
                    {
                        Debug.WriteLine("This board has no part '" + fitting.UnknownWord + "' (I:\\board); it goes on without.");
                    }

                    new BoardLoop(runtime).Run(parts);
                }

                trouble = parts != null ? "The restart did not come." : "No such board: '" + fitting.BoardName + "'. Put the file I:\\board on the controller (README.md).";
            }
            catch (Exception)
            {
                // A pin or a channel that the chip refuses: image and board do not fit together.
                trouble = "The chip refused the board's pins.";
            }

            // Nothing pets the watchdog any more, and the lamp stays at full light: the board's resistors see to it, or what was built so far.
            while (true)
            {
                Debug.WriteLine(trouble);
                Thread.Sleep(SayAgainMs);
            }
        }

        private static void Provision(InternalFiles files)
        {
            ProvisioningFile file = new ProvisioningFile();
            switch (file.TakeOver(files))
            {
                case ProvisioningOutcome.Taken:
                    Debug.WriteLine("I:\\provision.txt was taken over and removed.");
                    break;
                case ProvisioningOutcome.LineWrong:
                    Debug.WriteLine("I:\\provision.txt, line " + file.WrongLine.ToString() + ": not a word and value that README.md names. Nothing was changed.");
                    break;
                case ProvisioningOutcome.Incomplete:
                    Debug.WriteLine("I:\\provision.txt: an identity needs dev-eui, join-eui and app-key. Nothing was changed.");
                    break;
                case ProvisioningOutcome.StoreRefused:
                    Debug.WriteLine("I:\\provision.txt: the internal partition refused; tried again at the next start.");
                    break;
                default:
                    break;
            }
        }
    }
}
