package org.casewire.ingest.durable;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at every record that earlier processes left. */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Progress.Place replayed;
    private final Segments segments;
    private final Waiting waiting;
    private final SpoolMeters meters;

    Recovery(Progress.Place replayed, Segments segments, Waiting waiting, SpoolMeters meters) {
        this.replayed = replayed;
        this.segments = segments;
        this.waiting = waiting;
        this.meters = meters;
    }

    void of(List<Segment> found) throws IOException {
        for (Segment segment : found) {
            if (segment.id < replayed.segment()) {
                segment.remove();
            } else {
                recover(segment);
                segments.add(segment);
                waiting.occupied(segment.end());
            }
        }
        if (waiting.records() > 0) {
            log.atInfo().addKeyValue("records", waiting.records()).log("Events of an earlier run wait in the spool");
        }
    }

    private void recover(Segment segment) throws IOException {
        try (Frames frames = new Frames(segment.file, 0)) {
            Spooled next = frames.next(segment.end());
            while (next != null) {
                if (!replayed.covers(segment.id, next.until())) {
                    waiting.added(next.message().key(), next.came());
                }
                next = frames.next(segment.end());
            }
            cutTail(segment, frames.position());
            if (frames.damaged() > 0) {
                tellOfDamage(segment, frames.damaged());
            }
        }
    }

    /** A record that was never whole was never said to be safe. */
    private static void cutTail(Segment segment, long lastRecordEnds) throws IOException {
        if (lastRecordEnds < segment.end()) {
            log.atWarn()
                    .addKeyValue("segment", segment.id)
                    .addKeyValue("bytes", segment.end() - lastRecordEnds)
                    .log("Cut off the unfinished end of a spool file");
            segment.cutAt(lastRecordEnds);
        }
    }

    private void tellOfDamage(Segment segment, long bytes) {
        segment.markDamaged();
        meters.damaged(bytes);
        log.atError()
                .addKeyValue("segment", segment.id)
                .addKeyValue("bytes", bytes)
                .log("A spool file is damaged between whole records; the whole ones are replayed and the file is kept"
                        + " as .damaged. Check the disk");
    }
}
