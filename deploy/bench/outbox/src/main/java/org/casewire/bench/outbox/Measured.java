package org.casewire.bench.outbox;

/**
 * What came of a phase.
 *
 * @param events how many were committed; fewer than planned when they were not taken in time
 * @param appendPerSecond events committed per second, first append to last commit
 * @param publishPerSecond events read from Kafka per second, first append to last arrival
 * @param publishedWhileAppending share of the events that had arrived when the last was committed
 * @param missing events that had not arrived when the time was over
 * @param p50Millis from the return of the commit to the consumer, the middle one; -1 when nothing arrived
 * @param cpuMillisPer1000 of everything under test, per 1,000 events that arrived
 * @param cpuOfService the part of writers, relay and reader in it
 * @param cpuOfPostgres the part of PostgreSQL in it; the rest is the broker's
 * @param load average of the last minute when the phase ended
 * @param coresOfOthers what all other processes of the machine used meanwhile
 */
record Measured(
        String phase,
        int events,
        double appendPerSecond,
        double publishPerSecond,
        double publishedWhileAppending,
        int missing,
        double p50Millis,
        double p99Millis,
        double cpuMillisPer1000,
        double cpuOfService,
        double cpuOfPostgres,
        double load,
        double coresOfOthers) {}
