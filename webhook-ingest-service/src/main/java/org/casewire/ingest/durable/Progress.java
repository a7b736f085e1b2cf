package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in a file of fixed size how far the spool is on Kafka, so that a restart repeats little. It is not synced:
 * after a power cut some records may be replayed once more.
 */
final class Progress implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);
    private static final int PLACE_LENGTH = 2 * Long.BYTES;
    private static final int LENGTH = PLACE_LENGTH + Long.BYTES;

    private final FileChannel file;
    private volatile Place replayed;

    /** A place: all segments before this one, and this one up to the offset. */
    record Place(long segment, long offset) {

        static final Place NOWHERE = new Place(0, 0);

        boolean covers(long otherSegment, long until) {
            return otherSegment < segment || otherSegment == segment && until <= offset;
        }
    }

    Progress(Path file) throws IOException {
        this.file = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                SpoolFolder.OWNERS_FILE);
        this.replayed = read(this.file);
        if (this.file.size() < LENGTH) {
            // Takes its room while there is some: on a full disk it can then still be overwritten.
            write(Place.NOWHERE);
        }
    }

    /** The place last written, the beginning when there was none that could be read. */
    Place replayed() {
        return replayed;
    }

    private static Place read(FileChannel file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
        if (file.read(buffer, 0) != LENGTH || buffer.getLong(PLACE_LENGTH) != checksum(buffer)) {
            return Place.NOWHERE;
        }
        return new Place(buffer.getLong(0), buffer.getLong(Long.BYTES));
    }

    /** What cannot be written is remembered until the end of this process; a restart then repeats more. */
    void write(Place place) {
        replayed = place;
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH).putLong(place.segment()).putLong(place.offset());
        buffer.putLong(checksum(buffer)).flip();
        try {
            file.write(buffer, 0);
        } catch (IOException full) {
            log.atDebug()
                    .addKeyValue("failure", String.valueOf(full.getMessage()))
                    .log("Progress is not written");
        }
    }

    private static long checksum(ByteBuffer buffer) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.slice(0, PLACE_LENGTH));
        return checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
