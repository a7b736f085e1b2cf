package org.casewire.outbound.consent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.outbound.consent.ConsentStore.Identity;
import org.casewire.outbound.consent.ConsentStore.Noted;
import org.casewire.outbound.message.ClaimBarrier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notes what was said, once each, and moves what is in force: one transaction and five statements a batch. */
@Service
public class ConsentLedger {

    /** What others on the log need to know; the rest changed nothing. */
    private static final Set<Outcome> WORTH_TELLING = EnumSet.of(Outcome.MOVED, Outcome.REVIEW);

    private final ConsentStore store;
    private final ClaimBarrier claims;
    private final Outbox outbox;
    private final Clock clock;

    ConsentLedger(ConsentStore store, ClaimBarrier claims, Outbox outbox, Clock clock) {
        this.store = store;
        this.claims = claims;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Takes in what was heard on the log; answers in the order of the statements. */
    @Transactional
    public List<Outcome> hear(List<Statement> statements) {
        return note(statements);
    }

    /** Takes in what was said to this service, and tells the log of what changed. */
    @Transactional
    public List<Outcome> record(List<Statement> statements) {
        List<Outcome> outcomes = note(statements);
        List<Outgoing> changes = new ArrayList<>();
        for (int at = 0; at < outcomes.size(); at++) {
            if (WORTH_TELLING.contains(outcomes.get(at))) {
                Statement said = statements.get(at);
                changes.add(new Outgoing(said.event(), said.traceParent()));
            }
        }
        outbox.append(changes);
        return outcomes;
    }

    private List<Outcome> note(List<Statement> statements) {
        if (statements.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        List<Identity> identities = statements.stream().map(Identity::of).toList();
        Map<Conversation, Consent> consents =
                store.lock(statements.stream().map(Statement::person).collect(Collectors.toSet()));
        Set<Identity> known = new HashSet<>(store.known(identities));
        Map<Conversation, Consent> changed = new LinkedHashMap<>();
        List<Noted> entries = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(statements.size());
        for (int at = 0; at < statements.size(); at++) {
            Statement said = statements.get(at);
            Outcome outcome = Outcome.REPEATED;
            if (known.add(identities.get(at))) {
                Consent consent = consents.computeIfAbsent(said.person(), Consent::unknown);
                outcome = consent.hear(said, now);
                entries.add(new Noted(said, outcome, now));
                changed.put(said.person(), consent);
            }
            outcomes.add(outcome);
        }
        keep(entries, changed);
        return outcomes;
    }

    private void keep(List<Noted> entries, Map<Conversation, Consent> changed) {
        if (!entries.isEmpty()) {
            store.note(entries);
            store.save(changed.values());
            keepFromBeingOvertaken(entries);
        }
    }

    /** Twilio's own block needs no help: it is Twilio that refuses what comes after it. */
    private void keepFromBeingOvertaken(List<Noted> entries) {
        Set<String> sites = entries.stream()
                .filter(entry -> entry.outcome() == Outcome.MOVED)
                .map(Noted::said)
                .filter(said -> said.state() == State.OPTED_OUT && said.source() != Source.TWILIO_BLOCK)
                .map(said -> said.person().site())
                .collect(Collectors.toSet());
        if (!sites.isEmpty()) {
            claims.await(sites);
        }
    }
}
