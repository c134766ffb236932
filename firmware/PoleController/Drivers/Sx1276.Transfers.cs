// Transfers with the SX1276, and the judgement of its mode.
namespace PoleController.Drivers
{
    /// <content>Transfers.</content>
    public sealed partial class Sx1276
    {
        private void CheckLongRangeMode(int nextStep)
        {
            if (TryReadRegister(Sx1276Register.OpMode, out int mode))
            {
                GoTo(nextStep);
                if (mode == 0xFF || mode == 0x00)
                {
                    Fail(RadioChipFaultKind.NoAnswer, Sx1276Register.OpMode, mode);
                }
                else if ((mode & Sx1276Bits.LongRangeMode) == 0)
                {
                    Fail(RadioChipFaultKind.StateLost, Sx1276Register.OpMode, mode);
                }
            }
        }

        private bool CheckMode(int expected, int nextStep)
        {
            if (!TryReadRegister(Sx1276Register.OpMode, out int mode))
            {
                return false;
            }

            GoTo(nextStep);
            return IsMode(mode, expected);
        }

        // What a start has written and no operation writes again: without it the chip works, and nobody hears it.
        private void CheckModemSettings()
        {
            ClearData();
            Data[0] = Sx1276Register.DetectionThreshold;
            if (!TryTransfer(4, Sx1276Register.SyncWord))
            {
                return;
            }

            GoTo(CheckClockStep);
            if (Data[1] != DetectionThreshold || Data[3] != PublicSyncWord)
            {
                Fail(RadioChipFaultKind.StateLost, Sx1276Register.SyncWord, Data[3]);
            }
        }

        private void CheckClockSetting()
        {
            if (TryReadRegister(Sx1276Register.Tcxo, out int clock))
            {
                GoTo(1);
                if (clock != ClockSetting)
                {
                    Fail(RadioChipFaultKind.StateLost, Sx1276Register.Tcxo, clock);
                }
            }
        }

        private bool IsMode(int mode, int expected)
        {
            if (mode == (Band | expected))
            {
                return true;
            }

            bool isSilent = mode == 0x00 || mode == 0xFF;
            Fail(isSilent ? RadioChipFaultKind.NoAnswer : RadioChipFaultKind.StateLost, Sx1276Register.OpMode, mode);
            return false;
        }

        private bool TryReadRegister(int register, out int value)
        {
            Data[0] = (byte)register;
            Data[1] = 0;
            bool isRead = TryTransfer(2, register);
            value = Data[1];
            return isRead;
        }

        private bool WriteRegister(int register, int value, int nextStep)
        {
            Data[1] = (byte)value;
            return Write(register, 1, nextStep);
        }

        private bool Write(int register, int length, int nextStep)
        {
            Data[0] = (byte)(register | 0x80);
            if (!TryTransfer(length + 1, register))
            {
                return false;
            }

            GoTo(nextStep);
            return true;
        }

        private void ClearData()
        {
            for (int i = 0; i < Data.Length; i++)
            {
                Data[i] = 0;
            }
        }
    }
}
