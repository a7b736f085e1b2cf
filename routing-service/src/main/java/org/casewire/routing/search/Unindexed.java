package org.casewire.routing.search;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Texts that are stored and not yet to be found by their words or among the conversations. That follows a moment
 * later, so that nobody who files thousands of texts waits for it.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class Unindexed {

    private static final String ADD = """
            INSERT INTO unindexed (direction, sites, refs, counted) VALUES (?, ?::text[], ?::text[], ?::boolean[])
            """;

    /** Several instances take different batches. */
    private static final String TAKE = """
            DELETE FROM unindexed
            WHERE id IN (SELECT id FROM unindexed ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING direction, sites, refs, counted
            """;

    private final JdbcTemplate jdbc;
    private final Semaphore news = new Semaphore(0);

    Unindexed(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Which way a text went. */
    public enum Direction {
        SENT,
        RECEIVED
    }

    /**
     * A stored text.
     *
     * @param ref its message id or SID
     * @param counted whether its conversation has counted it already
     */
    public record Text(Direction direction, String site, String ref, boolean counted) {}

    /** Notes texts of one direction in the running transaction. */
    public void add(Direction direction, Collection<Text> texts) {
        if (texts.isEmpty()) {
            return;
        }
        jdbc.update(
                ADD,
                direction.name(),
                Columns.of(texts, Text::site),
                Columns.of(texts, Text::ref),
                Columns.of(texts, Text::counted));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                news.release();
            }
        });
    }

    /** Takes some of what was noted first; it is off the list when the running transaction commits. */
    public List<Text> take(int batches) {
        List<Text> taken = new ArrayList<>();
        jdbc.query(
                TAKE,
                row -> {
                    Direction direction = Direction.valueOf(row.getString("direction"));
                    String[] sites = array(row, "sites");
                    String[] refs = array(row, "refs");
                    Array counted = row.getArray("counted");
                    Boolean[] flags = (Boolean[]) counted.getArray();
                    for (int i = 0; i < refs.length; i++) {
                        taken.add(new Text(direction, sites[i], refs[i], flags[i]));
                    }
                },
                batches);
        return taken;
    }

    private static String[] array(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    /** Counts up when something was noted here; other instances may have noted something too. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Semaphore news() {
        return news;
    }
}
