package org.casewire.outbound.dispatch;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.outbound.dispatch.Line.Claimed;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.Report;
import org.springframework.stereotype.Component;

/**
 * Whose lines this instance has a call out for, or an answer it has not written yet. The next claim passes over them
 * without looking each of their waiting parts up; what it then takes, it judges by the database alone.
 */
@Component
class OnTheWay {

    private final Map<Call, Out> out = new ConcurrentHashMap<>();

    private record Call(MessageKey message, int part) {}

    private record Out(String line, Instant leaseUntil) {}

    void left(Claimed part) {
        out.put(new Call(part.message(), part.part()), new Out(part.line(), part.leaseUntil()));
    }

    void written(Collection<Report> reports) {
        reports.forEach(report -> out.remove(new Call(report.message(), report.part())));
    }

    /** Their lines, each by {@link Claimed#line()}; one whose lease has ended is anybody's again. */
    Collection<String> lines(Instant now) {
        out.values().removeIf(one -> one.leaseUntil().isBefore(now));
        return out.values().stream().map(Out::line).toList();
    }
}
