package org.casewire.bench.outbox;

import java.util.List;
import org.casewire.events.OutboundEvent;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.transport.TraceParent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox of {@code common-events}, auto-configured as in every service. */
record Ours(ConfigurableApplicationContext context, Outbox outbox, TransactionTemplate transactions)
        implements Candidate {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Service {}

    static Candidate start(String jdbcUrl, String kafka) {
        ConfigurableApplicationContext context =
                SpringApplication.run(Service.class, Candidate.parts("ours", jdbcUrl, kafka));
        return new Ours(context, context.getBean(Outbox.class), context.getBean(TransactionTemplate.class));
    }

    @Override
    public void append(List<OutboundEvent> events) {
        List<Outgoing> outgoing = events.stream()
                .map(event -> new Outgoing(event, TraceParent.start()))
                .toList();
        transactions.executeWithoutResult(transaction -> outbox.append(outgoing));
    }

    @Override
    public void close() {
        context.close();
    }
}
