package org.casewire.ingest.sweep;

/** It cannot be told now what is missing; the message says why, what to do about it, and names nobody. */
class CannotSweep extends RuntimeException {

    CannotSweep(String detail) {
        super(detail);
    }
}
