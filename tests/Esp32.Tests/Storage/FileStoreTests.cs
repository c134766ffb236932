// A power cut in any operation of any write leaves the old record or the new one, whole; what the file system refuses is reported and leaves the old one.
using PoleController.Esp32.Storage;

namespace Esp32.Tests.Storage;

public sealed class FileStoreTests
{
    private static readonly byte[] s_old = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] s_new = [11, 12, 13, 14, 15, 16];

    [Fact]
    public void Given_a_record_When_written_again_Then_it_is_replaced_and_nothing_else_is_left()
    {
        LittleFiles files = new();
        FileStore store = new(files);
        Assert.True(store.TryWrite("settings-a", s_old, s_old.Length));
        Assert.True(store.TryWrite("settings-a", s_new, s_new.Length));

        Assert.Equal(s_new, ReadRecord(store, "settings-a"));
        Assert.Equal(["settings-a"], files.Files.Keys);
    }

    [Fact]
    public void Given_no_record_When_read_Then_there_is_none()
    {
        Assert.Null(ReadRecord(new FileStore(new LittleFiles()), "identity"));
    }

    [Fact]
    public void Given_a_file_that_was_put_there_by_a_tool_When_read_Then_it_is_the_record()
    {
        LittleFiles files = new();
        files.Put("identity", s_old);
        Assert.Equal(s_old, ReadRecord(new FileStore(files), "identity"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_cut_in_any_operation_When_started_again_Then_the_record_is_old_or_new_and_can_be_written(bool isFirstWrite)
    {
        int cuts = 0;
        for (int cutAt = 0; cutAt < 12; cutAt++)
        {
            for (int bytes = 0; bytes <= s_new.Length; bytes++)
            {
                foreach (bool isDone in new[] { false, true })
                {
                    LittleFiles files = new();
                    if (!isFirstWrite)
                    {
                        Assert.True(new FileStore(files).TryWrite("lora-nonces-a", s_old, s_old.Length));
                    }

                    files.CutAt = files.Changes + cutAt;
                    files.BytesAtCut = bytes;
                    files.IsDoneAtCut = isDone;
                    bool isCut = false;
                    try
                    {
                        Assert.True(new FileStore(files).TryWrite("lora-nonces-a", s_new, s_new.Length));
                    }
                    catch (PowerCutException)
                    {
                        isCut = true;
                        cuts++;
                    }

                    AssertOldOrNew(files, isFirstWrite ? null : s_old, isCut);
                }
            }
        }

        Assert.InRange(cuts, 20, int.MaxValue);
    }

    [Fact]
    public void Given_a_second_cut_while_the_first_is_repaired_When_started_again_Then_the_record_is_old_or_new()
    {
        for (int first = 0; first < 5; first++)
        {
            for (int second = 0; second < 3; second++)
            {
                LittleFiles files = new();
                new FileStore(files).TryWrite("boot-a", s_old, s_old.Length);
                files.CutAt = files.Changes + first;
                Cut(() => new FileStore(files).TryWrite("boot-a", s_new, s_new.Length));
                files.CutAt = files.Changes + second;
                Cut(() => ReadRecord(new FileStore(files), "boot-a"));

                AssertOldOrNew(files, s_old, true);
            }
        }
    }

    [Theory]
    [InlineData("write")]
    [InlineData("delete")]
    [InlineData("move")]
    public void Given_a_file_system_that_refuses_When_written_Then_what_is_said_is_what_is_read(string what)
    {
        LittleFiles files = new();
        FileStore store = new(files);
        store.TryWrite("settings-b", s_old, s_old.Length);
        files.Refuses = (operation, _) => operation == what;
        bool isTaken = store.TryWrite("settings-b", s_new, s_new.Length);

        Assert.Equal(isTaken ? s_new : s_old, ReadRecord(store, "settings-b"));
        files.Refuses = (_, _) => false;
        Assert.Equal(isTaken ? s_new : s_old, ReadRecord(store, "settings-b"));
        Assert.True(store.TryWrite("settings-b", s_old, 3));
        Assert.Equal(s_old[..3], ReadRecord(store, "settings-b"));
    }

    [Fact]
    public void Given_only_the_second_file_and_moves_refused_When_written_Then_it_is_refused_and_kept()
    {
        LittleFiles files = new() { Refuses = (operation, _) => operation == "move" };
        files.Put("settings-a.new", s_old);
        FileStore store = new(files);

        Assert.False(store.TryWrite("settings-a", s_new, s_new.Length));
        Assert.Equal(s_old, ReadRecord(store, "settings-a"));
    }

    [Fact]
    public void Given_the_hosts_own_file_system_When_written_and_read_Then_the_files_port_does_the_same()
    {
        string folder = Directory.CreateTempSubdirectory("esp32-store").FullName + Path.DirectorySeparatorChar;
        try
        {
            FileStore store = new(new InternalFiles(folder));
            Assert.Null(ReadRecord(store, "identity"));
            Assert.True(store.TryWrite("identity", s_old, s_old.Length));
            Assert.True(store.TryWrite("identity", s_new, s_new.Length));
            Assert.Equal(s_new, ReadRecord(store, "identity"));
            Assert.Equal(["identity"], Directory.GetFiles(folder).Select(Path.GetFileName));

            // A buffer that is shorter than the record takes what fits.
            Assert.Equal(4, store.Read("identity", new byte[4]));
            Assert.False(new InternalFiles(folder + "nowhere" + Path.DirectorySeparatorChar).TryWrite("a", s_old, 1));
            Assert.Equal(-1, new InternalFiles(folder).Read("nothing", new byte[4]));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static void AssertOldOrNew(LittleFiles files, byte[]? old, bool isCut)
    {
        files.CutAt = -1;
        FileStore store = new(files);
        byte[]? found = ReadRecord(store, files.Files.Keys.Select(name => name.Replace(".new", "", StringComparison.Ordinal)).FirstOrDefault("none"));
        if (!isCut)
        {
            Assert.Equal(s_new, found);
        }
        else if (found is null || old is null || !found.SequenceEqual(s_new))
        {
            Assert.True(found is null ? old is null : found.SequenceEqual(s_new) || (old is not null && found.SequenceEqual(old)), "a part of a record");
        }

        // And it can be written again, with nothing left over.
        string record = files.Files.Keys.Select(name => name.Replace(".new", "", StringComparison.Ordinal)).FirstOrDefault("none");
        Assert.True(store.TryWrite(record, s_old, 2));
        Assert.Equal(s_old[..2], ReadRecord(store, record));
        Assert.Equal([record], files.Files.Keys);
    }

    private static byte[]? ReadRecord(FileStore store, string record)
    {
        byte[] buffer = new byte[64];
        int length = store.Read(record, buffer);
        return length < 0 ? null : buffer[..length];
    }

    private static void Cut(Action action)
    {
        try
        {
            action();
        }
        catch (PowerCutException)
        {
            // Expected, unless there was nothing left to cut.
        }
    }
}
