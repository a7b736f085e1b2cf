package org.casewire.local.process;

import java.nio.file.Path;

/** A part did not start; the message says why and shows the end of its log. */
public final class PartFailed extends RuntimeException {

    PartFailed(String message) {
        super(message);
    }

    PartFailed(String what, Path log) {
        super(what + "\n  The end of " + log + ":\n" + new LogEnd(log).text());
    }
}
