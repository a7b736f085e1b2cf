package org.casewire.local;

import java.util.concurrent.ThreadLocalRandom;

/** Ports for one test, away from those that the system hands out by itself. */
final class FreePorts {

    private FreePorts() {}

    static int base() {
        int base;
        do {
            base = ThreadLocalRandom.current().nextInt(20_000, 32_000);
        } while (!Port.taken(base).isEmpty());
        return base;
    }
}
