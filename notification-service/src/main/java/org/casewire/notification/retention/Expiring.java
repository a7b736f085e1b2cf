package org.casewire.notification.retention;

import java.time.Duration;

/**
 * Rows of one kind that go some time after they were of use.
 *
 * @param kind for meters
 * @param keep how long they stay
 * @param delete deletes at most {@code :most} of those that were over before {@code :before}, waits for nobody, and
 *     selects how many went
 */
public record Expiring(String kind, Duration keep, String delete) {}
