package org.casewire.bench.outbox;

import java.util.List;

/** A candidate's figures of one round. */
record Outcome(String candidate, int round, int duplicates, int outOfOrder, List<Measured> phases) {}
