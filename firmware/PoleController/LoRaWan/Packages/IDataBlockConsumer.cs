// What takes the data blocks that come by fragmentation. Implemented above the end device, which knows nothing of what is in a block.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>Takes whole data blocks.</summary>
    public interface IDataBlockConsumer
    {
        /// <summary>Whether blocks of this kind are taken.</summary>
        /// <param name="descriptor">Descriptor of FragSessionSetupReq; the byte sent first is the lowest.</param>
        /// <param name="length">Length of the block without padding.</param>
        bool IsWanted(uint descriptor, int length);

        /// <summary>Takes a block that is whole. Called once, within a step; the block is not to be kept.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="descriptor">Its descriptor.</param>
        /// <param name="sessionCnt">SessionCnt of its session; 0 in version 1.</param>
        /// <param name="answerSpreadMs">Over how long poles that got the block together spread what they have to say about it, in milliseconds.</param>
        /// <param name="block">Holds the block from its first byte.</param>
        /// <param name="length">Its length without padding.</param>
        void Take(long nowMs, uint descriptor, int sessionCnt, int answerSpreadMs, byte[] block, int length);
    }
}
