// The SX1276 asked what happened: interrupts, and the frame that came.
namespace PoleController.Drivers
{
    /// <content>What happened.</content>
    public sealed partial class Sx1276
    {
        // The status registers that are read at one go: FifoRxCurrentAddr to PktRssiValue.
        private const int StatusLength = Sx1276Register.PktRssiValue - Sx1276Register.FifoRxCurrentAddr + 2;

        /// <inheritdoc/>
        protected override void StepServe()
        {
            switch (StepIndex)
            {
                case 0:
                    ReadStatus();
                    break;
                case 1:
                    if (WriteRegister(Sx1276Register.IrqFlags, _interrupts, 2))
                    {
                        OnInterrupts();
                    }

                    break;
                case 2:
                    WriteRegister(Sx1276Register.FifoAddrPtr, _receiveStart, 3);
                    break;
                case 3:
                    ReadReceived();
                    break;
                case 4:
                    if (WriteRegister(Sx1276Register.OpMode, Band | Sx1276Bits.Standby, 0))
                    {
                        OnReceived();
                    }

                    break;
                case 5:
                    CheckStillAtIt();
                    break;
                default:
                    FailLost();
                    break;
            }
        }

        private void ReadStatus()
        {
            ClearData();
            Data[0] = Sx1276Register.FifoRxCurrentAddr;
            if (!TryTransfer(StatusLength, Sx1276Register.IrqFlags))
            {
                return;
            }

            // The mask tells a chip that goes on from one that has restarted, and from a bus without one.
            int mask = At(Sx1276Register.IrqFlagsMask);
            _interrupts = At(Sx1276Register.IrqFlags);
            if (mask != InterruptMask || (_interrupts & mask) != 0)
            {
                GoTo(6);
                return;
            }

            GoTo((_interrupts & ~Sx1276Bits.ValidHeader) == 0 ? 5 : 1);
            _receiveStart = At(Sx1276Register.FifoRxCurrentAddr);
            if ((_interrupts & Sx1276Bits.RxDone) != 0)
            {
                FrameLength = At(Sx1276Register.RxNbBytes);
                SnrQuarterDecibel = (sbyte)Data[Sx1276Register.PktSnrValue - Sx1276Register.FifoRxCurrentAddr + 1];
                RssiDbm = Sx1276Conversion.RssiDbm(At(Sx1276Register.PktRssiValue), SnrQuarterDecibel, FrequencyHz);
            }
        }

        private void OnInterrupts()
        {
            if (Operation == RadioOperation.Transmit)
            {
                OnTransmitted();
            }
            else if ((_interrupts & Sx1276Bits.RxDone) == 0)
            {
                OnReceptionTimedOut();
            }
            else if ((_interrupts & Sx1276Bits.PayloadCrcError) != 0 || FrameLength == 0)
            {
                OnDamagedFrame();
            }
        }

        private void OnReceptionTimedOut()
        {
            if (IsContinuous || (_interrupts & Sx1276Bits.RxTimeout) == 0)
            {
                Fail(RadioChipFaultKind.StateLost, Sx1276Register.IrqFlags, _interrupts);
            }
            else
            {
                OnWindowEnded();
            }
        }

        private void ReadReceived()
        {
            FrameData[0] = Sx1276Register.Fifo;
            if (!TryTransfer(FrameData, ReceiveOffset + FrameLength, Sx1276Register.Fifo))
            {
                return;
            }

            if (IsWindowTimedHere)
            {
                GoTo(4);
            }
            else
            {
                OnReceived();
            }
        }

        // The mask is not what was written: nobody there, or a chip that has restarted.
        private void FailLost()
        {
            if (TryReadRegister(Sx1276Register.OpMode, out int mode))
            {
                bool isSilent = mode == 0x00 || mode == 0xFF;
                Fail(isSilent ? RadioChipFaultKind.NoAnswer : RadioChipFaultKind.StateLost, Sx1276Register.OpMode, mode);
            }
        }

        // No interrupt: the chip has to be in the operation still. Should it have ended just after the interrupts were read, they are read again.
        private void CheckStillAtIt()
        {
            if (!TryReadRegister(Sx1276Register.OpMode, out int mode))
            {
                return;
            }

            if (mode == (Band | Sx1276Bits.Standby) && !IsContinuous && !_isSecondLook)
            {
                _isSecondLook = true;
                GoTo(0);
            }
            else if (IsMode(mode, OperationMode))
            {
                OnNothing((_interrupts & Sx1276Bits.ValidHeader) != 0, Sx1276Register.IrqFlags, _interrupts);
            }
        }

        private int At(int register)
        {
            return Data[register - Sx1276Register.FifoRxCurrentAddr + 1];
        }
    }
}
