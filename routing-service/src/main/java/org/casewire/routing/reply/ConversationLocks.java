package org.casewire.routing.reply;

import java.util.Collection;
import org.casewire.events.Conversation;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps a reply from being filed while a text to the same person is being taken down: whichever comes second sees what
 * the first one wrote. Conversations share a fixed number of locks, so that a batch of thousands stays within what
 * PostgreSQL can hold; they are taken in one order and end with the transaction.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ConversationLocks {

    private static final int BUCKETS = 64;
    private static final int NAMESPACE = 0x7265706c;

    private static final String SHARED =
            "SELECT pg_advisory_xact_lock_shared(" + NAMESPACE + ", bucket) FROM unnest(?::integer[]) AS bucket";
    private static final String EXCLUSIVE =
            "SELECT pg_advisory_xact_lock(" + NAMESPACE + ", bucket) FROM unnest(?::integer[]) AS bucket";

    private final JdbcTemplate jdbc;

    ConversationLocks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Replies of these people may be filed by several at once. */
    void forFiling(Collection<Conversation> conversations) {
        lock(SHARED, conversations);
    }

    /** Texts to these people are taken down while nobody files their replies. */
    void forTakingDown(Collection<Conversation> conversations) {
        lock(EXCLUSIVE, conversations);
    }

    private void lock(String statement, Collection<Conversation> conversations) {
        String[] buckets = conversations.stream()
                .mapToInt(conversation -> Math.floorMod(conversation.key().hashCode(), BUCKETS))
                .distinct()
                .sorted()
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        jdbc.query(statement, row -> {}, (Object) buckets);
    }
}
