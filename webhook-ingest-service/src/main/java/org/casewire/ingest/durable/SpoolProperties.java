package org.casewire.ingest.durable;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where events wait while Kafka is away.
 *
 * @param directory on a disk that outlives this process; instances that share it take a numbered folder each
 * @param maxSize what the spool may take of the disk (1 GB, some two million status reports); beyond it webhooks are
 *     answered 503
 * @param segmentSize when a file is closed and the next one begun (16 MB): what is replayed is deleted file by file
 */
@ConfigurationProperties("casewire.ingest.spool")
record SpoolProperties(
        @DefaultValue("casewire-spool") Path directory,
        @DefaultValue("1GB") DataSize maxSize,
        @DefaultValue("16MB") DataSize segmentSize) {

    private static final int FEWEST_SEGMENTS = 8;

    SpoolProperties {
        if (maxSize.toBytes() < FEWEST_SEGMENTS || segmentSize.toBytes() < 1) {
            throw new IllegalArgumentException("casewire.ingest.spool.max-size and .segment-size must be sizes above 0,"
                    + " such as 1GB and 16MB");
        }
    }

    /** So that a small spool frees what it has replayed too. */
    long segmentBytes() {
        return Math.min(segmentSize.toBytes(), maxSize.toBytes() / FEWEST_SEGMENTS);
    }
}
