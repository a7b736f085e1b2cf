package org.casewire.routing.reply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.casewire.events.site.Sites;
import org.casewire.routing.matching.Facts;
import org.casewire.routing.matching.Match;
import org.casewire.routing.reply.Replies.Fresh;
import org.casewire.routing.reply.Replies.Late;
import org.casewire.routing.sent.Acceptance;
import org.casewire.routing.sent.SentMessages.Moment;
import org.springframework.stereotype.Component;

/**
 * Files replies again that were filed shortly before we heard of an older text. Nothing orders a reply's topic and
 * that of the text it answers, and replies are not held back to wait.
 */
@Component
class Refiling {

    /** A reply stays where it is once people may have seen it there for this long. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    static final String CASEWIRE = "casewire";

    private final Sites sites;
    private final Senders senders;
    private final Replies replies;
    private final Moving moving;
    private final Clock clock;

    Refiling(Sites sites, Senders senders, Replies replies, Moving moving, Clock clock) {
        this.sites = sites;
        this.senders = senders;
        this.replies = replies;
        this.moving = moving;
        this.clock = clock;
    }

    void after(List<Acceptance> acceptances) {
        if (acceptances.isEmpty()) {
            return;
        }
        Collection<Late> late = each(replies.filedTooEarly(acceptances, WINDOW));
        if (late.isEmpty()) {
            return;
        }
        Map<Moment, Facts> facts =
                senders.factsAt(late.stream().map(one -> moment(one.reply())).collect(Collectors.toSet()));
        List<Matched> matched = late.stream()
                .flatMap(one -> matched(one, facts.getOrDefault(moment(one.reply()), Facts.NONE)).stream())
                .toList();
        replies.found(matched.stream()
                .map(one -> new Fresh(one.late().reply(), one.match()))
                .toList());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        moving.move(matched.stream().flatMap(one -> one.move(now).stream()).toList());
    }

    /** A reply with where it belongs now that the late text is known. */
    private record Matched(Late late, Match match) {

        Optional<Move> move(Instant now) {
            Reply reply = late.reply();
            Destination to = Destination.cases(match.filing().cases());
            return reply.moved().byAPerson() || reply.destination().is(to)
                    ? Optional.empty()
                    : Optional.of(new Move(
                            reply,
                            to,
                            match.outcomes().strategy(),
                            match.filing(),
                            CASEWIRE,
                            reply.moved().next(now),
                            late.acceptance().traceParent()));
        }
    }

    /** One reply may be late for several texts: once is enough. */
    private static Collection<Late> each(List<Late> late) {
        Map<Replies.Key, Late> each = new LinkedHashMap<>();
        late.forEach(one -> each.put(Replies.Key.of(one.reply()), one));
        return each.values();
    }

    private static Moment moment(Reply reply) {
        return new Moment(reply.text().conversation(), reply.matchedBefore());
    }

    private Optional<Matched> matched(Late late, Facts facts) {
        Reply reply = late.reply();
        return sites.find(reply.text().conversation().site())
                .map(site -> new Matched(late, reply.text().match(site, reply.matchedBefore(), facts)));
    }
}
