package org.casewire.ingest.durable;

import java.io.IOException;
import java.nio.file.Path;

/** The service must not start: it would have nowhere to put what comes while Kafka is away. */
final class SpoolUnusable extends RuntimeException {

    SpoolUnusable(Path directory, IOException cause) {
        super(
                "The spool directory " + directory.toAbsolutePath() + " cannot be written (" + cause + "). Give this"
                        + " service a directory of its own on a disk that is kept, and name it in"
                        + " casewire.ingest.spool.directory.",
                cause);
    }
}
