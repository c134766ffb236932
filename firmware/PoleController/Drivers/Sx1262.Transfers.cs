// Transfers with the SX1262, and the judgement of the status that comes back with each.
namespace PoleController.Drivers
{
    /// <content>Transfers.</content>
    public sealed partial class Sx1262
    {
        private bool TryReadRegister(int register, out int value)
        {
            ClearData();
            Data[1] = (byte)(register >> 8);
            Data[2] = (byte)register;
            bool isRead = Send(Sx1262Command.ReadRegister, 5, StepIndex);
            value = Data[4];
            return isRead;
        }

        private void WriteRegister1(int register, int value, int nextStep)
        {
            Data[1] = (byte)(register >> 8);
            Data[2] = (byte)register;
            Data[3] = (byte)value;
            Send(Sx1262Command.WriteRegister, 4, nextStep);
        }

        private void WriteRegister2(int register, int value, int nextStep)
        {
            Data[1] = (byte)(register >> 8);
            Data[2] = (byte)register;
            Data[3] = (byte)(value >> 8);
            Data[4] = (byte)value;
            Send(Sx1262Command.WriteRegister, 5, nextStep);
        }

        private bool Send1(int command, int parameter, int nextStep)
        {
            Data[1] = (byte)parameter;
            return Send(command, 2, nextStep);
        }

        private bool Send2(int command, int first, int second, int nextStep)
        {
            Data[1] = (byte)first;
            Data[2] = (byte)second;
            return Send(command, 3, nextStep);
        }

        private bool Send(int command, int length, int nextStep)
        {
            Data[0] = (byte)command;
            if (!TryTransfer(length, command) || !IsStatusGood(Data[1], command))
            {
                return false;
            }

            GoTo(nextStep);
            return true;
        }

        // The status that came with the command's second byte: the mode before it, and how the chip took the command before.
        private bool IsStatusGood(int status, int command)
        {
            if (!Sx1262Status.IsPossible(status))
            {
                Fail(RadioChipFaultKind.NoAnswer, command, status);
                return false;
            }

            if (Sx1262Status.IsRefusal(status))
            {
                Fail(RadioChipFaultKind.CommandRefused, command, status);
                return false;
            }

            if (Sx1262Status.ModeOf(status) == Sx1262Status.StandbyRc && Phase != DriverPhase.Starting && !IsRecalibrating)
            {
                Fail(RadioChipFaultKind.StateLost, command, status);
                return false;
            }

            return true;
        }

        private bool IsRecalibrating
        {
            get { return Phase == DriverPhase.Preparing && StepIndex > 0 && StepIndex < 3; }
        }

        private void ClearData()
        {
            for (int i = 1; i < 9; i++)
            {
                Data[i] = 0;
            }
        }
    }
}
