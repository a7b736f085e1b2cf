package org.casewire.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every topic of the contract with how long it is kept. */
public final class Topics {

    public static final String SEND_QUEUE = "sms.send-queue";
    public static final String OUTBOUND = "sms.outbound";
    public static final String INBOUND = "sms.inbound";
    public static final String DELIVERY = "sms.delivery";
    public static final String CONSENT = "sms.consent";
    public static final String REPLIES = "sms.replies";
    public static final String ALERTS = "sms.alerts";
    public static final String SITES = "sms.sites";
    public static final String CASES = "sms.cases";
    public static final String CONTACTS = "sms.contacts";
    public static final String USERS = "sms.users";
    public static final String CALENDAR = "sms.calendar";
    public static final String ACTIVITY = "sms.activity";

    /** What is added to a topic's name for the records that could not be handled. */
    public static final String DEAD_LETTER_SUFFIX = ".dlt";

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    private Topics() {}

    /** A topic and its settings, as {@code kafka-topics --config} names them. */
    public record Topic(String name, Map<String, String> settings) {

        private static Topic kept(String name, Duration retention) {
            return new Topic(
                    name, Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis())));
        }

        private static Topic compacted(String name) {
            return new Topic(
                    name, Map.of("cleanup.policy", "compact", "delete.retention.ms", Long.toString(MONTH.toMillis())));
        }

        /** Where records of this topic go that could not be read or handled: never compacted, kept 90 days. */
        public Topic deadLetters() {
            return kept(name + DEAD_LETTER_SUFFIX, Duration.ofDays(90));
        }
    }

    /** All topics, without their dead letters. */
    public static List<Topic> all() {
        return List.of(
                Topic.kept(SEND_QUEUE, WEEK),
                Topic.kept(OUTBOUND, MONTH),
                Topic.kept(INBOUND, MONTH),
                Topic.kept(DELIVERY, WEEK),
                Topic.kept(CONSENT, MONTH),
                Topic.kept(REPLIES, MONTH),
                Topic.kept(ALERTS, MONTH),
                Topic.compacted(SITES),
                Topic.compacted(CASES),
                Topic.compacted(CONTACTS),
                Topic.compacted(USERS),
                Topic.compacted(CALENDAR),
                Topic.kept(ACTIVITY, WEEK));
    }
}
