package org.casewire.outbound.erasure;

import org.casewire.events.ReplyEvent.TextsErased;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the words and pictures of messages that are over. What still waits, or may be on its way, is no text yet: it
 * needs its words to leave and to be known again at Twilio. That there was a message, and its fingerprint, stay: a
 * request that comes again must not be sent again.
 */
@Repository
class ErasedTexts {

    private static final String FORGET_MESSAGES = """
            UPDATE message SET body = NULL, media_urls = '{}'
            WHERE site = :site AND contact = :contact AND created_at <= :at::timestamptz
              AND (body IS NOT NULL OR media_urls <> '{}')
              AND status IN ('ACCEPTED', 'QUEUED', 'SENT', 'READ', 'DELIVERED', 'UNDELIVERED', 'FAILED', 'REJECTED',
                             'CANCELLED')
              AND NOT EXISTS (SELECT FROM part
                              WHERE part.site = message.site AND part.message_id = message.message_id
                                AND part.status IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT'))
            """;

    private static final String FORGET_PARTS = """
            UPDATE part SET body = NULL, media_url = NULL
            FROM message
            WHERE message.site = :site AND message.contact = :contact AND message.created_at <= :at::timestamptz
              AND message.body IS NULL AND message.media_urls = '{}'
              AND part.site = message.site AND part.message_id = message.message_id
              AND (part.body IS NOT NULL OR part.media_url IS NOT NULL)
              AND part.status IN ('ACCEPTED', 'QUEUED', 'SENT', 'READ', 'DELIVERED', 'UNDELIVERED', 'FAILED',
                                  'REJECTED', 'CANCELLED')
            """;

    private final JdbcClient jdbc;

    ErasedTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void forget(TextsErased erased) {
        of(FORGET_MESSAGES, erased).update();
        of(FORGET_PARTS, erased).update();
    }

    private JdbcClient.StatementSpec of(String sql, TextsErased erased) {
        return jdbc.sql(sql)
                .param("site", erased.site())
                .param("contact", erased.contact())
                .param("at", erased.at().toString());
    }
}
