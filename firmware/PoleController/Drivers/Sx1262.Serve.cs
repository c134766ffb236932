// The SX1262 asked what happened: interrupts, and the frame that came.
namespace PoleController.Drivers
{
    /// <content>What happened.</content>
    public sealed partial class Sx1262
    {
        /// <inheritdoc/>
        protected override void StepServe()
        {
            switch (StepIndex)
            {
                case 0:
                    GetInterrupts();
                    break;
                case 1:
                    if (Send2(Sx1262Command.ClearIrqStatus, _interrupts >> 8, _interrupts & 0xFF, 2))
                    {
                        OnInterrupts();
                    }

                    break;
                case 2:
                    GetBufferStatus();
                    break;
                case 3:
                    GetPacketStatus();
                    break;
                default:
                    ReadReceived();
                    break;
            }
        }

        private void GetInterrupts()
        {
            ClearData();
            if (!Send(Sx1262Command.GetIrqStatus, 4, 1))
            {
                return;
            }

            int status = Data[1];
            _interrupts = (Data[2] << 8) | Data[3];
            if ((_interrupts & ~Sx1262Interrupt.Noted) != 0)
            {
                Fail(RadioChipFaultKind.NoAnswer, Sx1262Command.GetIrqStatus, _interrupts);
            }
            else if (IsContinuous && Sx1262Status.ModeOf(status) != Sx1262Status.Receiving)
            {
                Fail(RadioChipFaultKind.StateLost, Sx1262Command.GetIrqStatus, status);
            }
            else if ((_interrupts & Sx1262Interrupt.OnDio1) == 0)
            {
                OnNothing((_interrupts & Sx1262Interrupt.HeaderValid) != 0, Sx1262Command.GetIrqStatus, _interrupts);
            }
        }

        private void OnInterrupts()
        {
            if (Operation == RadioOperation.Transmit)
            {
                if ((_interrupts & Sx1262Interrupt.TxDone) != 0)
                {
                    OnTransmitted();
                }
                else
                {
                    Fail(RadioChipFaultKind.TimedOut, Sx1262Command.SetTx, _interrupts);
                }
            }
            else if ((_interrupts & (Sx1262Interrupt.HeaderError | Sx1262Interrupt.CrcError)) != 0)
            {
                OnDamagedFrame();
            }
            else if ((_interrupts & Sx1262Interrupt.RxDone) == 0)
            {
                OnReceptionTimedOut();
            }
        }

        private void OnReceptionTimedOut()
        {
            if (IsContinuous || (_interrupts & Sx1262Interrupt.Timeout) == 0)
            {
                Fail(RadioChipFaultKind.StateLost, Sx1262Command.SetRx, _interrupts);
            }
            else
            {
                OnWindowEnded();
            }
        }

        private void GetBufferStatus()
        {
            ClearData();
            if (Send(Sx1262Command.GetRxBufferStatus, 4, 3))
            {
                FrameLength = Data[2];
                _receiveStart = Data[3];
                if (FrameLength == 0)
                {
                    OnDamagedFrame();
                }
            }
        }

        private void GetPacketStatus()
        {
            ClearData();
            if (Send(Sx1262Command.GetPacketStatus, 5, 4))
            {
                RssiDbm = Sx1262Conversion.RssiDbm(Data[2]);
                SnrQuarterDecibel = Sx1262Conversion.SnrQuarterDecibel(Data[3]);
            }
        }

        private void ReadReceived()
        {
            FrameData[0] = Sx1262Command.ReadBuffer;
            FrameData[1] = (byte)_receiveStart;
            FrameData[2] = 0;
            if (TryTransfer(FrameData, ReceiveOffset + FrameLength, Sx1262Command.ReadBuffer)
                && IsStatusGood(FrameData[1], Sx1262Command.ReadBuffer))
            {
                OnReceived();
            }
        }
    }
}
