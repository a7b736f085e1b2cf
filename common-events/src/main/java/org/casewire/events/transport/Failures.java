package org.casewire.events.transport;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.transaction.TransactionException;

/** Tells trouble that passes by itself from trouble that the record brought along. */
final class Failures {

    private Failures() {}

    /** Whether trying the same thing later can succeed: the database or the broker is away, or rivals collided. */
    static boolean arePassing(Throwable failure) {
        return causes(failure).anyMatch(cause -> switch (cause) {
            case DataAccessResourceFailureException away -> true;
            case NonTransientDataAccessException refused -> false;
            case TransientDataAccessException collided -> true;
            case RecoverableDataAccessException away -> true;
            case TransactionException away -> true;
            case KafkaException away -> true;
            case RetriableException away -> true;
            case SQLTransientException away -> true;
            case SQLRecoverableException away -> true;
            default -> false;
        });
    }

    /** One line on what went wrong, without the values the database may quote. */
    static String reason(Throwable failure) {
        Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
        return switch (root) {
            case SQLException refused -> "the database refused it (SQLSTATE " + refused.getSQLState() + ")";
            case UnreadableEvent unreadable -> String.valueOf(unreadable.getMessage());
            default -> root.getClass().getSimpleName() + ": " + root.getMessage();
        };
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
