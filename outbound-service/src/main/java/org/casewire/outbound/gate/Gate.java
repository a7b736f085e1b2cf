package org.casewire.outbound.gate;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.Conversation;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.consent.Consents;
import org.casewire.outbound.consent.Standing;
import org.casewire.outbound.gate.Verdict.Go;
import org.casewire.outbound.gate.Verdict.Refuse;
import org.casewire.outbound.gate.Verdict.Wait;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.preference.Preference;
import org.casewire.outbound.preference.Preferences;
import org.casewire.outbound.quiet.LiveConversations;
import org.casewire.outbound.quiet.QuietTime;
import org.casewire.outbound.sender.SenderKey;
import org.casewire.outbound.sender.Senders;
import org.casewire.outbound.sender.Senders.Blocks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Judges texts that want to leave, many at once: when they are asked for, when their time comes, and when claimed. A
 * "no" comes before a "not yet".
 */
@Component
public class Gate {

    private final Sites sites;
    private final TwilioCredentials credentials;
    private final Senders senders;
    private final Consents consents;
    private final Preferences preferences;
    private final LiveConversations conversations;

    Gate(
            Sites sites,
            TwilioCredentials credentials,
            Senders senders,
            Consents consents,
            Preferences preferences,
            LiveConversations conversations) {
        this.sites = sites;
        this.credentials = credentials;
        this.senders = senders;
        this.consents = consents;
        this.preferences = preferences;
        this.conversations = conversations;
    }

    /** What is known of the people and senders of a batch. */
    private record Known(
            Map<Conversation, Standing> consents,
            Map<Conversation, Preference> preferences,
            Set<Conversation> live,
            Blocks blocks) {}

    /** The verdicts in the order of the candidates. */
    public List<Verdict> judge(List<Candidate> candidates, Instant now) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<Conversation> people = new HashSet<>();
        Set<Conversation> answered = new HashSet<>();
        for (Candidate candidate : candidates) {
            people.add(candidate.person());
            if (mayBeQuietAnswer(candidate)) {
                answered.add(candidate.person());
            }
        }
        Known known = new Known(
                consents.standings(people),
                preferences.of(people),
                answered.isEmpty() ? Set.of() : conversations.live(answered, now),
                senders.blocks(now));
        return candidates.stream()
                .map(candidate -> judge(candidate, known, now))
                .toList();
    }

    /** Whether quiet hours hold even workers' own words on this site, so that it matters if the person wrote lately. */
    private boolean mayBeQuietAnswer(Candidate candidate) {
        return candidate.purpose() == Purpose.CONVERSATION
                && sites.find(candidate.person().site())
                        .filter(site -> site.quietHours().stream()
                                .anyMatch(quiet -> quiet.purposes().contains(Purpose.CONVERSATION)))
                        .isPresent();
    }

    private Verdict judge(Candidate candidate, Known known, Instant now) {
        Optional<SiteDocument> site = siteOf(candidate.senderKey());
        return site.isEmpty()
                ? new Refuse(new Rejection(
                        RejectionReason.UNKNOWN_SENDER,
                        "The number this text was to leave from is not the site's any more."))
                : refused(candidate, site.get(), known)
                        .<Verdict>map(Refuse::new)
                        .or(() -> blocked(candidate.senderKey(), known.blocks()))
                        .orElseGet(() -> quiet(candidate, site.get(), known, now));
    }

    private static Optional<Rejection> refused(Candidate candidate, SiteDocument site, Known known) {
        return Consents.refusal(
                        site.consentPolicy(),
                        candidate.purpose(),
                        candidate.audience(),
                        known.consents().get(candidate.person()))
                .or(() -> Preference.refusal(
                        known.preferences().get(candidate.person()),
                        candidate.purpose(),
                        candidate.audience(),
                        candidate.textDemanded()));
    }

    private Optional<Verdict> blocked(SenderKey sender, Blocks blocks) {
        if (credentials.of(sender.site()).isEmpty()) {
            return Optional.of(new Wait(Hold.NO_CREDENTIALS, null));
        }
        if (blocks.sites().contains(sender.site())) {
            return Optional.of(new Wait(Hold.SITE_PAUSED, null));
        }
        if (blocks.paused().contains(sender)) {
            return Optional.of(new Wait(Hold.SENDER_PAUSED, null));
        }
        return Optional.ofNullable(blocks.held().get(sender)).map(until -> new Wait(Hold.NUMBER_ON_HOLD, until));
    }

    private static Verdict quiet(Candidate candidate, SiteDocument site, Known known, Instant now) {
        boolean neverQuiet =
                site.quietHours().stream().noneMatch(quiet -> quiet.purposes().contains(candidate.purpose()));
        boolean isAnswer =
                candidate.purpose() == Purpose.CONVERSATION && known.live().contains(candidate.person());
        if (neverQuiet || isAnswer) {
            return new Go(null);
        }
        Set<ZoneId> zones = zones(candidate, site, known.preferences().get(candidate.person()));
        return QuietTime.releaseAt(site.quietHours(), candidate.purpose(), zones, now)
                .<Verdict>map(until -> new Wait(Hold.QUIET_HOURS, until))
                .orElseGet(() -> new Go(QuietTime.nextStart(site.quietHours(), candidate.purpose(), zones, now)
                        .orElse(null)));
    }

    private static Set<ZoneId> zones(Candidate candidate, SiteDocument site, @Nullable Preference preference) {
        boolean isClient = candidate.audience() == Audience.CLIENT;
        Set<ZoneId> told = isClient && preference != null ? preference.timeZones() : Set.of();
        return QuietTime.zonesOf(candidate.person().contact(), told, site.timeZone());
    }

    /** Those from which nothing at all may leave: none of their site's, paused, on hold or without account. */
    public List<SenderKey> closed(List<SenderKey> senders, Instant now) {
        Blocks blocks = this.senders.blocks(now);
        return senders.stream()
                .filter(sender ->
                        siteOf(sender).isEmpty() || blocked(sender, blocks).isPresent())
                .toList();
    }

    private Optional<SiteDocument> siteOf(SenderKey sender) {
        return sites.find(sender.site())
                .filter(site ->
                        site.senders().stream().anyMatch(own -> own.address().equals(sender.sender())));
    }
}
