package org.casewire.notification.alert;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.ReplyEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.notification.cases.CasesOnTheLog;
import org.casewire.notification.mail.UnassignedTexts;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Reads {@link Topics#REPLIES}. */
@Component
class RepliesListener {

    private final EventReader reader;
    private final FiledTexts texts;
    private final CasesOnTheLog cases;
    private final UnassignedTexts unassigned;
    private final TransactionOperations transactions;

    RepliesListener(
            EventReader reader,
            FiledTexts texts,
            CasesOnTheLog cases,
            UnassignedTexts unassigned,
            TransactionOperations transactions) {
        this.reader = reader;
        this.texts = texts;
        this.cases = cases;
        this.unassigned = unassigned;
        this.transactions = transactions;
    }

    @KafkaListener(topics = Topics.REPLIES)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, ReplyEvent.class, this::handle);
    }

    private void handle(List<Received<ReplyEvent>> batch) {
        if (texts.someStandOnNobodysCase(batch)) {
            cases.awaitRead();
        }
        transactions.executeWithoutResult(_ -> {
            texts.follow(batch);
            unassigned.follow(batch);
        });
    }
}
