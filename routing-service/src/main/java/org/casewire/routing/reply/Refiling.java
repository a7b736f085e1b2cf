package org.casewire.routing.reply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.routing.matching.Facts;
import org.casewire.routing.matching.Filing;
import org.casewire.routing.matching.Matcher;
import org.casewire.routing.matching.Search;
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
        Collection<Late> late = each(replies.filedTooEarly(acceptances, WINDOW, CASEWIRE));
        if (late.isEmpty()) {
            return;
        }
        Map<Moment, Facts> facts =
                senders.factsAt(late.stream().map(one -> moment(one.reply())).collect(Collectors.toSet()));
        List<Move> moves = new ArrayList<>();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (Late one : late) {
            move(one, facts.getOrDefault(moment(one.reply()), Facts.NONE), now).ifPresent(moves::add);
        }
        moving.move(moves);
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

    private Optional<Move> move(Late late, Facts facts, Instant now) {
        Reply reply = late.reply();
        SiteDocument site = sites.find(reply.text().conversation().site()).orElse(null);
        if (site == null) {
            return Optional.empty();
        }
        Filing filing = Matcher.match(Search.of(site, reply.matchedBefore()), facts);
        Destination to = Destination.cases(filing.cases());
        return reply.destination().is(to)
                ? Optional.empty()
                : Optional.of(new Move(
                        reply,
                        to,
                        site.matching(),
                        filing,
                        CASEWIRE,
                        reply.moved().next(now),
                        late.acceptance().traceParent()));
    }
}
