package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One file of the spool. Records are added at its end until it is closed; then it is only read, and deleted whole. */
final class Segment implements Closeable {

    final long id;
    final Path file;

    private final @Nullable FileChannel channel;
    private volatile long end;
    private volatile boolean closed;
    private volatile boolean damaged;

    private Segment(long id, Path file, @Nullable FileChannel channel, long end) {
        this.id = id;
        this.file = file;
        this.channel = channel;
        this.end = end;
        this.closed = channel == null;
    }

    /** A new, empty file. */
    static Segment create(long id, Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), SpoolFolder.OWNERS_FILE);
        return new Segment(id, file, channel, 0);
    }

    /** One that an earlier process wrote. */
    static Segment found(long id, Path file) throws IOException {
        return new Segment(id, file, null, Files.size(file));
    }

    /**
     * Returns once the disk has them all.
     *
     * @throws IOException when it does not; none of them is then in the file
     */
    void append(ByteBuffer[] frames) throws IOException {
        FileChannel open = channel;
        if (open == null || closed) {
            throw new IOException("The segment is closed");
        }
        try {
            long written = 0;
            long all = length(frames);
            open.position(end);
            while (written < all) {
                written += open.write(frames);
            }
            open.force(false);
            end += written;
        } catch (IOException failure) {
            giveUp(open, failure);
            throw failure;
        }
    }

    private static long length(ByteBuffer[] frames) {
        long length = 0;
        for (ByteBuffer frame : frames) {
            length += frame.remaining();
        }
        return length;
    }

    /** After a failed write nobody knows what the disk holds of the last page: nothing is added behind it. */
    private void giveUp(FileChannel open, IOException failure) {
        closed = true;
        try (open) {
            open.truncate(end);
            open.force(true);
        } catch (IOException also) {
            failure.addSuppressed(also);
        }
    }

    /** Takes away what follows the last whole record. */
    void cutAt(long position) throws IOException {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(position);
            open.force(true);
        }
        end = position;
    }

    /** Up to here the disk has it. */
    long end() {
        return end;
    }

    boolean isClosed() {
        return closed;
    }

    void markDamaged() {
        damaged = true;
    }

    /** Deletes it, or sets it aside for a person when something in it could not be read. */
    void remove() throws IOException {
        close();
        if (damaged) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
        } else {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }
}
