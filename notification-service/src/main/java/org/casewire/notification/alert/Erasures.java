package org.casewire.notification.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.events.Conversation;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.retention.KeptTexts;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose texts were erased, and until when. An alert of an erased text stays, without the text's words. */
@Component
class Erasures {

    /** What stands in place of the words. */
    static final String ERASED = "An erased text";

    private static final String MARK = """
            INSERT INTO erased_texts AS mark (site, contact, erased_at)
            SELECT * FROM unnest(:sites::text[], :contacts::text[], :times::timestamptz[])
            ON CONFLICT (site, contact) DO UPDATE SET erased_at = greatest(mark.erased_at, excluded.erased_at)
            """;

    private static final String FIND = """
            SELECT site, contact, erased_at
            FROM erased_texts JOIN unnest(:sites::text[], :contacts::text[]) AS wanted (site, contact)
                 USING (site, contact)
            """;

    private static final String FORGET_ALERTS = """
            UPDATE alerts SET preview = :erased
            FROM unnest(:sites::text[], :contacts::text[], :times::timestamptz[]) AS gone (site, contact, erased_at),
                 replies
            WHERE alerts.site = gone.site AND alerts.contact = gone.contact AND alerts.preview <> :erased
              AND replies.site = alerts.site AND replies.sid = alerts.sid
              AND (replies.received_at IS NULL OR replies.received_at <= gone.erased_at)
            """;

    private static final String FORGET_REPLIES = """
            UPDATE replies SET preview = :erased
            FROM unnest(:sites::text[], :contacts::text[], :times::timestamptz[]) AS gone (site, contact, erased_at)
            WHERE replies.site = gone.site AND replies.contact = gone.contact AND replies.preview <> :erased
              AND (replies.received_at IS NULL OR replies.received_at <= gone.erased_at)
            """;

    private final JdbcClient jdbc;
    private final KeptTexts kept;

    Erasures(JdbcClient jdbc, KeptTexts kept) {
        this.jdbc = jdbc;
        this.kept = kept;
    }

    private record Mark(Conversation person, Instant at) {}

    void mark(List<TextsErased> erasures) {
        if (!erasures.isEmpty()) {
            of(MARK, erasures).update();
        }
    }

    /** Until when the texts of these people are erased or too old; nobody stands there whose texts never were. */
    Map<Conversation, Instant> marks(Collection<Conversation> people) {
        Map<Conversation, Instant> found = new HashMap<>();
        people.forEach(person -> kept.oldUntil(person.site()).ifPresent(until -> found.put(person, until)));
        jdbc.sql(FIND)
                .param("sites", Columns.of(people, Conversation::site))
                .param("contacts", Columns.of(people, Conversation::contact))
                .query((row, number) -> new Mark(
                        new Conversation(row.getString("site"), row.getString("contact")),
                        Columns.time(row, "erased_at")))
                .list()
                .forEach(
                        mark -> found.merge(mark.person(), mark.at(), BinaryOperator.maxBy(Comparator.naturalOrder())));
        return found;
    }

    /** Takes the words of what is stored. */
    void forget(List<TextsErased> erasures) {
        if (!erasures.isEmpty()) {
            of(FORGET_ALERTS, erasures).param("erased", ERASED).update();
            of(FORGET_REPLIES, erasures).param("erased", ERASED).update();
        }
    }

    /** The same person may be named twice in a batch: the latest counts. */
    private JdbcClient.StatementSpec of(String sql, List<TextsErased> erasures) {
        Collection<TextsErased> latest = erasures.stream()
                .collect(Collectors.toMap(
                        TextsErased::key,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(TextsErased::at))))
                .values();
        return jdbc.sql(sql)
                .param("sites", Columns.of(latest, TextsErased::site))
                .param("contacts", Columns.of(latest, TextsErased::contact))
                .param("times", Columns.of(latest, TextsErased::at));
    }
}
