package org.casewire.outbound.erasure;

import org.casewire.events.ReplyEvent.TextsErased;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the words and pictures of messages. What still waits, or may be on its way, needs its words to leave and to be
 * known again at Twilio: it loses them as soon as it is over, and is told of without them. That there was a message, and
 * its fingerprint, stay: a request that comes again must not be sent again.
 */
@Repository
class ErasedTexts {

    /** Of a message: whether it has words or pictures. */
    static final String WORDED = "(message.body IS NOT NULL OR message.media_urls <> '{}')";

    /**
     * Of a message: whether none of it will be sent or asked for at Twilio any more. Asked so that its parts are looked up
     * by its id: where it is asked whether any exists, the server may read all parts there are instead.
     */
    static final String OVER = """
            message.status IN ('ACCEPTED', 'QUEUED', 'SENT', 'READ', 'DELIVERED', 'UNDELIVERED', 'FAILED', 'REJECTED',
                               'CANCELLED')
            AND coalesce((SELECT bool_and(part.status NOT IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT'))
                          FROM part WHERE part.site = message.site AND part.message_id = message.message_id), true)
            """;

    /** Takes the words of the messages and their parts that {@code over} names; selects how many. */
    static final String FORGET_OVER = """
            gone AS (UPDATE message SET body = NULL, media_urls = '{}' FROM over
                     WHERE message.site = over.site AND message.message_id = over.message_id
                     RETURNING 1),
            parts AS (UPDATE part SET body = NULL, media_url = NULL FROM over
                      WHERE part.site = over.site AND part.message_id = over.message_id
                        AND (part.body IS NOT NULL OR part.media_url IS NOT NULL))
            """;

    private static final String FORGET = """
            WITH over AS MATERIALIZED
                   (SELECT site, message_id FROM message
                    WHERE site = :site AND contact = :contact AND created_at <= :at::timestamptz AND %s AND %s
                    FOR UPDATE),
            %s SELECT count(*) FROM gone
            """.formatted(WORDED, OVER, FORGET_OVER);

    private static final String MARK = """
            UPDATE message SET erased_at = :at::timestamptz
            WHERE site = :site AND contact = :contact AND created_at <= :at::timestamptz AND erased_at IS NULL AND %s
            """.formatted(WORDED);

    private static final String FORGET_MARKED = """
            WITH over AS MATERIALIZED
                   (SELECT site, message_id FROM message
                    WHERE erased_at IS NOT NULL AND %s AND %s
                    ORDER BY erased_at
                    LIMIT :most
                    FOR UPDATE SKIP LOCKED),
            %s SELECT count(*) FROM gone
            """.formatted(WORDED, OVER, FORGET_OVER);

    private final JdbcClient jdbc;

    ErasedTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the words of what is over, and marks what is not. */
    @Transactional
    void forget(TextsErased erased) {
        of(FORGET, erased).query(Long.class).single();
        of(MARK, erased).update();
    }

    /** Takes the words of some that were marked and are over now; returns how many. */
    @Transactional
    int forgetMarked(int most) {
        return jdbc.sql(FORGET_MARKED).param("most", most).query(Integer.class).single();
    }

    private JdbcClient.StatementSpec of(String sql, TextsErased erased) {
        return jdbc.sql(sql)
                .param("site", erased.site())
                .param("contact", erased.contact())
                .param("at", erased.at().toString());
    }
}
