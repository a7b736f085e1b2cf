package org.casewire.events.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.casewire.events.CaseEvent;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TraceInLogsTest {

    private static final String ONE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static String named() {
        return MDC.get("trace.id");
    }

    private static Received<CaseEvent> record(String traceParent) {
        return new Received.Tombstone<>(
                "key", new Received.Origin("id", "key", Instant.EPOCH, traceParent, "topic", 0, 0));
    }

    @Test
    void theInnerTraceIsNamedWhileItLastsAndTheOuterOneAfterIt() {
        try (TraceInLogs _ = TraceInLogs.of(ONE)) {
            try (TraceInLogs _ = TraceInLogs.of(OTHER)) {
                assertThat(named()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            }
            assertThat(named()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
        assertThat(named()).isNull();
    }

    @Test
    void whatIsNoTraceChangesNothing() {
        try (TraceInLogs _ = TraceInLogs.of(ONE);
                TraceInLogs _ = TraceInLogs.of("nonsense");
                TraceInLogs _ = TraceInLogs.of(null)) {
            assertThat(named()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
        assertThat(named()).isNull();
    }

    @Test
    void aBatchOfOneTraceNamesItAndOneOfSeveralNamesNone() {
        try (TraceInLogs _ = TraceInLogs.ofAll(List.of(record(ONE), record(ONE)))) {
            assertThat(named()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
        try (TraceInLogs _ = TraceInLogs.ofAll(List.of(record(ONE), record(OTHER)))) {
            assertThat(named()).isNull();
        }
    }
}
