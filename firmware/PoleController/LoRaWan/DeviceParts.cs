// The parts that the classes of one end device share, made and wired once. It decides nothing; who uses which part is to be read in the
// fields of the class that does.
using PoleController.Hal;
using PoleController.LoRaWan.Packages;
using PoleController.Time;

namespace PoleController.LoRaWan
{
    /// <summary>What the parts of a device have in common: ports, session, queues and the rules' counters.</summary>
    internal sealed class DeviceParts
    {
        /// <summary>The region's rules: EU868 until the identity says which region it is.</summary>
        internal readonly Region Region = new Region(RegionId.Eu868);

        /// <summary>The radio itself: frames and signal are read from it, operations go through the supervisor.</summary>
        internal readonly ILoRaRadio Radio;

        /// <summary>The radio with time-outs and retries.</summary>
        internal readonly RadioSupervisor RadioSupervisor;

        /// <summary>The uplink on the radio and its windows.</summary>
        internal readonly Exchange Exchange;

        /// <summary>The block cipher.</summary>
        internal readonly IAesBlock Aes;

        /// <summary>UTC.</summary>
        internal readonly PoleClock Clock;

        /// <summary>Random numbers.</summary>
        internal readonly IRandom Random;

        /// <summary>Who the device is.</summary>
        internal readonly LoRaWanIdentity Identity;

        /// <summary>The identity's record.</summary>
        internal readonly IdentityStore IdentityStore;

        /// <summary>The session's records.</summary>
        internal readonly SessionStore SessionStore;

        /// <summary>Whether the store may be asked again.</summary>
        internal readonly StoreSupervisor StoreSupervisor = new StoreSupervisor();

        /// <summary>The session.</summary>
        internal readonly Session Session;

        /// <summary>Builds and opens frames.</summary>
        internal readonly FrameCodec FrameCodec;

        /// <summary>MAC answers that wait.</summary>
        internal readonly MacAnswers Answers = new MacAnswers();

        /// <summary>Carries out MAC commands.</summary>
        internal readonly MacCommands Commands;

        /// <summary>ADR back-off.</summary>
        internal readonly AdrBackoff AdrBackoff;

        /// <summary>When to ask for the time.</summary>
        internal readonly TimeRequest TimeRequest;

        /// <summary>The message that waits to be sent.</summary>
        internal readonly UplinkMessage Message = new UplinkMessage();

        /// <summary>The frame in work.</summary>
        internal readonly UplinkFrame Frame = new UplinkFrame();

        /// <summary>Plans and builds data frames.</summary>
        internal readonly UplinkBuilder Builder;

        /// <summary>The received message that waits to be taken.</summary>
        internal readonly DownlinkMailbox Mailbox = new DownlinkMailbox();

        /// <summary>Judges received data frames.</summary>
        internal readonly DownlinkReceiver Receiver;

        /// <summary>The multicast groups.</summary>
        internal readonly MulticastGroup[] MulticastGroups = new MulticastGroup[MulticastSetupCommand.GroupCount];

        /// <summary>The multicast groups' records.</summary>
        internal readonly MulticastGroupStore MulticastGroupStore;

        /// <summary>Judges received multicast frames.</summary>
        internal readonly MulticastReceiver MulticastReceiver;

        /// <summary>The multicast groups' class C sessions.</summary>
        internal readonly MulticastSessions MulticastSessions;

        /// <summary>The fragmentation session's record.</summary>
        internal readonly FragmentationStore FragmentationStore;

        /// <summary>What class C listens with.</summary>
        internal readonly ContinuousReception ContinuousReception;

        /// <summary>The application-layer packages.</summary>
        internal readonly PackageHandler Packages;

        /// <summary>Makes them over the ports.</summary>
        internal DeviceParts(
            ILoRaRadio radio, IAesBlock aes, IStore store, IRandom random, LoRaWanIdentity identity, PoleClock clock, TimerUncertainty uncertainty)
        {
            Radio = radio;
            Aes = aes;
            Clock = clock;
            Random = random;
            Identity = identity;
            byte[] record = new byte[SessionStore.BufferLength];
            IdentityStore = new IdentityStore(store, record);
            SessionStore = new SessionStore(store, record);
            Session = new Session(Region);
            FrameCodec = new FrameCodec(aes);
            RadioSupervisor = new RadioSupervisor(radio, Region);
            Exchange = new Exchange(RadioSupervisor, Region, uncertainty);
            Commands = new MacCommands(Region, Session.Parameters, Answers);
            AdrBackoff = new AdrBackoff(Session.Parameters);
            TimeRequest = new TimeRequest(clock, random);
            Builder = new UplinkBuilder(FrameCodec, Region, Session, SessionStore, Answers, AdrBackoff, TimeRequest, Message, Frame);
            Receiver = new DownlinkReceiver(FrameCodec, Session, SessionStore, Commands, Mailbox);
            for (int i = 0; i < MulticastGroups.Length; i++)
            {
                MulticastGroups[i] = new MulticastGroup();
            }

            MulticastGroupStore = new MulticastGroupStore(store, record);
            MulticastReceiver = new MulticastReceiver(FrameCodec, MulticastGroups, MulticastGroupStore);
            MulticastSessions = new MulticastSessions(clock);
            FragmentationStore = new FragmentationStore(store, record);
            ContinuousReception = new ContinuousReception(Session.Parameters, MulticastSessions);
            Packages = new PackageHandler(this);
        }
    }
}
