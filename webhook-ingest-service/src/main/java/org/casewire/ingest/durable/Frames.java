package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Walks over the records of a segment, stepping over what is damaged to the next one that is whole. */
final class Frames implements Closeable {

    private static final int CHUNK = 256 * 1024;

    private final FileChannel file;
    private ByteBuffer buffer = ByteBuffer.allocate(CHUNK).limit(0);
    private long bufferAt;
    private long position;
    private long end;
    private long damaged;

    /** @param position where a record begins */
    Frames(Path file, long position) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.READ);
        this.position = position;
    }

    /** The next whole record before the end, null when there is none any more. */
    @Nullable
    Spooled next(long before) throws IOException {
        end = before;
        for (long at = position; at + Frame.OVERHEAD <= end; at++) {
            Spooled found = recordAt(at);
            if (found != null) {
                damaged += at - position;
                position = found.until();
                return found;
            }
        }
        return null;
    }

    private @Nullable Spooled recordAt(long at) throws IOException {
        int length = has(at, Frame.OVERHEAD) ? Frame.lengthAt(buffer, (int) (at - bufferAt)) : -1;
        return length >= 0 && has(at, Frame.OVERHEAD + length)
                ? Frame.read(buffer, (int) (at - bufferAt), length, at)
                : null;
    }

    /** Whether there are so many bytes; if so, the buffer holds them. */
    private boolean has(long at, int length) throws IOException {
        if (at + length > end) {
            return false;
        }
        if (at < bufferAt || at + length > bufferAt + buffer.limit()) {
            fill(at, length);
        }
        return at + length <= bufferAt + buffer.limit();
    }

    private void fill(long at, int length) throws IOException {
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length + CHUNK);
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
        bufferAt = at;
        boolean more = true;
        while (more && buffer.hasRemaining()) {
            more = file.read(buffer, at + buffer.position()) >= 0;
        }
        buffer.flip();
    }

    /** Where the last record ended. */
    long position() {
        return position;
    }

    /** How many bytes were stepped over, between records. */
    long damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
