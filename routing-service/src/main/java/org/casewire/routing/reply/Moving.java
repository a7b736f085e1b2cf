package org.casewire.routing.reply;

import java.util.List;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.routing.document.Documents;
import org.casewire.routing.document.Moved;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The one place where received texts move, whoever moves them; alerts, logs and documents follow. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Moving {

    private final Moves moves;
    private final Documents documents;
    private final Outbox outbox;

    Moving(Moves moves, Documents documents, Outbox outbox) {
        this.moves = moves;
        this.documents = documents;
        this.outbox = outbox;
    }

    /** The replies must be locked, and each stands elsewhere. */
    void move(List<Move> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        moves.move(wanted);
        outbox.append(wanted.stream()
                .map(move -> new Outgoing(move.event(), move.traceParent()))
                .toList());
        documents.moved(wanted.stream().map(Moving::follower).toList());
    }

    private static Moved follower(Move move) {
        return new Moved(
                move.reply().text().conversation().site(),
                move.reply().text().sid(),
                move.to().cases(),
                move.traceParent());
    }
}
