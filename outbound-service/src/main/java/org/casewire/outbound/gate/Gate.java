package org.casewire.outbound.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.RejectionReason;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.gate.Verdict.Go;
import org.casewire.outbound.gate.Verdict.Refuse;
import org.casewire.outbound.gate.Verdict.Wait;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.sender.SenderKey;
import org.casewire.outbound.sender.Senders;
import org.casewire.outbound.sender.Senders.Blocks;
import org.springframework.stereotype.Component;

/** Judges texts that want to leave, many at once: when they are asked for, when their time comes, and when claimed. */
@Component
public class Gate {

    private final Sites sites;
    private final TwilioCredentials credentials;
    private final Senders senders;

    Gate(Sites sites, TwilioCredentials credentials, Senders senders) {
        this.sites = sites;
        this.credentials = credentials;
        this.senders = senders;
    }

    /** The verdicts in the order of the candidates. */
    public List<Verdict> judge(List<Candidate> candidates, Instant now) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        Blocks blocks = senders.blocks(now);
        return candidates.stream().map(candidate -> judge(candidate, blocks)).toList();
    }

    /** Whether nothing at all may leave from a sender: it is none of its site's, paused, on hold or without account. */
    public boolean isClosed(SenderKey sender, Instant now) {
        Blocks blocks = senders.blocks(now);
        return !isOfSite(sender)
                || credentials.of(sender.site()).isEmpty()
                || blocks.sites().contains(sender.site())
                || blocks.paused().contains(sender)
                || blocks.held().containsKey(sender);
    }

    private boolean isOfSite(SenderKey sender) {
        return sites.find(sender.site())
                .filter(site ->
                        site.senders().stream().anyMatch(own -> own.address().equals(sender.sender())))
                .isPresent();
    }

    private Verdict judge(Candidate candidate, Blocks blocks) {
        if (!isOfSite(candidate.senderKey())) {
            return new Refuse(new Rejection(
                    RejectionReason.UNKNOWN_SENDER,
                    "The number this text was to leave from is not the site's any more."));
        }
        return blocked(candidate, blocks).orElse(new Go(null));
    }

    private Optional<Verdict> blocked(Candidate candidate, Blocks blocks) {
        String site = candidate.person().site();
        if (credentials.of(site).isEmpty()) {
            return Optional.of(new Wait(Hold.NO_CREDENTIALS, null));
        }
        if (blocks.sites().contains(site)) {
            return Optional.of(new Wait(Hold.SITE_PAUSED, null));
        }
        if (blocks.paused().contains(candidate.senderKey())) {
            return Optional.of(new Wait(Hold.SENDER_PAUSED, null));
        }
        return Optional.ofNullable(blocks.held().get(candidate.senderKey()))
                .map(until -> new Wait(Hold.NUMBER_ON_HOLD, until));
    }
}
